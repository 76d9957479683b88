import { listOf, plural } from '@/lib/plural'

/** What people read in the receipt of an answer. */
export const strings = {
  show: 'What this answer rests on',
  asked: 'Asked by',
  calls: 'Carried out',
  model: 'Model',
  time: 'Time',
  figures: 'Figures',
  onThisMachine: 'you, on this machine',
  callsAt: (numbers: readonly number[], where: string) =>
    plural(
      numbers.length,
      { one: `Call # ${where}`, other: `Calls # ${where}` },
      listOf(numbers.map(String)),
    ),
  onServer: (server: string, as: string, gateway: boolean, remote: boolean) =>
    [
      `on ${server}`,
      as === '' ? '' : ` as ${as}`,
      gateway ? ', through Pomerium' : '',
      remote ? ', made by the model’s provider' : '',
    ].join(''),
  blocked: (server: string, as: string) =>
    `to ${server}${as === '' ? '' : ` as ${as}`}, stopped by policy at Pomerium`,
  byProvider: 'by the model’s provider itself, without your identity',
  within: (app: string) => `within ${app}`,
  noSuchTool: 'nowhere: there is no such tool',
  notAllowed: 'nowhere: you did not allow it',
  steps: (n: number) => (n === 2 ? 'asked twice' : plural(n, { one: 'asked once', other: 'asked # times' })),
  worked: (duration: string) => `${duration} at work.`,
  waited: (duration: string) => `${duration} of waiting: for you, or for a connection.`,
  found: (n: number) =>
    plural(n, {
      one: '# figure is in the data of these or earlier calls.',
      other: '# figures are in the data of these or earlier calls.',
    }),
  perhaps: (figures: readonly string[]) => `Perhaps in the data, perhaps by chance: ${listOf(figures)}.`,
  astray: (figures: readonly string[]) =>
    `In the data, but of other rows than the text says: ${listOf(figures)}.`,
  partial: 'Not everything was looked at: the text or the tables were too large for it.',
  nothingChecked: 'None was checked.',
} as const
