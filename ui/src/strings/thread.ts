import { formatCount, formatPercent, formatSize } from '@/lib/format'
import { listOf, plural } from '@/lib/plural'
import type { Citation } from '@/wire/wire.gen'
import { failure, notice } from './thread-failure'
import { formMistakes } from './thread-form'
import { leaving } from './thread-leaving'
import { waitTime } from './wait'

const small = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine']

const oneOf = {
  total: 'a sum',
  average: 'an average',
  count: 'a number of rows',
  share: 'a share',
  difference: 'a difference',
  ratio: 'a ratio',
  growth: 'a change',
}

/** A figure that is right, but not that of what the sentence speaks of. */
interface AstrayFigure {
  text: string
  /** How it follows from the rows. */
  derived: 'cell' | keyof typeof oneOf
  places: readonly { rows: readonly number[] | null }[]
  rounded: boolean
}

const hasMany = (places: AstrayFigure['places']) =>
  places.length > 1 || places.some(({ rows }) => rows?.length !== 1)

/** Every word of the thread, in one place, as functions where words depend on numbers. */
export const strings = {
  thread: 'Conversation',
  tryAgain: 'Try again',
  units: {
    lessThan: (length: string) => `<${length}`,
    milliseconds: (n: string) => `${n} ms`,
    seconds: (n: string) => `${n} s`,
    minutes: (n: string) => `${n} min`,
    hours: (n: string) => `${n} h`,
  },
  tryAgainIn: (seconds: number) => `Try again in ${waitTime(seconds)}`,
  goOnIn: (seconds: number) => `Continue in ${waitTime(seconds)}`,
  answerAgain: 'Answer again',
  today: 'Today',
  yesterday: 'Yesterday',
  showEarlier: (n: number) =>
    plural(n, { one: 'Show # earlier question', other: 'Show # earlier questions' }),
  latest: 'Jump to latest',
  dismiss: 'Dismiss',
  leaving,

  you: 'You',
  editQuestion: 'Edit question',
  yourQuestion: 'Your question',
  askAgain: 'Ask again',
  cancel: 'Cancel',
  editHint: 'The answer to the old wording stays beside this one.',
  editTooLong: (bytes: number, max: number) =>
    `This question is ${formatSize(bytes)} long, and ${formatSize(max)} is the most that can be sent. Shorten it; nothing of it is lost.`,
  showWhole: 'Show all of it',
  attached: 'Attached',
  openAttached: (name: string) => `Open ${name}`,
  ofServer: (server: string, name: string) => `${server} → ${name}`,
  asItWas: (uri: string) => `${uri}, as it was when this was asked`,
  textOf: (mediaType: string, size: string, lines: number) =>
    listOf([mediaType, size, plural(lines, { one: '# line', other: '# lines' })]),
  closeAttached: 'Close',
  copyAttached: { copy: 'Copy text', copied: 'Copied', failed: 'Could not copy' },
  branch: (place: number, count: number) => `${place} / ${count}`,
  branchName: (place: number, count: number) => `Version ${place} of ${count}`,
  earlierVersion: 'Earlier version',
  laterVersion: 'Later version',
  copyQuestion: { copy: 'Copy question', copied: 'Copied', failed: 'Could not copy' },
  copyAnswer: { copy: 'Copy answer', copied: 'Copied', failed: 'Could not copy' },
  copyCode: { copy: 'Copy code', copied: 'Copied', failed: 'Could not copy' },
  copySql: { copy: 'Copy SQL', copied: 'Copied', failed: 'Could not copy' },
  copyRaw: { copy: 'Copy JSON', copied: 'Copied', failed: 'Could not copy' },
  copyText: { copy: 'Copy text', copied: 'Copied', failed: 'Could not copy' },
  copyDetails: { copy: 'Copy details', copied: 'Copied', failed: 'Could not copy' },
  copyCallId: { copy: 'Copy call id', copied: 'Copied', failed: 'Could not copy' },
  copyRequestId: { copy: 'Copy request id', copied: 'Copied', failed: 'Could not copy' },

  thinking: 'Thinking',
  thought: 'Thought',
  working: (elapsed: string) => `Working for ${elapsed}.`,
  callsRun: (n: number) => plural(n, { one: '# call runs.', other: '# calls run.' }, small[n]),
  reconnecting: 'The connection is lost.',
  reconnectingMore: 'If the server is still there, the answer goes on and catches up here.',

  waitsForApproval: 'Waiting for your approval.',
  waitsForAnswer: 'Waiting for your answer.',
  waitsForConnect: 'Waiting until you have connected the server.',
  callsWait: (n: number) => plural(n, { one: '# waits for you.', other: '# wait for you.' }, small[n]),
  barApproval: (server: string) => `${server || 'A call'} waits for your approval.`,
  barConnect: (server: string) => `${server || 'A server'} has to be connected first.`,
  barAnswer: (server: string) => `${server || 'A server'} asks you something.`,
  goThere: 'Go there',

  calls: 'Calls',
  call: 'Call',
  running: 'running',
  failed: 'failed',
  stopped: 'stopped',
  lost: 'cut off',
  writing: 'being written',
  needsYou: 'needs you',
  asksYou: 'asks you',
  denied: 'not allowed',
  blocked: 'blocked',
  unknownServer: 'No server',
  provider: 'The model’s provider',
  rows: (n: number) => plural(n, { one: '# row', other: '# rows' }),
  table: 'Table',
  chart: 'Chart',
  sql: 'SQL',
  text: 'Text',
  raw: 'Raw',
  log: 'Log',
  args: 'Arguments',
  percent: formatPercent,
  views: 'Views of the result',
  filter: 'Filter',
  filterRows: 'Filter rows',
  clearFilter: 'Clear the filter',
  csv: 'CSV',
  downloadCsv: 'Download CSV',
  row: 'Row',
  citedRow: 'cited',
  share: 'Share',
  isNull: 'NULL',
  noRows: 'The result has no rows.',
  noMatch: (words: string) => `No row holds “${words}”.`,
  matching: (n: number, of: number) =>
    plural(of, { one: `${formatCount(n)} of # row`, other: `${formatCount(n)} of # rows` }),
  showAll: (n: number) => `Show all ${formatCount(n)} rows`,
  showFewer: 'Show fewer rows',
  showFirst: (n: number) => `Show the first ${formatCount(n)} rows`,
  rowsOf: (n: number, all: string) => `1–${formatCount(n)} of ${all} rows.`,
  rowsOfGiven: (n: number, given: number, all: string) =>
    `1–${formatCount(n)} of the ${formatCount(given)} rows that the tool gave, of ${all}.`,
  atLeast: (n: number, exact: boolean) => `${exact ? '' : 'at least '}${formatCount(n)}`,
  someMore: 'more than these',
  showRows: (from: number, to: number) => `Show ${formatCount(from)}–${formatCount(to)}`,
  showMoreRows: 'Show more',
  loadingRows: 'Loading…',
  retry: 'Retry',
  rowsCame: (from: number, to: number) => `Rows ${formatCount(from)} to ${formatCount(to)} are here.`,
  rowsGone: 'The rest of this result is no longer kept. Ask again to get it.',
  noSuchRow: (n: number) => `Row ${formatCount(n)} is not among the rows that can be shown.`,
  toolGave: (n: number, all: string) => `The tool gave ${formatCount(n)} of ${all} rows; the CSV has these.`,
  notKept: (n: number, all: string) =>
    `The first ${formatCount(n)} of ${all} rows; the others could not be kept. The CSV has these.`,
  orderingAll: (all: string) => `Loading all ${all} rows, so that sorting and filtering cover them.`,
  orderingThese: 'Sorting and filtering cover these.',
  orderingSome: (n: number) =>
    `Sorting and filtering cover the ${formatCount(n)} rows that are loaded, not all.`,
  csvHasGiven: 'The CSV has all that the tool gave.',
  rawCut: (shown: string, all: string) => `Shown are the first ${shown} of ${all} characters; copy has all.`,
  allowed: 'Allowed',
  runBy: { provider: 'run by the model’s provider', pomchat: 'within pomchat', nobody: 'run by nobody' },
  approvedNow: {
    once: 'approved by you, once',
    thread: 'approved by you for this thread',
    always: 'approved by you for good',
  },
  approvedBefore: {
    once: 'approved by you before',
    thread: 'under your approval for this thread',
    always: 'under your standing approval',
  },
  argumentsEdited: 'arguments edited by you',
  as: 'as',
  callId: 'call',
  tableName: (server: string, tool: string, n: number) => `Result of call ${n}, ${server} ${tool}`,
  sqlName: (n: number) => `SQL of call ${n}`,
  argumentsName: (n: number) => `Arguments of call ${n}`,
  fromModel: 'From the model',
  fromYou: 'As you changed it',
  notGiven: 'not given',
  emptyText: 'empty',
  logName: (n: number) => `Log of call ${n}`,
  rawName: (n: number) => `Raw data of call ${n}`,

  couldNotRun: (server: string) => `${server || 'The server'} could not run this call`,
  noSuchTool: 'The model asked for a tool that does not exist',
  wasStopped: 'This call was stopped',
  stopThisCall: 'Stop this call',
  stopCall: (n: number) => `Stop call ${n}`,
  stoppingCall: (n: number) => `Stopping call ${n}…`,
  callStopped: (n: number) => `Call ${n} was stopped. The answer goes on.`,
  callNotStopped: 'The server did not answer, so the call was not stopped. Try again.',
  mayNotUse: (tool: string, server: string) => `You may not use ${tool} on ${server}`,
  needsSignIn: (server: string) => `${server} needs you to connect first`,
  wentWithout: 'You went on without this call',
  wentWithoutMore: (server: string) => `${server} was not connected, so nothing was carried out there.`,
  wasInterrupted: 'This call was cut off',
  lostBefore: 'The answer ended before it began, so nothing was carried out.',
  lostAfter: 'The answer ended before its result arrived; it may have been carried out.',
  blockedByPolicy: 'Blocked by policy at the gateway',
  blockedMore: (tool: string, server: string) =>
    `Your company’s policy does not let you use ${tool} on ${server}. The call never reached the server and nothing was changed.`,
  copyAccess: { copy: 'Copy an access request', copied: 'Copied', failed: 'Could not copy' },
  aboutMe: 'What the gateway knows about me',
  askedAs: 'Asked as',
  whoAt: (who: string, time: string) => `${who}, at ${time}`,
  request: 'Request',
  httpStatus: 'Status',
  errorCode: 'Code',
  goesOn: 'The answer goes on below.',

  wantsConnection: (server: string) => `${server} wants to know your account there first`,
  connectMore: (server: string) =>
    `You sign in at ${server} by way of the gateway, which keeps that login for you, and come back here. This call goes on then; your draft stays.`,
  stillNotIn: (server: string) =>
    `${server} still does not let you in. Connect it once more, or ask whoever runs the gateway whether a policy forbids it.`,
  connectNow: (server: string) => `Connect ${server}`,
  connectFirst: 'connect first',
  renewing: 'renewing your sign-in',
  tryItAgain: 'Try again',
  goOnWithout: 'Go on without it',
  saysConnect: (server: string) => `${server} has to be connected before the answer goes on.`,
  wantsToRun: (server: string, title: string, tool: string) =>
    `${server || 'The model'} wants to run ${title === '' || title === tool ? tool : `“${title}”`}`,
  nothingYet: 'Nothing runs until you approve it.',
  noArguments: 'It is called without arguments.',
  edited: 'Edited by you',
  editedTo: (was: string, is: string) => `Edited by you: ${was} became ${is}`,
  reset: 'Reset',
  resetArgument: (name: string) => `Reset ${name}`,
  mistakes: {
    json: 'This is not valid JSON yet. Texts stand in double quotes.',
    digits: 'This number has more digits than a browser can keep.',
  },
  rounded: 'A number here has more digits than a browser can show; the call has all of them.',
  unseen: 'This text holds characters that cannot be seen, so it may read as another one than it is.',
  runsAs: 'Runs as',
  tool: 'Tool',
  address: 'Address',
  gateway: 'Gateway',
  checksAgain: 'checks policy again when it runs',
  carriedOut: 'Carried out',
  byProvider: 'by the model’s provider, so the arguments cannot be changed here',
  approve: 'Approve and run',
  approveEdited: 'Approve as edited',
  deny: 'Deny',
  remember: 'Remember',
  scopes: { once: 'Just once', thread: 'This thread', always: 'Always' },
  scopeMeans: (scope: 'thread' | 'always', tool: string) =>
    `Later calls of ${tool} run without asking, ${scope === 'thread' ? 'in this thread' : 'in all of your threads'}, for as long as the tool stays as it is. You can take that back under Approvals.`,
  sending: 'Sending…',
  decidedElsewhere: 'This was decided already, in another tab or on another device.',
  notSent: 'The server did not answer, so nothing was decided. Try again.',
  refused: (why: string) => `Nothing was decided: ${why}`,
  tooLate: 'The answer has ended, so there is nothing left to decide.',
  youDenied: 'You did not allow this call. Nothing was sent.',

  serverAsks: (server: string) => `${server || 'The server'} asks you`,
  goesTo: (server: string) => `What you enter goes to ${server || 'the server'}. Never give it a password.`,
  submit: 'Submit',
  decline: 'Decline',
  choose: 'Choose…',
  optional: 'optional',
  wantsVisit: (server: string) => `${server || 'The server'} wants you to visit this page and then goes on:`,
  badVisit: (server: string) =>
    `${server || 'The server'} wants you to visit this address, which is none that can be opened safely:`,
  openHost: (host: string) => `Open ${host}`,
  notEncrypted: 'The connection to this page is not encrypted.',
  otherSite:
    'The page opens in a tab of its own. It is not part of this app; look at its address before you enter anything.',
  formMistakes,
  asked: (server: string, message: string) => `${server || 'The server'} asked: ${message}`,
  answered: { accept: 'You answered.', decline: 'You declined to answer.', cancel: 'It was not answered.' },
  visited: {
    accept: 'You opened its page.',
    decline: 'You declined to go there.',
    cancel: 'It was not answered.',
  },

  stoppedTitle: 'You stopped this answer.',
  stoppedMore: 'What was written so far is kept.',
  interruptedTitle: 'This answer was cut off.',
  interruptedMore: 'It is not known how it would have ended.',
  lengthTitle: 'The answer reached its length limit.',
  lengthMore: 'It ends in the middle.',
  filterTitle: 'The provider withheld part of this answer.',
  emptyTitle: 'The model gave no answer.',
  goOn: 'Continue',
  startOver: 'Start over',
  wentOn: (time: string) => `Continued at ${time}`,
  refusal: 'The model declined.',
  sources: 'Sources',
  sourceName: (n: number, title: string) => `Source ${n}: ${title}`,
  files: 'Files',
  save: 'Save',
  saveFile: (name: string) => `Save ${name}`,
  openPicture: 'Open in full size',
  pictureBroken: 'This picture cannot be shown here.',
  downloadInstead: 'Download instead',
  picture: (name: string) => `Picture ${name}`,
  newThread: 'New thread',
  openServers: 'Servers',
  chooseModel: 'Choose a model',
  failure,
  answeredWithout: (name: string) => `Answered without ${name}.`,
  notice,

  /** A mark's name: what it says, and where that stands. */
  figureAt: (figure: string, where: string) => `${figure}, from ${where}`,
  figurePerhapsAt: (figure: string, where: string) => `${figure}, perhaps from ${where}`,
  /** A figure that is right, but not that of what the sentence speaks of. */
  astray: ({ text, derived, places, rounded }: AstrayFigure) =>
    derived === 'cell'
      ? `${text} is in the data${rounded ? ', rounded' : ''}, but of ${hasMany(places) ? 'other rows' : 'another row'} than the sentence says`
      : `${text} is ${oneOf[derived]} in the data, but not the one that the sentence tells of`,
  astrayAt: (what: string, where: string) => `${what}: ${where}`,
  moreNotes: (n: number) =>
    plural(n, {
      one: 'Show # more place that this rests on',
      other: 'Show # more places that this rests on',
    }),
  elsewhere: (places: string) => `≠ ${places}`,
  another: ({ derived, places }: AstrayFigure, name: string) =>
    derived !== 'cell'
      ? `another ${oneOf[derived].replace(/^an? /, '')}`
      : name !== ''
        ? `of ${name}`
        : hasMany(places)
          ? 'other rows'
          : 'another row',
  namedRows: (where: string, name: string) => (name === '' ? where : `${where} (${name})`),
  moreAstray: (n: number) =>
    plural(n, {
      one: '# more figure is in the data, but of other rows than the text says.',
      other: '# more figures are in the data, but of other rows than the text says.',
    }),
  citedAt: (where: string) => `Cited: ${where}`,
  callRows: (call: number, rows: string, many: boolean) =>
    rows === '' ? `call ${call}` : `call ${call}, ${many ? 'rows' : 'row'} ${rows}`,
  problems: {
    'no-rows': 'there is no such row',
    'no-figure': 'no figure stands before it to check',
    elsewhere: 'the figure stands in other rows',
    'not-found': 'the figure is not in the data',
    astray: 'the sentence speaks of another row',
  } satisfies Record<NonNullable<Citation['problem']> | 'astray', string>,
  unconfirmed: (cited: string, why: string) => `${cited}. Not confirmed: ${why}`,
  kinds: {
    total: 'Sum',
    average: 'Average',
    count: 'Rows',
    share: 'Share',
    difference: 'Difference',
    ratio: 'Ratio',
    growth: 'Change',
  },
  derivedOf: (kind: string, of: string) => `${kind}, ${of}`,

  notInData: (figures: readonly string[]) => `Not found in the data: ${listOf(figures)}.`,
  from: (servers: string) => `From ${servers}`,
  countCalls: (n: number) => plural(n, { one: '# call', other: '# calls' }),
  tokens: (n: number) => plural(n, { one: '# token', other: '# tokens' }),
  aboutTokens: (n: number) => plural(n, { one: 'about # token', other: 'about # tokens' }),
  cached: (n: string) => `${n} cached`,
  reasoning: (n: string) => `${n} reasoning`,
  cost: (usd: string) => `about ${usd}`,
  inThread: (facts: readonly string[]) => `This thread so far: ${facts.join(' · ')}`,
  took: (duration: string) => `in ${duration}`,
  codeIn: (language: string) => (language === '' ? 'Code' : `Code in ${language}`),
  tableInAnswer: 'Table',
  taskDone: 'Done:',
  taskOpen: 'Open:',

  saysStarted: 'Answering.',
  saysApproval: (server: string, tool: string) =>
    `The answer waits for you: ${server} wants to run ${tool} and needs your approval.`,
  saysQuestion: (server: string) => `The answer waits for you: ${server} asks you something.`,
  saysFinished: 'Answer complete.',
  saysLost: 'The connection is lost. The answer catches up when it is back.',
  saysStopped: 'Answer stopped.',
  saysFailed: (why: string) => `No answer. ${why}`,
} as const
