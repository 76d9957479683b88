/** What someone is sent who is asked for help, or for access. */
export const strings = {
  server: (name: string) => `Server: ${name}`,
  tool: (name: string) => `Tool: ${name}`,
  call: (id: string) => `Call: ${id}`,
  run: (id: string) => `Run: ${id}`,
  model: (id: string) => `Model: ${id}`,
  started: (at: string) => `Started: ${at}`,
  ended: (at: string) => `Ended: ${at}`,
  request: (id: string) => `Request: ${id}`,
  status: (status: number) => `Status: ${status}`,
  code: (code: string) => `Code: ${code}`,
  kind: (kind: string) => `Kind: ${kind}`,
  args: (json: string) => `Arguments: ${json}`,
  error: (said: string) => `Error: ${said}`,

  /** A letter to whoever keeps the policy, in paragraphs; who is empty where nobody is known. */
  letter: (who: string, tool: string, server: string, at: string, request: string) => [
    `Please let ${who || 'me'} use the tool ${tool} of ${server}.`,
    `Pomerium blocked a call of it${at === '' ? '' : ` at ${at}`}.\nRequest id: ${request}`,
  ],
} as const
