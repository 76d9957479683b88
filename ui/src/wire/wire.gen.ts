// Generated from the Go types by `make gen`. Do not edit.

export interface AbortedEvent {
  type: 'abort'
  messageMetadata: EndDetails
  reason: string
}

export interface AnswerRequest {
  action: 'accept' | 'decline' | 'cancel'
  /** The filled-in form. */
  content?: unknown
}

export interface Approval {
  /** The decision; absent while it is awaited. */
  approved?: boolean
  id: string
  /** Fingerprint of the tool: how its server described it when it was asked. */
  of?: string
  /** Why it was asked, in one sentence. */
  reason?: string
  /** For how long an approval holds. */
  scope?: 'once' | 'thread' | 'always'
  /** For how long the person may approve. */
  scopes?: ('once' | 'thread' | 'always')[]
  serverUrl?: string
}

export interface Ask {
  /** Absent while the answer is awaited. */
  action?: 'accept' | 'decline' | 'cancel'
  id: string
  /** The server waits for nothing meanwhile: with the answer, the call is made again. So the question outlives a restart. */
  lasts?: boolean
  message: string
  /** JSON Schema of a flat object: the form. Absent for a visit to URL. */
  schema?: unknown
  /** The page to visit, http or https. */
  url?: string
}

export interface Asker {
  email?: string
  name: string
}

export interface AttachLimits {
  count: number
  /** Longest text, in bytes of UTF-8. */
  each: number
  /** All texts together, in bytes of UTF-8. */
  total: number
}

export interface Attachment {
  mediaType?: string
  messageId?: string
  name?: string
  partId?: string
  server?: string
  text?: string
  uri?: string
}

export interface AttachmentPart {
  type: 'attachment'
  filename: string
  id: string
  mediaType: string
  /** The id of the server whose resource it is; absent for what the person brought. */
  server?: string
  serverName?: string
  text: string
  /** By which that server knows the resource. */
  uri?: string
}

export interface Citation {
  end: number
  problem?: 'no-rows' | 'no-figure' | 'elsewhere' | 'not-found'
  /** The cited rows, as far as there are such; the first hundred. */
  sources: Source[] | null
  start: number
  text: string
  verdict: 'right' | 'wrong'
}

export interface Column {
  /** What the tool calls the type of the cells, if it says so. */
  type?: string
  name: string
}

export interface CompletionRequest {
  argument: string
  /** The other arguments, as far as they are filled in. */
  context?: Record<string, string>
  prompt: string
  /** As far as it is written. */
  value: string
}

export interface Completions {
  /** There are others that fit, too. */
  more?: boolean
  values: string[]
}

export interface Cost {
  /** An estimate, in US dollars. */
  usd: number
}

export interface DecisionRequest {
  approved: boolean
  /** The arguments to call the tool with; absent means those that the model wrote. */
  input?: unknown
  /** For how long an approval holds; absent means once. */
  scope?: 'once' | 'thread' | 'always'
}

export interface Document {
  exportedAt: string
  /** The whole tree, in the order of creation. Of a long result only the beginning is here. */
  messages: Message[]
  owner: Asker
  settings: Settings
  thread: Heading
  /** Of this form: 1. Members may be added to it. */
  version: number
}

export interface ElicitationAnswerData {
  action: 'accept' | 'decline' | 'cancel'
  at?: string
  elicitationId: string
  toolCallId: string
}

export interface ElicitationAnsweredEvent {
  type: 'data-elicitation-answer'
  data: ElicitationAnswerData
}

export interface ElicitationAskedEvent {
  type: 'data-elicitation'
  data: ElicitationData
  id: string
}

export interface ElicitationData {
  at?: string
  elicitationId: string
  /** The server waits for nothing meanwhile: with the answer, the call is made again. So the question outlives a restart. */
  lasts?: boolean
  message: string
  /** JSON Schema of a flat object: the form. Absent for a visit to URL. */
  schema?: unknown
  toolCallId: string
  /** The page to visit, http or https. */
  url?: string
}

