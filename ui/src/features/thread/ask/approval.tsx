import { useId, useMemo, useState } from 'react'
import { shortcutKeys, shortcutLabel } from '@/lib/shortcut'
import { strings } from '@/strings/thread'
import { Button } from '@/ui/button'
import { Icon } from '@/ui/icon'
import { Segmented } from '@/ui/segmented'
import type { ToolPart } from '@/wire/wire.gen'
import { ArgumentField } from './argument-field'
import { fieldsOf, outcomeOf, write, type Draft } from './arguments'
import { deskId } from '../state/call-state'
import { Deciding } from './deciding'
import { useDesk } from '../state/desk'
import { useReader } from '../state/reader'
import { useAnswering } from './use-answering'
import './ask.css'

/**
 * Approval is where a call that waits is allowed or forbidden: what would happen, why
 * one is asked, the arguments to be changed, as whom it would run, and for how long the
 * word shall hold. Ctrl or ⌘ and Enter approve from anywhere inside.
 */
export function Approval({ part, writing }: { part: ToolPart; writing: boolean }) {
  const { tool, approval, input, providerExecuted: hosted = false } = part
  const { decide } = useDesk()
  const [state, answer] = useAnswering()
  const fields = useMemo(() => fieldsOf(input), [input])
  const [draft, setDraft] = useState<Draft>(new Map())
  const [scope, setScope] = useState<Scope>('once')
  const { input: changed, mistakes } = outcomeOf(fields, draft)
  const scopes = approval?.scopes ?? []
  const heading = useId()
  const id = approval?.id
  const open = writing && id !== undefined && (state.name === 'open' || state.name === 'failed')
  const right = mistakes.size === 0
  const send = (approved: boolean) => {
    if (!open || (approved && !right)) return
    const input = changed === undefined ? {} : { input: changed }
    void answer(() => decide(id, approved ? { approved, scope, ...input } : { approved }))
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the shortcut holds for all that is inside
    <section
      role="group"
      id={deskId(part)}
      className="ask-first"
      aria-labelledby={heading}
      tabIndex={-1}
      onKeyDown={(e) => {
        if (e.key !== 'Enter' || !(e.ctrlKey || e.metaKey) || e.nativeEvent.isComposing) return
        e.preventDefault()
        send(true)
      }}
    >
      <header>
        <Icon name="pause" />
        <div>
          <h3 id={heading}>{strings.wantsToRun(tool.serverName, tool.title ?? '', tool.tool)}</h3>
          <p>
            {approval?.reason} {strings.nothingYet}
          </p>
        </div>
      </header>
      <div className="body">
        {fields.length === 0 && <p className="quiet">{strings.noArguments}</p>}
        {fields.map((field) => (
          <ArgumentField
            key={field.name}
            field={field}
            text={draft.get(field.name) ?? field.text}
            mistake={mistakes.get(field.name)}
            fixed={hosted || !open}
            onChange={(text) => setDraft(write(draft, field, text))}
          />
        ))}
        <Facts part={part} />
        <div className="acts">
          <Button
            variant="primary"
            aria-disabled={!open || !right}
            aria-keyshortcuts={shortcutKeys('Enter')}
            onClick={() => send(true)}
          >
            {changed === undefined ? strings.approve : strings.approveEdited}
            <kbd aria-hidden="true">{shortcutLabel('↵')}</kbd>
          </Button>
          <Button aria-disabled={!open} onClick={() => send(false)}>
            {strings.deny}
          </Button>
          <span className="spring" />
          {scopes.length > 1 && (
            <Segmented
              label={strings.remember}
              value={scope}
              options={scopes.map((value) => ({ value, label: strings.scopes[value] }))}
              onChange={setScope}
              disabled={!open}
            />
          )}
        </div>
        {scope !== 'once' && <p className="quiet">{strings.scopeMeans(scope, tool.tool)}</p>}
        <Deciding state={state} writing={writing} />
      </div>
    </section>
  )
}

type Scope = 'once' | 'thread' | 'always'

/** As whom the call would run, where, and who checks it once more. */
function Facts({ part: { tool, approval, providerExecuted } }: { part: ToolPart }) {
  const { name, email, gateway } = useReader()
  const who = email === '' ? name : email
  return (
    <dl className="facts">
      {who !== '' && (
        <>
          <dt>{strings.runsAs}</dt>
          <dd>{who}</dd>
        </>
      )}
      <dt>{strings.tool}</dt>
      <dd>
        {tool.serverName} <code>{tool.tool}</code>
      </dd>
      {approval?.serverUrl !== undefined && approval.serverUrl !== '' && (
        <>
          <dt>{strings.address}</dt>
          <dd>
            <code>{approval.serverUrl}</code>
          </dd>
        </>
      )}
      {gateway && (
        <>
          <dt>{strings.gateway}</dt>
          <dd>{strings.checksAgain}</dd>
        </>
      )}
      {providerExecuted && (
        <>
          <dt>{strings.carriedOut}</dt>
          <dd>{strings.byProvider}</dd>
        </>
      )}
    </dl>
  )
}
