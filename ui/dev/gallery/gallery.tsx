import type { ReactNode } from 'react'
import { themes, useTheme } from '../../src/lib/theme.ts'
import { Button } from '../../src/ui/button.tsx'
import { Segmented } from '../../src/ui/segmented.tsx'
import { Answer, recorded } from './answers.tsx'
import { primitives } from './primitives.tsx'
import { ServerState, serverStates } from './server-states.tsx'

const part = new URLSearchParams(location.search).get('part')

/** Names of all sections, for what walks them. */
export const sections = [
  ...primitives.map(({ name }) => name),
  ...serverStates.map(({ name }) => name),
  ...recorded.map(({ name }) => name),
]

/**
 * Gallery shows every part in every state: what the features are made of, and answers as they
 * stood at each moment of the runs that the server's tests recorded. `?part=` shows one section.
 */
export function Gallery() {
  const [theme, setTheme] = useTheme()
  return (
    <div className="gallery">
      <header>
        <h1>Gallery</h1>
        <Segmented
          label="Theme"
          value={theme}
          options={themes.map((value) => ({ value, label: value }))}
          onChange={setTheme}
        />
        <Button onClick={openAll}>Open all calls</Button>
        <nav aria-label="Sections">
          <a href="?">All</a>
          {sections.map((name) => (
            <a key={name} href={`?part=${encodeURIComponent(name)}`}>
              {name}
            </a>
          ))}
        </nav>
      </header>
      <main>
        {primitives.map(({ name, show }) => (
          <Section key={name} name={name}>
            {show()}
          </Section>
        ))}
        {serverStates.map((state) => (
          <Section key={state.name} name={state.name}>
            <ServerState state={state} />
          </Section>
        ))}
        {recorded.map(({ name, moments }) => (
          <Section key={name} name={name}>
            {moments.map((moment, i) => (
              // oxlint-disable-next-line react/no-array-index-key -- a run may come back to a state
              <article key={i} aria-label={`${name}: ${moment.name}`}>
                <p className="gallery__moment">{moment.name}</p>
                <Answer name={name} message={moment.message} />
              </article>
            ))}
          </Section>
        ))}
      </main>
    </div>
  )
}

function Section({ name, children }: { name: string; children: ReactNode }) {
  if (part !== null && part !== name) return null
  return (
    <section aria-label={name}>
      <h2>{name}</h2>
      {children}
    </section>
  )
}

function openAll() {
  for (const line of document.querySelectorAll<HTMLElement>('.ledger [aria-expanded=false]')) line.click()
}