export interface EndDetails {
  at: string
  /** What that cost, if the model's price is known. */
  cost?: Cost
  usage?: Usage
}

export type Event = AbortedEvent | ElicitationAskedEvent | ElicitationAnsweredEvent | GroundedEvent | ServerNoticedEvent | TitleSetEvent | ToolLoggedEvent | ToolProgressedEvent | ToolResumedEvent | ToolWaitsEvent | FailedEvent | FileMadeEvent | FinishEvent | FinishStepEvent | UsageToldEvent | ReasoningDeltaEvent | ReasoningEndEvent | ReasoningStartEvent | SourceFoundEvent | StartEvent | StartStepEvent | TextDeltaEvent | TextEndEvent | TextStartEvent | ToolApprovalRequestEvent | ToolApprovalResponseEvent | ToolInputAvailableEvent | ToolInputDeltaEvent | ToolInputStartEvent | ToolOutputAvailableEvent | ToolOutputDeniedEvent | ToolOutputErrorEvent

export interface FailedEvent {
  type: 'error'
  errorText: string
  kind: Kind
  messageMetadata: EndDetails
  /** Seconds from the end on, before which another attempt is in vain, if that is known. */
  retryAfter?: number
  /** Where the failure can be looked up. */
  trace?: Trace
}

export interface Failure {
  kind: Kind
  /** One sentence for the person who asked. */
  message: string
  /** Seconds from the end on, before which another attempt is in vain, if that is known. */
  retryAfter?: number
  /** Where the failure can be looked up. */
  trace?: Trace
}

export interface Figure {
  cited: 'right' | 'wrong' | 'absent'
  end: number
  start: number
  text: string
}

export interface FileMadeEvent {
  type: 'file'
  fileId: string
  filename: string
  mediaType: string
  size: number
  toolCallId?: string
  /** Where its owner gets it, on this server. */
  url: string
}

export interface FilePart {
  type: 'file'
  filename: string
  id: string
  mediaType: string
  size: number
  step: number
  toolCallId?: string
  /** Where its owner gets it, on this server. */
  url: string
}

export interface FinishEvent {
  type: 'finish'
  finishReason: 'stop' | 'length' | 'content-filter' | 'tool-calls' | 'other'
  messageMetadata: EndDetails
}

export interface FinishStepEvent {
  type: 'finish-step'
}

export interface Grant {
  at: string
  id: string
  scope: 'thread' | 'always'
  server: string
  serverName: string
  serverUrl?: string
  /** The thread in which it holds, if not everywhere. */
  threadId?: string
  /** The tool's own name on its server. */
  tool: string
}

export interface GroundedEvent {
  type: 'data-grounding'
  data: TextGrounding[]
}

export interface Heading {
  archived: boolean
  createdAt: string
  id: string
  title: string
  /** When something was last asked or answered. */
  updatedAt: string
}

/** What kind of failure it is. */
export type Kind = 'invalid' | 'too_large' | 'not_found' | 'conflict' | 'unauthenticated' | 'forbidden' | 'needs_consent' | 'limit' | 'model_not_found' | 'model_refused' | 'context_too_long' | 'provider_auth' | 'provider_quota' | 'provider_busy' | 'provider_down' | 'provider_protocol' | 'server_down' | 'gateway_down' | 'interrupted' | 'stopped' | 'internal'

export interface Mark {
  /** Weak for the first of these reasons: the value is right, but not that of what the text speaks of. */
  astray?: boolean
  cited: 'right' | 'wrong' | 'absent'
  end: number
  kind: 'cell' | 'total' | 'average' | 'count' | 'share' | 'difference' | 'ratio' | 'growth' | 'given'
  /** The data are in another scale, such as units for millions or a fraction for percent. */
  rescaled: boolean
  /** The data are more precise. */
  rounded: boolean
  sources: Source[] | null
  start: number
  text: string
  /** The text speaks of other rows, or so few digits match by chance and little else points to these. */
  weak: boolean
}

