// Generated from the Go types by `make gen`. Do not edit.

export interface AbortedEvent {
  type: 'abort'
  messageMetadata: EndDetails
  reason: string
}

export interface Approval {
  /** The decision; absent while it is awaited. */
  approved?: boolean
  id: string
  /** For how long an approval holds. */
  scope?: 'once' | 'thread' | 'always'
}

export interface EndDetails {
  at: string
  usage?: Usage
}

export type Event = AbortedEvent | ServerNoticedEvent | TitleSetEvent | FailedEvent | FinishEvent | FinishStepEvent | ReasoningDeltaEvent | ReasoningEndEvent | ReasoningStartEvent | StartEvent | StartStepEvent | TextDeltaEvent | TextEndEvent | TextStartEvent | ToolInputAvailableEvent | ToolInputDeltaEvent | ToolInputStartEvent | ToolOutputAvailableEvent | ToolOutputErrorEvent

export interface FailedEvent {
  type: 'error'
  errorText: string
  kind: Kind
  messageMetadata: EndDetails
}

export interface Failure {
  kind: Kind
  /** One sentence for the person who asked. */
  message: string
}

export interface FinishEvent {
  type: 'finish'
  finishReason: 'stop' | 'length' | 'content-filter' | 'tool-calls' | 'other'
  messageMetadata: EndDetails
}

export interface FinishStepEvent {
  type: 'finish-step'
}

/** What kind of failure it is. */
export type Kind = 'invalid' | 'too_large' | 'not_found' | 'conflict' | 'unauthenticated' | 'forbidden' | 'limit' | 'model_not_found' | 'model_refused' | 'context_too_long' | 'provider_auth' | 'provider_quota' | 'provider_busy' | 'provider_down' | 'provider_protocol' | 'interrupted' | 'internal'

export interface Me {
  /** Longest question, in bytes of UTF-8. */
  maxText: number
  mode: 'standalone' | 'gateway'
  user: User
  version: string
}

export interface Message {
  createdAt: string
  endedAt?: string
  failure?: Failure
  finishReason?: string
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
  provider: string
}

export type Part = ToolPart | ReasoningPart | TextPart

export interface Problem {
  /** One sentence for the person who asked. */
  detail: string
  /** What is wrong with which field. */
  errors?: ProblemField[]
  kind?: Kind
  status: number
  title: string
}

export interface ProblemField {
  location?: string
  message: string
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

export interface RunRequest {
  /** Absent means the thread's model, else the default. */
  model?: string
  /** The message to go on from: absent means the newest one, empty means the root of the thread. With a user's message and no text, its question is answered anew. */
  parentId?: string
  /** Ids of the servers to use; absent means the thread's choice, else all. */
  servers?: string[] | null
  text?: string
}

export interface RunStarted {
  /** The answer being written. */
  messageId: string
  runId: string
  /** The question it answers. */
  userMessageId: string
}

export interface Server {
  /** When its tools were last listed. */
  checkedAt: string
  description: string
  /** Why it is not ready, in one sentence. */
  error?: string
  id: string
  name: string
  status: 'ready' | 'needs_connect' | 'no_access' | 'down'
  tools: Tool[]
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

export interface Settings {
  model?: string
  servers: string[] | null
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

export interface TextPart {
  type: 'text'
  id: string
  state: 'streaming' | 'done'
  /** The model call that wrote it, counted from 1; 0 in a user's message. */
  step: number
  text: string
}

export interface TextStartEvent {
  type: 'text-start'
  id: string
}

export interface ThreadDetail {
  /** The whole tree, in the order of creation. */
  messages: Message[]
  settings: Settings
  thread: ThreadSummary
}

export interface ThreadPage {
  /** Absent on the last page. */
  nextCursor?: string
  threads: ThreadSummary[]
}

export interface ThreadPatch {
  archived?: boolean
  settings?: Settings
  title?: string
}

export interface ThreadSummary {
  /** The run that is writing now. */
  activeRunId?: string
  archived: boolean
  createdAt: string
  id: string
  title: string
  updatedAt: string
}

export interface TitleData {
  title: string
}

export interface TitleSetEvent {
  type: 'data-title'
  data: TitleData
}

export interface Tool {
  description: string
  /** The name that the model calls: server__tool. */
  name: string
  /** The server says that it changes nothing. */
  readOnly: boolean
  title: string
  /** The tool's own name on its server. */
  tool: string
}

export interface ToolInputAvailableEvent {
  type: 'tool-input-available'
  at: string
  dynamic: boolean
  input: unknown
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
  title?: string
  toolCallId: string
  toolMetadata: ToolRef
  toolName: string
}

export interface ToolOutputAvailableEvent {
  type: 'tool-output-available'
  durationMs: number
  dynamic: boolean
  output: ToolResult
  toolCallId: string
}

export interface ToolOutputErrorEvent {
  type: 'tool-output-error'
  durationMs: number
  dynamic: boolean
  errorText: string
  toolCallId: string
}

export interface ToolPart {
  type: 'dynamic-tool'
  /** The person's decision, if one was asked for. */
  approval?: Approval
  /** How long the server took. */
  durationMs?: number
  errorText?: string
  /** The arguments, a JSON object. */
  input?: unknown
  /** The arguments as far as they have arrived, while they stream. */
  inputText?: string
  output?: ToolResult
  /** The model's provider carries it out, and not pomchat. */
  providerExecuted?: boolean
  /** When the server was called. */
  startedAt?: string
  state: 'input-streaming' | 'input-available' | 'approval-requested' | 'approval-responded' | 'output-available' | 'output-error' | 'output-denied'
  step: number
  tool: ToolRef
  toolCallId: string
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
  /** Number of rows, for a result that is a table. */
  rowCount?: number
  /** The result as data, if the tool gave any. */
  structured?: unknown
  /** The result as text, as the model reads it. */
  text: string
}

export interface Usage {
  /** Share of the input that the provider had cached. */
  cachedTokens: number
  inputTokens: number
  outputTokens: number
  /** Share of the output that was reasoning. */
  reasoningTokens: number
}

export interface User {
  email: string
  id: string
  name: string
}
