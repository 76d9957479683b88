import { describe, expect, it, vi } from 'vitest'
import { partOf } from './part'

describe('a part', () => {
  it('is fetched once, when it is first wanted, and tells who follows', async () => {
    const bring = vi.fn<() => Promise<string>>().mockResolvedValue('here')
    const part = partOf(bring)
    const told = vi.fn<() => void>()
    const leave = part.subscribe(told)
    expect(part.get()).toBeUndefined()
    expect(bring).not.toHaveBeenCalled()
    await Promise.all([part.load(), part.load()])
    await part.load()
    expect(part.get()).toBe('here')
    expect(bring).toHaveBeenCalledOnce()
    expect(told).toHaveBeenCalledOnce()
    leave()
  })

  it('has something instead while it cannot be had, and is tried again', async () => {
    const bring = vi.fn<() => Promise<string>>()
    bring.mockRejectedValueOnce(new Error('offline')).mockResolvedValueOnce('here')
    const part = partOf(bring, 'instead')
    await part.load()
    expect(part.get()).toBe('instead')
    await part.load()
    expect(part.get()).toBe('here')
  })
})