export interface Match {
  /** The message that has most of the words, the first of several; absent if the title has them all. */
  messageId?: string
  /** What was found in the text. */
  ranges: Span[]
  /** A piece of that message, on one line and without marks of Markdown. */
  text?: string
  /** What was found in the title. */
  title: Span[]
}

export interface Me {
  /** What can go with a question. */
  attach: AttachLimits
  /** Longest question, in bytes of UTF-8. */
  maxText: number
  /** Tokens of descriptions of tools, about, above which the model searches for tools instead of being told them all. */
  maxToolTokens?: number
  /** Whether a thread may use web search beside servers: after you agreed to it, always, or never. */
  mixing: 'ask' | 'allow' | 'forbid'
  mode: 'standalone' | 'gateway'
  /** The page that ends your session; absent where there is none. */
  signOutUrl?: string
  user: User
  version: string
}

export interface Message {
  cost?: Cost
  createdAt: string
  endedAt?: string
  failure?: Failure
  finishReason?: string
  /** Where the figures of the answer come from; absent if it has none, or had neither rows nor tools. */
  grounding?: TextGrounding[]
  id: string
  model?: string
  notices?: ServerNotice[]
  /** The message before this one; empty at the root of the thread. */
  parentId: string
  parts: Part[]
  role: 'user' | 'assistant'
  /** The run that writes or wrote this answer. */
  runId?: string
  status: 'running' | 'finished' | 'failed' | 'stopped'
  /** How often the model was called. */
  steps?: number
  usage?: Usage
}

export interface ModelInfo {
  /** How many tokens the model can read at once, if that is known. */
  contextTokens?: number
  default: boolean
  /** Tools that the provider itself can run for this model. */
  hosted?: ('web_search' | 'code_interpreter')[]
  id: string
  label: string
  /** What one should know before choosing it. */
  note?: string
  /** What the model costs, if that is known. */
  price?: Price
  provider: string
}

export type Part = AttachmentPart | ToolPart | FilePart | ReasoningPart | SourcePart | TextPart

export interface Pause {
  from: string
  /** Absent while it waits, and if it waited until the end. */
  to?: string
}

export interface Person {
  email?: string
  name?: string
}

export interface Price {
  /** The same, of input that the provider had cached. */
  cached: number
  /** US dollars for a million tokens of input. */
  input: number
  /** US dollars for a million tokens of output. */
  output: number
}

export interface Problem {
  /** One sentence for the person who asked. */
  detail: string
  /** What is wrong with which field. */
  errors?: ProblemField[]
  kind?: Kind
  status: number
  title: string
  /** Where the failure can be looked up on the other side. */
  trace?: Trace
}

export interface ProblemField {
  location?: string
  message: string
}

export interface PromptArgument {
  description?: string
  name: string
  required?: boolean
  title?: string
}

export interface PromptList {
  /** The server helps to fill in arguments. */
  completes: boolean
  prompts: ServerPrompt[]
}

export interface PromptMessage {
  role: 'user' | 'assistant'
  text: string
}

export interface PromptRequest {
  arguments?: Record<string, string>
  name: string
}

export interface PromptText {
  messages: PromptMessage[]
}

export interface ReasoningDeltaEvent {
  type: 'reasoning-delta'
  delta: string
  id: string
}

export interface ReasoningEndEvent {
  type: 'reasoning-end'
  id: string
}

export interface ReasoningPart {
  type: 'reasoning'
  id: string
  state: 'streaming' | 'done'
  step: number
  text: string
}

export interface ReasoningStartEvent {
  type: 'reasoning-start'
  id: string
}

export interface RenewalRequest {
  /** Calls to be tried again: their servers were connected. */
  retry?: string[]
  /** Calls that are given up. */
  without?: string[]
}

