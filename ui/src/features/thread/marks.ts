import { createContext } from 'react'
import type { Mark } from './sources'

/** MarksContext carries the marks of a text to where they are drawn. */
export const MarksContext = createContext<readonly Mark[]>([])
