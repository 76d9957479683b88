import { clsx, type ClassValue } from 'clsx'

/**
 * Joins class names and leaves out the falsy ones. Later names do not override
 * earlier ones: a part takes from outside what places it, not what it looks like.
 */
export function cn(...names: ClassValue[]): string {
  return clsx(names)
}
