import { describe, expect, it } from 'vitest'
import { spansOf, wordsIn } from './search-words'

describe('wordsIn', () => {
  it.each([
    ['words', 'sales by year', ['sales', 'by', 'year']],
    ['what stands between them', ' “617,085.20” – (annual) ', ['617', '085', '20', 'annual']],
    ['capitals and accents', 'Zürich CAFÉ', ['zurich', 'cafe']],
    ['no words', ' … ', []],
  ])('takes %s', (_name, search, want) => {
    expect(wordsIn(search)).toEqual(want)
  })
})

describe('spansOf', () => {
  /** What is found, piece by piece. */
  const found = (text: string, search: string) =>
    spansOf(text, wordsIn(search)).map(({ start, end }) => text.slice(start, end))

  it.each([
    ['where words begin', 'Annual sales, and the unannual', 'annu sal', ['Annu', 'sal']],
    ['the longest of two', 'annually', 'ann annual', ['annual']],
    ['a figure', 'In 1997: 617,085.20.', '617 085', ['617', '085']],
    ['without accents what has some', 'Zürich and Cafés', 'zur cafe', ['Zür', 'Café']],
    ['accents that stand for themselves', 'Cafe\u0301s', 'cafe', ['Cafe\u0301']],
    ['with accents what has none', 'Zurich', 'zür', ['Zur']],
    ['after characters of two units', '🔎🔎 rows', 'rows', ['rows']],
    ['what ends within a ligature, with all of it', 'the of\uFB01ce', 'off', ['of\uFB01']],
    ['what begins with one', '\uFB01le', 'fi', ['\uFB01']],
    ['nothing for no words', 'rows', '…', []],
    ['nothing in nothing', '', 'rows', []],
  ])('finds %s', (_name, text, search, want) => {
    expect(found(text, search)).toEqual(want)
  })
})
