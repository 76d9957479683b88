import { readFileSync } from 'node:fs'
import { act, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { followTheme, useTheme } from './theme'

let dark = false
const system = new EventTarget()

beforeEach(() => {
  dark = false
  vi.stubGlobal('matchMedia', () =>
    Object.defineProperty(system, 'matches', { get: () => dark, configurable: true }),
  )
})
afterEach(() => vi.unstubAllGlobals())

const shown = () => document.documentElement.dataset['theme']

describe('the theme', () => {
  it('follows the system, until one is chosen', () => {
    const stop = followTheme()
    const seen = [shown()]
    dark = true
    system.dispatchEvent(new Event('change'))
    seen.push(shown())
    const { result } = renderHook(useTheme)
    act(() => result.current[1]('light'))
    seen.push(shown())
    act(() => result.current[1]('system'))
    seen.push(shown())
    stop()
    dark = false
    system.dispatchEvent(new Event('change'))
    seen.push(shown())
    expect(seen).toEqual(['light', 'dark', 'light', 'dark', 'dark'])
  })

  it.each([
    ['nothing saved, light system', null, false, 'light'],
    ['nothing saved, dark system', null, true, 'dark'],
    ['dark saved, light system', 'dark', false, 'dark'],
    ['light saved, dark system', 'light', true, 'light'],
    ['rubbish saved, dark system', 'purple', true, 'dark'],
  ])('is the same before the first paint and after: %s', (_name, saved, systemDark, want) => {
    dark = systemDark
    if (saved !== null) localStorage.setItem('pomchat.theme', saved)
    new Function(readFileSync('public/theme.js', 'utf8'))()
    const before = shown()
    followTheme()()
    expect([before, shown()]).toEqual([want, want])
  })
})
