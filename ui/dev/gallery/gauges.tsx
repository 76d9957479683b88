import { ContextDetails } from '../../src/features/models/context-details.tsx'
import { ContextGauge } from '../../src/features/models/context-gauge.tsx'
import { contextFacts } from '../../src/features/models/context.ts'
import type { ModelInfo } from '../../src/wire/wire.gen.ts'
import { exchange } from '../data.ts'

const path = exchange('gauge', '', 'Revenue?', new Date('2026-03-18T09:00:00Z'))
const nothing = () => undefined

const model = (label: string, contextTokens?: number): ModelInfo => ({
  id: label,
  label,
  provider: 'OpenAI',
  default: false,
  ...(contextTokens === undefined ? {} : { contextTokens }),
})

const states = [
  model('with room', 40_000),
  model('nearly full', 12_500),
  model('too small', 8_000),
  model('unknown'),
]

/** Gauges shows the gauge of a context and what it opens into, from room to none. */
export function Gauges() {
  return (
    <>
      <p>
        {states.map((one) => (
          <ContextGauge
            key={one.id}
            thread={{ messages: path, path }}
            model={one}
            models={states}
            toolTokens={900}
            room={{ newThread: nothing, openServers: nothing, openModels: nothing }}
          />
        ))}
      </p>
      <div className="flex flex-wrap items-start gap-4">
        {states.map((one) => {
          const facts = contextFacts({ messages: path, path }, one)
          return (
            facts && (
              <div key={one.id} className="w-80 rounded-lg bg-raised shadow-2">
                <ContextDetails
                  facts={facts}
                  label={one.label}
                  toolTokens={900}
                  newThread={nothing}
                  openServers={nothing}
                  openModels={nothing}
                />
              </div>
            )
          )
        })}
      </div>
    </>
  )
}
