import { text } from '@/strings/servers'
import { useDeferredValue, useState } from 'react'
import type { Server } from '@/wire/wire.gen'
import { ToolRow } from './tool-row'
import { changeOf, matching, toolsOn, type ToolChoice } from './tools'

/** From so many tools on they can be searched. */
const many = 12

/** ToolList lists the tools of a server; many can be narrowed down by words. */
export function ToolList({
  server,
  choice,
  usable,
  onSwitch,
}: {
  server: Server
  choice: ToolChoice
  /** Its tools can be offered: the server is ready, and on. */
  usable: boolean
  onSwitch: (name: string, on: boolean) => void
}) {
  const [words, setWords] = useState('')
  const on = new Set(toolsOn(server, choice))
  const found = matching(server.tools, useDeferredValue(words))
  return (
    <>
      {server.tools.length >= many && (
        <div className="mb-2 flex items-center gap-3">
          <input
            type="search"
            aria-label={text.findTool(server.name)}
            placeholder={text.findToolHint}
            value={words}
            onChange={(event) => setWords(event.target.value)}
            className="h-7 min-w-0 flex-1 rounded-md border border-line-control bg-raised px-2 text-xs max-sm:h-10 max-sm:text-base"
          />
          <span role="status" className="flex-none text-2xs text-ink-3 num">
            {words !== '' && text.toolsFound(found.length, server.tools.length)}
          </span>
        </div>
      )}
      <ul>
        {found.map((tool) => (
          <ToolRow
            key={tool.name}
            tool={tool}
            change={changeOf(server, tool)}
            usable={usable}
            on={on.has(tool)}
            onSwitch={(to) => onSwitch(tool.name, to)}
          />
        ))}
      </ul>
    </>
  )
}
