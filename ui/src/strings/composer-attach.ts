import { plural } from '@/lib/plural'

const lines = (n: number) => plural(n, { one: '# line', other: '# lines' })

/** The words about what goes with a question. */
export const attachText = {
  attach: 'Attach',
  attachHint: 'Attach a file or a resource',
  file: 'A file…',
  fileHint: 'Text, CSV, JSON, SQL, Markdown; you can also drop it here.',
  list: 'Attached',
  pasted: 'Pasted text',
  pastedAgain: (n: number) => `Pasted text ${n}`,
  measure: (size: string, n: number) => `${size} · ${lines(n)}`,
  of: (server: string, name: string) => `${server} → ${name}`,
  open: (name: string) => `Open ${name}`,
  remove: (name: string) => `Remove ${name}`,
  removeIt: 'Remove',
  intoText: 'Put into the text',
  close: 'Close',
  added: (name: string) => `${name} is attached.`,
  removed: (name: string) => `${name} is not attached any more.`,
  inText: (name: string) => `${name} was put into the text.`,
  asItIs: 'It is read when you send, and kept with the question as it was then.',
  needsWords: 'Write what you want to know about what is attached.',
  dropHere: 'Drop to attach',
  notKept:
    'What is attached is too big for this browser to keep: it is gone if you close or reload the page.',

  tooMany: (most: number) => `At most ${most} things can be attached. Remove one first.`,
  already: (name: string) => `“${name}” is attached already.`,
  empty: (name: string) => `“${name}” is empty, so there is nothing to attach.`,
  tooLong: (name: string, size: string, most: string) =>
    `“${name}” is ${size} long, and ${most} is the most that can be attached in one piece. Attach a part of it.`,
  tooMuch: (name: string, most: string) =>
    `With “${name}” it would be more than the ${most} that fit one question. Remove something first.`,
  binary: (name: string) => `“${name}” is not a text file, and only text can be attached.`,
  unreadable: (name: string) => `“${name}” could not be read. Folders cannot be attached.`,

  resources: 'From your servers',
  filter: 'Find a resource',
  noServers: 'No server is ready that could offer something to read.',
  loading: (server: string) => `Asking ${server} what there is to read…`,
  none: 'Nothing to read',
  nothingFound: 'Nothing here has these words in it.',
  more: 'There is more than fits this list.',
  retry: 'Try again',
  add: 'Attach',
  reading: 'Reading…',
  cut: (shown: string, size: string) =>
    `This is the beginning, ${shown} of ${size}. It is too long to be attached.`,
}
