import { describe, expect, it } from 'vitest'
import { firstWords, isMarkdown } from './markup'

describe('a question', () => {
  it.each([
    ['plain words', 'What were our sales by year?', false],
    ['a product', 'What is 2*3*4 and 5 * 6 * 7?', false],
    ['names with underscores', 'Why is order_details not in my_view?', false],
    ['a number sign', '# of customers in Norway?', false],
    ['one dash', 'Two things:\n- sales by year', false],
    ['lines', 'First this.\nThen that.', false],
    ['a pipe', 'a | b', false],
    ['a dashed line', 'Above\n---\nbelow', false],
    ['a lonely backtick', 'The ` key', false],
    ['a range', '1996 - 1998', false],
    ['a block of code', 'Why does this fail?\n```sql\nSELECT 1\n```', true],
    ['a block of code by tildes', '~~~\nx\n~~~', true],
    ['code in a line', 'What does `ROUND(x, 2)` do?', true],
    ['a list', 'Compare:\n- 1996\n- 1997', true],
    ['a numbered list', '1. sales\n2. stock', true],
    ['a table', '| a | b |\n|---|--:|\n| 1 | 2 |', true],
    ['a table without outer pipes', 'a | b\n--- | ---\n1 | 2', true],
  ])('of %s', (_name, text, want) => {
    expect(isMarkdown(text)).toBe(want)
  })

  it.each([
    ['its first line', 'Why now?\n```sql\nSELECT 1\n```', 'Why now?'],
    ['what stands in code, where there is nothing before', '```sql\nSELECT 1\n```', 'sql'],
    ['the first item of a list', '- sales\n- stock', 'sales'],
    ['as much as fits, cut between words', 'one two three four five', 'one two three…'],
    ['part of a word that is too long itself', 'x'.repeat(30), `${'x'.repeat(16)}…`],
    ['nothing but signs', '---', ''],
  ])('is named by %s', (_name, text, want) => {
    expect(firstWords(text, 16)).toBe(want)
  })
})
