import type { RunRequest, Settings } from '@/wire/wire.gen'

/** chosenOf returns what a thread has chosen, as a run is asked for; the rest is left to the server. */
export function chosenOf({ model, servers, toolsOff, hosted, mixed }: Settings): RunRequest {
  return {
    ...(model === undefined ? {} : { model }),
    ...(servers === null ? {} : { servers }),
    ...(toolsOff === undefined ? {} : { toolsOff }),
    ...(hosted === undefined ? {} : { hosted }),
    ...(mixed === undefined ? {} : { mixed }),
  }
}
