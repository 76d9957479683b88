import { useState } from 'react'
import { ownPath } from '@/lib/url'
import { cn } from '@/ui/cn'
import { Icon, type IconName } from '@/ui/icon'
import type { Server } from '@/wire/wire.gen'

const guesses: [RegExp, IconName][] = [
  [/northwind|sql|database|postgres|warehouse data|bigquery/i, 'database'],
  [/git|code|repositor/i, 'git'],
  [/docs?\b|handbook|wiki|notion|page|knowledge/i, 'book'],
  [/forecast|metric|grafana|dashboard|analytic/i, 'trend'],
]

/** ServerIcon is a server's own picture, else draws what its name and description are about, else a box. */
export function ServerIcon({
  server,
  size = 'md',
  className,
}: {
  server: Server
  size?: 'md' | 'sm'
  className?: string
}) {
  const [broken, setBroken] = useState(false)
  const logo = ownPath(server.logo)
  if (logo !== undefined && !broken) {
    const side = size === 'sm' ? 14 : 16
    return (
      <img
        src={logo}
        alt=""
        width={side}
        height={side}
        className={cn('flex-none rounded-xs object-contain', className)}
        onError={() => setBroken(true)}
      />
    )
  }
  const about = `${server.id} ${server.name} ${server.description}`
  const name = guesses.find(([pattern]) => pattern.test(about))?.[1] ?? 'box'
  return <Icon name={name} size={size} {...(className === undefined ? {} : { className })} />
}
