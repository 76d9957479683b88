import { useQueries } from '@tanstack/react-query'
import { useId, useState, type FormEvent } from 'react'
import { problemOf } from '@/lib/api'
import { listOf } from '@/lib/plural'
import { attachText } from '@/strings/composer-attach'
import { Button } from '@/ui/button'
import { cn } from '@/ui/cn'
import { Icon, type IconName } from '@/ui/icon'
import { Ring } from '@/ui/ring'
import type { Resource, ResourceTemplate } from '@/wire/wire.gen'
import { newId, type Attached } from './attachment'
import { resourcesQuery, type Source } from './resources'
import { expand, variablesOf } from './uri-template'

/** From this many rows on there is a field to find one. */
const findFrom = 8

/** AttachPanel is what can be attached: a file, and what the servers offer to read. */
export function AttachPanel({
  sources,
  onFile,
  onAttach,
}: {
  sources: readonly Source[]
  onFile: () => void
  onAttach: (one: Attached) => void
}) {
  const [words, setWords] = useState('')
  const lists = useQueries({ queries: sources.map((source) => resourcesQuery(source.id)) })
  const rows = lists.reduce(
    (sum, { data }) => sum + (data ? data.resources.length + data.templates.length : 0),
    0,
  )
  const fits = (one: { title: string; description?: string }) =>
    words
      .toLowerCase()
      .split(/\s+/)
      .every((word) => `${one.title} ${one.description ?? ''}`.toLowerCase().includes(word))
  const attach = (source: Source, name: string, uri: string) =>
    onAttach({ kind: 'resource', id: newId(), name, server: source.id, serverName: source.name, uri })
  return (
    <>
      <Row icon="file" title={attachText.file} about={attachText.fileHint} onClick={onFile} />
      <hr className="-mx-1 my-1 border-line" />
      <h3 className="px-2 pt-1.5 pb-1 text-2xs font-medium text-ink-3">{attachText.resources}</h3>
      {sources.length === 0 && <p className="px-2 pb-2 text-pretty text-ink-3">{attachText.noServers}</p>}
      {rows >= findFrom && (
        <input
          type="search"
          value={words}
          onChange={(event) => setWords(event.target.value)}
          placeholder={attachText.filter}
          aria-label={attachText.filter}
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          className="mx-2 mb-1 h-8 w-[calc(100%-16px)] rounded-md border border-line-strong bg-canvas px-2 outline-none focus:focus-halo max-sm:h-10 max-sm:text-[16px]"
        />
      )}
      {sources.map((source, i) => {
        const { data, error, refetch } = lists[i] ?? {}
        const resources = data?.resources.filter(fits) ?? []
        const templates = data?.templates.filter(fits) ?? []
        const empty = resources.length + templates.length === 0
        return (
          <section key={source.id} aria-label={source.name} className="pb-1">
            <h4 className="flex items-center gap-1.5 px-2 py-1 text-xs font-medium text-ink-2">
              <Icon name="servers" size="xs" className="text-ink-3" />
              {source.name}
              {data && empty && (
                <span className="font-normal text-ink-3">
                  · {words === '' ? attachText.none : attachText.nothingFound}
                </span>
              )}
            </h4>
            {error ? (
              <div role="alert" className="flex items-center gap-2 px-2 pb-1">
                <p className="min-w-0 flex-1 text-xs text-pretty text-danger">{problemOf(error).detail}</p>
                <Button size="sm" onClick={() => void refetch?.()}>
                  {attachText.retry}
                </Button>
              </div>
            ) : (
              !data && (
                <p role="status" className="flex items-center gap-2 px-2 py-1 text-xs text-ink-3">
                  <Ring />
                  {attachText.loading(source.name)}
                </p>
              )
            )}
            {resources.map((one: Resource) => (
              <Row
                key={one.uri}
                icon="book"
                title={one.title}
                about={one.description ?? one.uri}
                onClick={() => attach(source, one.title, one.uri)}
              />
            ))}
            {templates.map((one) => (
              <Template
                key={one.template}
                template={one}
                onAttach={(name, uri) => attach(source, name, uri)}
              />
            ))}
            {data?.more && <p className="px-2 pb-1 text-xs text-ink-3">{attachText.more}</p>}
          </section>
        )
      })}
    </>
  )
}

function Row({
  icon,
  title,
  about,
  open,
  controls,
  onClick,
}: {
  icon: IconName
  title: string
  about: string
  open?: boolean
  controls?: string
  onClick: () => void
}) {
  return (
    <button
      type="button"
      onClick={onClick}
      aria-expanded={open}
      aria-controls={controls}
      className={cn(
        'flex min-h-9 w-full items-start gap-2.5 rounded-md px-2 py-1.5 text-left transition-colors hover:bg-hover max-sm:min-h-11',
        open && 'bg-hover',
      )}
    >
      <Icon name={icon} className="mt-0.5 text-ink-3" />
      <span className="min-w-0 flex-1">
        <span className="block trunc text-ink">{title}</span>
        <span className="line-clamp-2 text-xs text-ink-3 [overflow-wrap:anywhere]">{about}</span>
      </span>
      {open !== undefined && (
        <Icon name={open ? 'chevronDown' : 'chevronRight'} size="sm" className="mt-0.5 text-ink-3" />
      )}
    </button>
  )
}

/** A family of resources: which one is meant is filled in. */
function Template({
  template: { template, title, description },
  onAttach,
}: {
  template: ResourceTemplate
  onAttach: (name: string, uri: string) => void
}) {
  const [open, setOpen] = useState(false)
  const [values, setValues] = useState<Record<string, string>>({})
  const id = useId()
  const names = variablesOf(template)
  const [first = ''] = names
  const ready = (values[first] ?? '').trim() !== ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!ready) return
    const given = names.map((name) => (values[name] ?? '').trim()).filter((value) => value !== '')
    onAttach(`${title}: ${listOf(given)}`, expand(template, trimmed(values)))
  }
  return (
    <>
      <Row
        icon="book"
        title={title}
        about={description ?? template}
        open={open}
        controls={id}
        onClick={() => setOpen(!open)}
      />
      <form id={id} hidden={!open} onSubmit={submit} className="pt-1 pr-2 pb-2 pl-8.5">
        {open &&
          names.map((name, i) => (
            <label key={name} className="mb-1.5 block text-xs text-ink-2">
              {name}
              <input
                // oxlint-disable-next-line jsx-a11y/no-autofocus -- it appears because its row was pressed
                autoFocus={i === 0}
                value={values[name] ?? ''}
                onChange={(event) => setValues({ ...values, [name]: event.target.value })}
                autoCapitalize="none"
                autoCorrect="off"
                autoComplete="off"
                spellCheck={false}
                maxLength={500}
                className="mt-0.5 block h-8 w-full rounded-md border border-line-control bg-canvas px-2 text-sm text-ink outline-none focus:focus-halo max-sm:h-10 max-sm:text-[16px]"
              />
            </label>
          ))}
        <Button type="submit" size="sm" disabled={!ready}>
          {attachText.add}
        </Button>
      </form>
    </>
  )
}

function trimmed(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.trim()]))
}
