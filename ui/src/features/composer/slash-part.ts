import { partOf } from '@/lib/part'

/** The list of prompts and their forms, which are fetched when somebody types a slash. */
export const slashPart = partOf(() => import('./slash-panel'))