export interface Report {
  citations: Citation[] | null
  marks: Mark[] | null
  notFound: Figure[] | null
  /** The text or the tables were too large to look at as a whole. */
  partial: boolean
}

export interface Rerun {
  /** How long the server took. */
  durationMs: number
  /** The arguments, a JSON object. */
  input: unknown
  output: ToolResult
  /** When the server was called. */
  startedAt: string
  tool: ToolRef
}

export interface RerunRequest {
  /** The arguments to call the tool with. */
  input: unknown
}

export interface Resource {
  description?: string
  mediaType?: string
  /** In bytes, if the server says. */
  size?: number
  title: string
  uri: string
}

export interface ResourceList {
  /** It has more than are listed. */
  more?: boolean
  resources: Resource[]
  templates: ResourceTemplate[]
}

export interface ResourceRequest {
  uri: string
}

export interface ResourceTemplate {
  description?: string
  mediaType?: string
  /** URI template (RFC 6570). */
  template: string
  title: string
}

export interface ResourceText {
  mediaType?: string
  server: string
  serverName: string
  /** Bytes of the whole text, of which this may be the beginning. */
  size: number
  text: string
  uri: string
}

export interface ResultPage {
  at: string
  columns: Column[]
  id: string
  /** Rows that can be had here. */
  kept: number
  /** Rows of the table before these. */
  offset: number
  /** A cell for each column: null, true or false, a number, or a text. */
  rows: (unknown[] | null)[]
  /** The result, if it is no table. */
  text?: string
  tool: ToolRef
  /** Rows of the whole result, as far as the tool said. */
  total: number
}

export interface RunRequest {
  /** What goes with the text. A question that is answered anew keeps what it had. */
  attachments?: Attachment[]
  /** The model provider's own tools to switch on; absent means the thread's choice. */
  hosted?: ('web_search' | 'code_interpreter')[] | null
  /** You agree that what servers return may get out by web search, in this thread. */
  mixed?: boolean
  /** Absent means the thread's model, else the default. */
  model?: string
  /** The message to go on from: absent means the newest one, empty means the root of the thread. Without a text: a user's message is answered anew, and an answer that was cut off is continued. */
  parentId?: string
  /** Ids of the servers to use; absent means the thread's choice, else all. */
  servers?: string[] | null
  text?: string
  /** Names of tools to switch off; absent means the thread's choice. */
  toolsOff?: string[] | null
}

export interface RunStarted {
  /** The answer being written. */
  messageId: string
  runId: string
  /** The question it answers. */
  userMessageId: string
}

export interface SeenRequest {
  /** When the newest answer that was seen ended. */
  until: string
}

export interface Server {
  /** How its tools differ from those that you saw before. */
  changes?: ToolChanges
  /** When its tools were last listed; absent while that is being tried for the first time. */
  checkedAt?: string
  /** The page at which you connect it, if that is what it needs. The browser comes back to the page that was named, with connect_error in its query if that failed. */
  connectUrl?: string
  /** The gateway keeps a login of yours for it, which can be ended. */
  connected?: boolean
  description: string
  /** Why it is not ready, in one sentence. */
  error?: string
  id: string
  /** Path of its picture on this site. */
  logo?: string
  name: string
  /** The gateway says that it needs such a login. It says so of many that need none. */
  needsOauth?: boolean
  /** It offers prompts; see /api/servers/{id}/prompts. */
  prompts?: boolean
  /** The model's provider calls it, and not pomchat. */
  remote?: boolean
  /** Since when it has been as it is, as far as that was seen; absent while it is ready. */
  since?: string
  status: 'ready' | 'needs_connect' | 'no_access' | 'down'
  tools: Tool[]
  /** Where the reason can be looked up on the other side. */
  trace?: Trace
  /** The administrator believes what it says of its tools. */
  trusted: boolean
  /** Empty for the server inside this process. */
  url: string
}

