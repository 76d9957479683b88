import { useId, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { text } from '@/strings/servers'
import { Button } from '@/ui/button'
import { Icon } from '@/ui/icon'
import { Switch } from '@/ui/switch'
import type { Me, ModelInfo, Server, Settings } from '@/wire/wire.gen'

type Hosted = NonNullable<ModelInfo['hosted']>[number]

/**
 * HostedTools switches the tools that the chosen model's provider runs itself. Web search
 * beside servers can carry out what they return, so that is asked for first, or refused.
 */
export function HostedTools({
  model,
  servers,
  settings,
  mixing,
  onSettings,
}: {
  model: ModelInfo
  servers: readonly Server[]
  settings: Settings
  mixing: Me['mixing']
  onSettings: (settings: Settings) => void
}) {
  const heading = useId()
  const [asking, setAsking] = useState(false)
  const webSearch = useRef<HTMLButtonElement>(null)
  const { hosted = [], mixed = false } = settings
  // It may have been switched on where nobody had to be asked yet.
  const owed = hosted.includes('web_search') && servers.length > 0 && mixing === 'ask' && !mixed
  // The server counts what a thread has chosen, and what servers have told in it before.
  const mixes = servers.length > 0 && (settings.servers === null || settings.servers.length > 0)
  const maySee = servers.length > 0
  const put = (tool: Hosted, on: boolean, agreed = mixed) => {
    const others = hosted.filter((one) => one !== tool)
    const agrees = tool === 'web_search' ? agreed && on : mixed
    onSettings({ ...settings, hosted: on ? [...others, tool] : others, mixed: agrees })
  }
  const change = (tool: Hosted, on: boolean) => {
    const asks = tool === 'web_search' && on && maySee && mixing === 'ask' && !mixed
    if (asks) setAsking(true)
    else put(tool, on)
  }
  const answer = (agreed: boolean) => {
    flushSync(() => setAsking(false))
    webSearch.current?.focus()
    if (agreed) put('web_search', true, true)
    else if (owed) put('web_search', false)
  }
  return (
    <section aria-labelledby={heading} className="border-b px-5 py-3 max-sm:p-4">
      <div className="flex gap-4">
        <Icon name="globe" className="mt-0.5 text-ink-2" />
        <div className="min-w-0">
          <h3 id={heading} className="font-semibold">
            {text.hosted(model.label)}
          </h3>
          <p className="text-xs leading-4.5 text-pretty text-ink-3">{text.hostedNote(model.provider)}</p>
        </div>
      </div>
      <ul className="mt-2 ml-8">
        {model.hosted?.map((tool) => {
          const forbidden = tool === 'web_search' && mixes && mixing === 'forbid'
          const on = hosted.includes(tool)
          return (
            <li key={tool} className="border-t py-1.5">
              <div className="flex items-center justify-between gap-3">
                <span>{text.hostedNames[tool]}</span>
                <Switch
                  ref={tool === 'web_search' ? webSearch : undefined}
                  tone="neutral"
                  aria-label={text.toolSwitch(text.hostedNames[tool])}
                  checked={on}
                  disabled={forbidden && !on}
                  onCheckedChange={(to) => change(tool, to)}
                />
              </div>
              <p className="pr-10 text-xs leading-4.5 text-pretty text-ink-3">
                {forbidden ? text.mixingForbidden : text.hostedAbout[tool]}
              </p>
              {tool === 'web_search' && (asking || owed) && (
                // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape takes the question back
                <div
                  role="group"
                  aria-label={text.mixingTitle}
                  className="mt-2 rounded-lg border border-warn-line bg-warn-tint p-3"
                  onKeyDown={(event) => {
                    if (event.key !== 'Escape') return
                    event.stopPropagation()
                    answer(false)
                  }}
                >
                  <p className="text-pretty text-ink">{text.mixingAsks}</p>
                  <div className="mt-2 flex flex-wrap gap-2">
                    <Button
                      size="sm"
                      // oxlint-disable-next-line jsx-a11y/no-autofocus -- it answers the switch that was pressed
                      autoFocus={asking}
                      onClick={() => answer(true)}
                    >
                      {text.mixingAgree}
                    </Button>
                    <Button size="sm" variant="quiet" onClick={() => answer(false)}>
                      {text.mixingRefuse}
                    </Button>
                  </div>
                </div>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
