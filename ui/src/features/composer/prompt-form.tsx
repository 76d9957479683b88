import { useEffect, useId, useRef, useState } from 'react'
import { titleOf, type PromptSource } from '@/lib/prompts'
import { text } from '@/strings/composer-slash'
import { Button } from '@/ui/button'
import { Ring } from '@/ui/ring'
import { PromptArgumentField } from './prompt-argument'
import { missingIn, type Choice } from './slash'

/**
 * PromptForm asks for the arguments of a prompt. One without arguments is on its way, and
 * is here only as long as that takes, or because it failed.
 */
export function PromptForm({
  choice: { group, prompt },
  busy,
  problem,
  complete,
  onSubmit,
  onLeave,
}: {
  choice: Choice
  busy: boolean
  problem: string | undefined
  complete: PromptSource['complete']
  onSubmit: (values: Record<string, string>) => void
  onLeave: () => void
}) {
  const [values, setValues] = useState<Record<string, string>>({})
  const [missing, setMissing] = useState<readonly string[]>([])
  const form = useRef<HTMLFormElement>(null)
  const id = useId()
  useEffect(() => {
    const first = form.current?.querySelector<HTMLElement>('input, button[type=button]')
    first?.focus()
  }, [])
  const submit = () => {
    const lacking = missingIn(prompt, values)
    setMissing(lacking)
    if (lacking.length === 0) return onSubmit(values)
    const first = prompt.arguments.findIndex((a) => a.name === lacking[0])
    form.current?.querySelectorAll<HTMLElement>('input')[first]?.focus()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape leaves it, as it leaves the list
    <form
      ref={form}
      noValidate
      aria-labelledby={`${id}-title`}
      className="flex min-h-0 flex-col"
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) submit()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.preventDefault()
        onLeave()
      }}
    >
      <header className="px-4 pt-3">
        <h3 id={`${id}-title`} className="font-semibold text-pretty">
          {titleOf(prompt)} <span className="font-normal text-ink-3">{text.of(group.name)}</span>
        </h3>
        {prompt.description !== undefined && (
          <p className="text-xs text-pretty text-ink-3">{prompt.description}</p>
        )}
      </header>
      <div className="grid scroll-thin gap-3 px-4 py-3">
        {prompt.arguments.map((argument) => (
          <PromptArgumentField
            key={argument.name}
            argument={argument}
            value={values[argument.name] ?? ''}
            missing={missing.includes(argument.name)}
            suggest={group.completes ? { complete, server: group.server, prompt: prompt.name, values } : null}
            onChange={(value) => {
              setValues((before) => ({ ...before, [argument.name]: value }))
              setMissing((before) => before.filter((name) => name !== argument.name))
            }}
          />
        ))}
        {problem !== undefined && (
          <p role="alert" className="text-pretty text-danger">
            {problem}
          </p>
        )}
      </div>
      <footer className="flex items-center gap-2 border-t px-4 py-2.5">
        {busy && <Ring />}
        <span className="min-w-0 flex-1 trunc text-xs text-ink-3">{busy && text.busy(titleOf(prompt))}</span>
        <Button onClick={onLeave}>{text.cancel}</Button>
        <Button type="submit" variant="primary" disabled={busy}>
          {problem !== undefined && prompt.arguments.length === 0 ? text.again : text.use}
        </Button>
      </footer>
    </form>
  )
}
