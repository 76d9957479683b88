// Tests read the same words and numbers whatever machine they run on. Node 20 has no navigator.
if (!('navigator' in globalThis))
  Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true })
Object.defineProperty(navigator, 'language', { value: 'en-GB', configurable: true, writable: true })
