import { Icon, type IconName } from '@/ui/icon'
import type { Server } from '@/wire/wire.gen'

const guesses: [RegExp, IconName][] = [
  [/northwind|sql|database|postgres|warehouse data|bigquery/i, 'database'],
  [/git|code|repositor/i, 'git'],
  [/docs?\b|handbook|wiki|notion|page|knowledge/i, 'book'],
  [/forecast|metric|grafana|dashboard|analytic/i, 'trend'],
]

/** ServerIcon draws what a server's name and description are about, else a box. */
export function ServerIcon({
  server,
  size = 'md',
  className,
}: {
  server: Server
  size?: 'md' | 'sm'
  className?: string
}) {
  const about = `${server.id} ${server.name} ${server.description}`
  const name = guesses.find(([pattern]) => pattern.test(about))?.[1] ?? 'box'
  return <Icon name={name} size={size} {...(className === undefined ? {} : { className })} />
}
