import { strings as thread } from './thread'

/** What people read where they run a call again. */
export const strings = {
  edit: 'Edit and run',
  tryAgain: 'Try again',
  editor: (number: number) => `Edit call ${number} and run it`,
  run: 'Run',
  stop: 'Stop',
  cancel: 'Cancel',
  running: 'Running…',
  runningFor: (elapsed: string) => `Running for ${elapsed}.`,
  stopped: 'Stopped.',
  stays: 'The answer and its result stay as they are.',
  refused: (server: string) => `${server} could not run this`,
  notRun: 'This was not run',
  unreachable: 'The server did not answer. Your text is still here.',
  noAnswer: 'The server did not answer.',
  place: (line: number, column: number) => `Line ${line}, column ${column}.`,
  own: 'Your run',
  notAnswer: '· not part of the answer',
  ownRuns: (number: number) => `Your runs of call ${number}`,
  ownTable: (call: number, n: number) => `Rows of your run ${n} of call ${call}`,
  ownText: (call: number, n: number) => `Result of your run ${n} of call ${call}`,
  ownName: (n: number) => `Your run ${n}`,
  said: (rows: number | undefined, duration: string) =>
    `Your run took ${duration}${rows === undefined ? '' : ` and gave ${thread.rows(rows)}`}.`,
  editRun: (n: number) => `Edit run ${n} again`,
  again: 'Edit again',
  nothing: 'It gave nothing.',
} as const
