import { describe, expect, it } from 'vitest'
import { greeting } from './greeting'
import { displayName, initials } from './names'

describe('displayName', () => {
  it.each([
    ['the name', { id: 'u1', name: ' Dana Okafor ', email: 'dana@acme.com' }, 'Dana Okafor'],
    ['the address before its @', { id: 'u1', name: '', email: 'dana.okafor@acme.com' }, 'dana.okafor'],
    ['the id', { id: 'u1', name: '', email: '' }, 'u1'],
  ])('is %s', (_name, user, want) => expect(displayName(user)).toBe(want))
})

describe('initials', () => {
  it.each([
    ['Dana Okafor', 'DO'],
    ['Ana María de la Cruz', 'AC'],
    ['dana.okafor', 'DO'],
    ['Plato', 'P'],
    ['𝒳enia Øst', '𝒳Ø'],
    ['', ''],
  ])('of %s are %s', (name, want) => expect(initials(name)).toBe(want))
})

describe('greeting', () => {
  it.each([
    ['Dana Okafor', 4, 'Good evening, Dana'],
    ['Dana Okafor', 5, 'Good morning, Dana'],
    ['Dana Okafor', 12, 'Good afternoon, Dana'],
    ['Dana Okafor', 18, 'Good evening, Dana'],
    ['dana@acme.com', 9, 'Good morning'],
    ['u12345', 9, 'Good morning'],
    ['', 9, 'Good morning'],
  ])('to %j at %i is %s', (name, hour, want) =>
    expect(greeting({ name }, new Date(2026, 2, 18, hour))).toBe(want),
  )

  it('takes the first name that the server found out', () =>
    expect(greeting({ name: 'Okafor, Dana', firstName: 'Dana' }, new Date(2026, 2, 18, 9))).toBe(
      'Good morning, Dana',
    ))
})
