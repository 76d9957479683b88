import type { Kind, ServerNotice } from '@/wire/wire.gen'

/** What people read of each kind of failure. */
export const failure = {
  invalid: 'The question cannot be answered as it stands.',
  too_large: 'The question is too long.',
  not_found: 'Something is missing.',
  conflict: 'Another answer is being written.',
  unauthenticated: 'Your session has ended.',
  forbidden: 'You may not do this.',
  needs_consent: 'You have to agree to something first.',
  limit: 'The answer reached a limit.',
  model_not_found: 'The model is not available.',
  model_refused: 'The model refused the request.',
  context_too_long: 'The thread is too long for this model.',
  provider_auth: 'The model’s provider rejected this server’s key.',
  provider_quota: 'The model’s budget is used up.',
  provider_busy: 'The model is over its rate limit.',
  provider_down: 'The model cannot be reached.',
  provider_protocol: 'The model’s answer broke off.',
  server_down: 'A server cannot be reached.',
  gateway_down: 'The gateway is not available at the moment. Try again in a moment.',
  interrupted: 'This answer was cut off.',
  stopped: 'It was stopped.',
  internal: 'Something went wrong on our side.',
} satisfies Record<Kind, string>

/** What people read of a server that an answer had to do without. */
export const notice = {
  ready: 'It was not used.',
  needs_connect: 'It needs you to connect first.',
  no_access: 'It is not open to you.',
  down: 'It does not answer.',
} satisfies Record<ServerNotice['status'], string>