export interface ServerNotice {
  error?: string
  name: string
  server: string
  status: 'ready' | 'needs_connect' | 'no_access' | 'down'
}

export interface ServerNoticedEvent {
  type: 'data-mcp-status'
  data: ServerNotice
}

export interface ServerPrompt {
  arguments: PromptArgument[]
  description?: string
  name: string
  /** The text that the prompt gives without arguments, if it is a plain question to the server's data, as a person would ask it. */
  question?: string
  title?: string
}

export interface Settings {
  /** The model provider's own tools that are switched on. */
  hosted?: ('web_search' | 'code_interpreter')[]
  /** You agreed that what servers return may get out by web search. */
  mixed?: boolean
  model?: string
  servers: string[] | null
  /** Names of tools that are switched off. */
  toolsOff?: string[]
}

export interface SettingsPatch {
  /** The model provider's own tools that are switched on. */
  hosted?: ('web_search' | 'code_interpreter')[]
  /** You agree that what servers return may get out by web search. */
  mixed?: boolean
  /** Empty means the default. */
  model?: string
  /** Ids of the servers to use; null means all of them. */
  servers?: string[] | null
  /** Names of tools that are switched off. */
  toolsOff?: string[]
}

export interface Source {
  /** Id of the call. */
  call: string
  /** Index of the column, from 0; -1 where rows are meant as such. */
  column: number
  /** Number of the call in this thread, from 1. */
  number: number
  /** Indexes of rows, from 0; null stands for all rows. */
  rows: number[] | null
}

export interface SourceFoundEvent {
  type: 'source-url'
  end?: number
  sourceId: string
  /** Where in that text, in UTF-16 code units; absent with end if that is not known. */
  start?: number
  /** The text that cites it. */
  textId?: string
  title?: string
  /** http or https. */
  url: string
}

export interface SourcePart {
  type: 'source-url'
  end?: number
  id: string
  /** Where in that text, in UTF-16 code units; absent with end if that is not known. */
  start?: number
  step: number
  /** The text that cites it. */
  textId?: string
  title?: string
  /** http or https. */
  url: string
}

export interface Span {
  end: number
  start: number
}

export interface StartDetails {
  at: string
  model: string
  parentId: string
  runId: string
}

export interface StartEvent {
  type: 'start'
  messageId: string
  messageMetadata: StartDetails
}

export interface StartStepEvent {
  type: 'start-step'
}

export interface TextDeltaEvent {
  type: 'text-delta'
  delta: string
  id: string
}

export interface TextEndEvent {
  type: 'text-end'
  id: string
}

export interface TextGrounding {
  report: Report
  textId: string
}

export interface TextPart {
  type: 'text'
  /** Who asked, in a user's message. */
  by?: Person
  id: string
  /** What the text is, if it is not the answer. */
  kind?: 'commentary' | 'refusal'
  state: 'streaming' | 'done'
  /** The model call that wrote it, counted from 1; 0 in a user's message. */
  step: number
  text: string
}

export interface TextStartEvent {
  type: 'text-start'
  id: string
  /** What the text is, if it is not the answer. */
  kind?: 'commentary' | 'refusal'
}

export interface ThreadDetail {
  /** What that cost, as far as prices are known. */
  cost?: Cost
  /** The whole tree, in the order of creation. */
  messages: Message[]
  settings: Settings
  thread: ThreadSummary
  /** What all answers of the thread have used. */
  usage?: Usage
}

export interface ThreadPage {
  /** Absent on the last page. */
  nextCursor?: string
  threads: ThreadSummary[]
}

export interface ThreadPatch {
  archived?: boolean
  settings?: SettingsPatch
  title?: string
}

export interface ThreadSummary {
  /** The run that is writing now. */
  activeRunId?: string
  archived: boolean
  createdAt: string
  id: string
  /** Where the search found it. */
  match?: Match
  title: string
  /** Its newest answer ended after you last saw the thread. */
  unread?: boolean
  updatedAt: string
  /** That run waits for you: for the approval of a call, or for what a server asks. */
  waiting?: boolean
}

