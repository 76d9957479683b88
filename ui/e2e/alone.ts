import { newPrograms } from './programs.ts'

/** Pomchat alone, with the fake provider, which writes a word at a time, and a server that has a tool which writes. */
export interface Alone {
  /** The app’s address, without a trailing slash. */
  base: string
  close: () => Promise<void>
}

/** Starts the programs; the writing server is called Stock, and nobody vouches for it. */
export async function openAlone({ pace = '20ms' } = {}): Promise<Alone> {
  const { start, close } = newPrograms()
  const provider = await start('fake-provider', [`--pace=${pace}`], /(http:\/\/\S+)/)
  const stock = await start(
    'pomchat',
    ['northwind-mcp', '--demo-write-tool', '--listen=127.0.0.1:0'],
    /url=(http:\/\/\S+)/,
  )
  const base = await start(
    'pomchat',
    ['serve', '--listen=127.0.0.1:0', `--mcp=Stock=${stock}`],
    /Open (http:\/\/\S+)/,
    { OPENAI_API_KEY: 'sk-fake', OPENAI_BASE_URL: provider },
  )
  return { base, close }
}
