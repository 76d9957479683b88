/** The words about approvals that hold for more than one call. */
export const text = {
  title: 'Approvals',
  about:
    'Tools that you allowed to run without asking. Pomerium still checks every call, and a tool that is changed asks again.',
  local: 'Tools that you allowed to run without asking. A tool that is changed asks again.',
  loading: 'Loading approvals',
  failed: 'The approvals could not be loaded.',
  retry: 'Try again',
  none: 'You have approved nothing for longer than a call',
  noneHint:
    'When a call waits for you, you can approve its tool for a thread or always. It is then listed here, and can be taken back. Tools that only read, by the word of a server that your administrator trusts, never ask.',
  everywhere: 'In all of your threads',
  inThread: 'In the thread',
  aThread: 'one of your threads',
  since: (when: string) => `since ${when}`,
  revoke: 'Revoke',
  revokeOf: (server: string, tool: string) => `Revoke the approval of ${tool} on ${server}`,
  sure: (tool: string) => `Calls of ${tool} will ask you again.`,
  keep: 'Keep it',
  revoked: (tool: string) => `${tool} asks again`,
  revokeFailed: (tool: string) => `The approval of ${tool} could not be revoked. Try again.`,
}