export interface TitleData {
  title: string
}

export interface TitleSetEvent {
  type: 'data-title'
  data: TitleData
}

export interface Tool {
  /** Each call has to be approved, unless you have approved the tool for longer. */
  asks: boolean
  description: string
  /** The name that the model calls: server__tool. */
  name: string
  /** The server says that it changes nothing. */
  readOnly: boolean
  title: string
  /** What its description costs in each request to a model, about. */
  tokens: number
  /** The tool's own name on its server. */
  tool: string
}

export interface ToolApprovalRequestEvent {
  type: 'tool-approval-request'
  approvalId: string
  at?: string
  /** Fingerprint of the tool: how its server described it when it was asked. */
  of: string
  /** Why it is asked, in one sentence. */
  reason: string
  /** For how long the person may approve. */
  scopes: ('once' | 'thread' | 'always')[]
  serverUrl?: string
  toolCallId: string
}

export interface ToolApprovalResponseEvent {
  type: 'tool-approval-response'
  approvalId: string
  approved: boolean
  at: string
  /** The arguments, if the person changed them. */
  input?: unknown
  scope?: 'once' | 'thread' | 'always'
  toolCallId: string
}

export interface ToolChanges {
  added: string[]
  at: string
  /** Tools whose description, arguments or promises are others than before. */
  changed: string[]
  removed: string[]
}

export interface ToolInputAvailableEvent {
  type: 'tool-input-available'
  /** The approval, given earlier, under which it is called. */
  approval?: Approval
  /** Whom its server takes for the caller: an e-mail address, or else a name. */
  as?: string
  at: string
  dynamic: boolean
  input: unknown
  providerExecuted?: boolean
  toolCallId: string
  toolMetadata: ToolRef
  toolName: string
}

export interface ToolInputDeltaEvent {
  type: 'tool-input-delta'
  inputTextDelta: string
  toolCallId: string
}

export interface ToolInputStartEvent {
  type: 'tool-input-start'
  dynamic: boolean
  /** The model's provider carries it out, and not pomchat. */
  providerExecuted?: boolean
  title?: string
  toolCallId: string
  toolMetadata: ToolRef
  toolName: string
}

export interface ToolLog {
  level: 'debug' | 'info' | 'notice' | 'warning' | 'error' | 'critical' | 'alert' | 'emergency'
  text: string
}

export interface ToolLogData {
  level: 'debug' | 'info' | 'notice' | 'warning' | 'error' | 'critical' | 'alert' | 'emergency'
  text: string
  toolCallId: string
}

export interface ToolLoggedEvent {
  type: 'data-tool-log'
  data: ToolLogData
}

export interface ToolOutputAvailableEvent {
  type: 'tool-output-available'
  durationMs: number
  dynamic: boolean
  output: ToolResult
  toolCallId: string
}

export interface ToolOutputDeniedEvent {
  type: 'tool-output-denied'
  toolCallId: string
}

export interface ToolOutputErrorEvent {
  type: 'tool-output-error'
  durationMs: number
  dynamic: boolean
  errorText: string
  /** What kind of failure it is, if that is known. */
  kind?: Kind
  toolCallId: string
  /** Where the failure can be looked up. */
  trace?: Trace
}

