import { useId, useMemo, useState, type FormEvent } from 'react'
import { shortcutKeys, shortcutLabel } from '@/lib/shortcut'
import { webPage } from '@/lib/url'
import { strings } from '@/strings/thread'
import { Button } from '@/ui/button'
import { Icon } from '@/ui/icon'
import type { AnswerRequest, Ask, ToolPart } from '@/wire/wire.gen'
import { deskId } from '../state/call-state'
import { Deciding } from './deciding'
import { useDesk } from '../state/desk'
import { ElicitationField } from './elicitation-field'
import { contentOf, formOf, type Entries } from './form-schema'
import { useAnswering } from './use-answering'
import './ask.css'

/**
 * Elicitation is what the server of a call asks within it: to fill in a form, or to
 * visit a page. It says who asks, and that what is written goes to that server. Who wants neither to
 * answer nor to decline stops the call.
 */
export function Elicitation({ part, ask, writing }: { part: ToolPart; ask: Ask; writing: boolean }) {
  const { reply, stopCall } = useDesk()
  const [state, answer] = useAnswering()
  const heading = useId()
  const open = writing && (state.name === 'open' || state.name === 'failed')
  const say = (said: AnswerRequest) => {
    if (open) void answer(() => reply(ask.id, said))
  }
  const stop = () => {
    if (open) void answer(() => stopCall(part.toolCallId))
  }
  const server = part.tool.serverName
  return (
    <section
      role="group"
      id={deskId(part)}
      className="ask-first plain"
      aria-labelledby={heading}
      tabIndex={-1}
    >
      <header>
        <Icon name="message" />
        <div>
          <h3 id={heading}>{strings.serverAsks(server)}</h3>
          <p className="asked">{ask.message}</p>
        </div>
      </header>
      <div className="body">
        {ask.url === undefined || ask.url === '' ? (
          <Form ask={ask} server={server} open={open} onSay={say} onStop={stop} />
        ) : (
          <Visit url={ask.url} server={server} open={open} onSay={say} onStop={stop} />
        )}
        <Deciding state={state} writing={writing} />
      </div>
    </section>
  )
}

interface Saying {
  server: string
  open: boolean
  onSay: (said: AnswerRequest) => void
  /** Ends the call that asks, so that its server is told nothing; the answer goes on. */
  onStop: () => void
}

function Form({ ask, server, open, onSay, onStop }: Saying & { ask: Ask }) {
  const fields = useMemo(() => formOf(ask.schema), [ask.schema])
  const [entries, setEntries] = useState<Entries>(new Map())
  // A mistake is told once its field was left, or the form was to be sent.
  const [told, setTold] = useState<ReadonlySet<string>>(new Set())
  const { content, mistakes } = contentOf(fields, entries)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (mistakes.size === 0) return onSay({ action: 'accept', content })
    setTold(new Set(fields.map((f) => f.name)))
    const wrong = fields.findIndex((f) => mistakes.has(f.name))
    const at = event.currentTarget.querySelectorAll('[data-field]')[wrong]
    at?.querySelector<HTMLElement>('input, select, textarea')?.focus()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the shortcut holds for all that is inside
    <form
      noValidate
      className="fields"
      onSubmit={submit}
      onKeyDown={(e) => {
        if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) e.currentTarget.requestSubmit()
      }}
    >
      {fields.map((field) => (
        <ElicitationField
          key={field.name}
          field={field}
          entry={entries.get(field.name) ?? field.initial}
          mistake={told.has(field.name) ? mistakes.get(field.name) : undefined}
          fixed={!open}
          onChange={(entry) => setEntries(new Map(entries).set(field.name, entry))}
          onLeave={() => setTold(new Set([...told, field.name]))}
        />
      ))}
      <p className="quiet">{strings.goesTo(server)}</p>
      <div className="acts">
        <Button
          type="submit"
          variant="primary"
          aria-disabled={!open}
          aria-keyshortcuts={shortcutKeys('Enter')}
        >
          {strings.submit}
          <kbd aria-hidden="true">{shortcutLabel('↵')}</kbd>
        </Button>
        <Button aria-disabled={!open} onClick={() => onSay({ action: 'decline' })}>
          {strings.decline}
        </Button>
        <Button variant="quiet" aria-disabled={!open} onClick={onStop}>
          {strings.stopThisCall}
        </Button>
      </div>
    </form>
  )
}

/** Visit shows a whole address and opens it only when its button is pressed. */
function Visit({ url, server, open, onSay, onStop }: Saying & { url: string }) {
  const page = webPage(url)
  return (
    <>
      <p>{page ? strings.wantsVisit(server) : strings.badVisit(server)}</p>
      <p className="address">
        <code>{url}</code>
      </p>
      {page?.protocol === 'http:' && <p className="caution">{strings.notEncrypted}</p>}
      <p className="quiet">{strings.otherSite}</p>
      <div className="acts">
        {page && (
          <Button asChild variant="primary">
            {/* The answer closes the way, which the browser goes only after all that listens to the press. */}
            <a
              {...(open
                ? { href: page.href, onClick: () => setTimeout(() => onSay({ action: 'accept' })) }
                : { role: 'link', tabIndex: 0, 'aria-disabled': true })}
              target="_blank"
              rel="noreferrer noopener"
            >
              {strings.openHost(page.host)}
            </a>
          </Button>
        )}
        <Button aria-disabled={!open} onClick={() => onSay({ action: 'decline' })}>
          {strings.decline}
        </Button>
        <Button variant="quiet" aria-disabled={!open} onClick={onStop}>
          {strings.stopThisCall}
        </Button>
      </div>
    </>
  )
}
