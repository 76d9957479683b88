/** What the library itself says: units, keys, and why a request has failed. */
export const text = {
  kilobytes: (n: string) => `${n} KB`,
  megabytes: (n: string) => `${n} MB`,
  keys: { control: 'Ctrl', shift: 'Shift', escape: 'Esc' },
  problems: {
    error: 'Error',
    broken: 'Something went wrong in this page. Reload it and try again.',
    unauthorized: 'Unauthorized',
    sessionEnded: 'Your session has ended.',
    noAnswer: 'No answer',
    unreachable: 'The server did not answer.',
    status: (status: number) => `The server answered with status ${status}.`,
    notJSON: 'Not JSON',
    unreadable: 'The server’s answer could not be read. Reload the page; a new version may be out.',
  },
} as const