export interface ToolPart {
  type: 'dynamic-tool'
  /** The person's decision, if one was asked for. */
  approval?: Approval
  /** Whom its server took for the caller: an e-mail address, or else a name. */
  as?: string
  /** How long the server took. */
  durationMs?: number
  /** What the server wanted to know last. */
  elicitation?: Ask
  /** What kind of failure it is, if that is known. */
  errorKind?: Kind
  errorText?: string
  /** The arguments, a JSON object. */
  input?: unknown
  /** The arguments as far as they have arrived, while they stream. */
  inputText?: string
  /** The newest lines of the server's log about the call. */
  logs?: ToolLog[]
  /** The arguments as the model wrote them, if the person changed them. */
  modelInput?: unknown
  output?: ToolResult
  /** When it waited: for the person, a token or a connection. */
  pauses?: Pause[]
  /** How far the call has come, as its server said last. */
  progress?: ToolProgress
  /** The model's provider carries it out, and not pomchat. */
  providerExecuted?: boolean
  /** When the server was called. */
  startedAt?: string
  state: 'input-streaming' | 'input-available' | 'approval-requested' | 'approval-responded' | 'waiting' | 'resumed' | 'output-available' | 'output-error' | 'output-denied'
  step: number
  tool: ToolRef
  toolCallId: string
  /** Where the failure can be looked up. */
  trace?: Trace
  /** What it waits for, or waited for last. */
  wait?: Wait
}

export interface ToolProgress {
  /** How much is done, in the server's own unit. */
  done: number
  message?: string
  /** How much there is to do; 0 if that is not known. */
  total?: number
}

export interface ToolProgressData {
  /** How much is done, in the server's own unit. */
  done: number
  message?: string
  toolCallId: string
  /** How much there is to do; 0 if that is not known. */
  total?: number
}

export interface ToolProgressedEvent {
  type: 'data-tool-progress'
  data: ToolProgressData
  /** The call's id: a stock client keeps the newest of an id. */
  id: string
}

export interface ToolRef {
  /** The name that the model calls: server__tool. */
  name: string
  /** Id of the server; empty if no such tool exists. */
  server: string
  serverName: string
  title?: string
  /** The tool's own name on its server. */
  tool: string
}

export interface ToolResult {
  /** The tool itself says that it failed. */
  isError: boolean
  /** Where the whole result is kept; see /api/results. */
  resultId?: string
  /** Number of rows of the whole result, as far as the tool says, for one that is a table. */
  rowCount?: number
  /** The result as data, if the tool gave any. */
  structured?: unknown
  /** The result as text, as the model reads it. */
  text: string
  /** This is only the beginning; the whole result is kept. */
  truncated?: boolean
}

export interface ToolResumedData {
  at: string
  toolCallId: string
}

export interface ToolResumedEvent {
  type: 'data-tool-resumed'
  data: ToolResumedData
}

export interface ToolWaitsData {
  at?: string
  for: 'token' | 'connect' | 'answer'
  /** How often it has waited for that. */
  times: number
  toolCallId: string
}

export interface ToolWaitsEvent {
  type: 'data-tool-wait'
  data: ToolWaitsData
  /** The call's id: a stock client keeps the newest of an id. */
  id: string
}

export interface Trace {
  /** Its own code for the failure. */
  code?: string
  /** Its id of the request. */
  requestId?: string
  /** HTTP status of the other side. */
  status?: number
}

export interface Usage {
  /** Share of the input that the provider had cached. */
  cachedTokens: number
  /** What the last call of the model read and wrote: so much of its context is taken. It is no sum. */
  contextTokens?: number
  /** Some of it is an estimate: a reply of the model was cut off, or its provider does not say what it used. */
  estimated?: boolean
  inputTokens: number
  outputTokens: number
  /** Share of the output that was reasoning. */
  reasoningTokens: number
  /** Share of the input that was descriptions and results of tools, about. */
  toolTokens: number
}

export interface UsageDetails {
  usage: Usage
}

export interface UsageToldEvent {
  type: 'message-metadata'
  messageMetadata: UsageDetails
}

export interface User {
  email: string
  /** To greet with. */
  firstName?: string
  /** As your identity provider has them. */
  groups?: string[] | null
  id: string
  name: string
  /** Path of a portrait on this site. */
  picture?: string
}

export interface Wait {
  for: 'token' | 'connect' | 'answer'
  /** How often it has waited for that. */
  times: number
}
