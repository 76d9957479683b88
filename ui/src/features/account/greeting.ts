import { text } from '@/strings/account'
import type { User } from '@/wire/wire.gen'

/**
 * greeting says good morning, afternoon or evening to the person by first name. An
 * address or an id is no name: then the greeting goes without.
 */
export function greeting({ name, firstName }: Pick<User, 'name' | 'firstName'>, at: Date): string {
  const hour = at.getHours()
  const part = hour < 5 || hour >= 18 ? 'evening' : hour < 12 ? 'morning' : 'afternoon'
  const first = firstName ?? name.trim().split(/\s+/)[0] ?? ''
  const speakable = first !== '' && !/[@\d]/.test(first)
  return text.greeting[part](speakable ? first : '')
}
