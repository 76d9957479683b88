import { describe, expect, it } from 'vitest'
import { sqlLines, sqlOf } from './sql-tokens'

const marked = (sql: string) =>
  sqlLines(sql).map((line) => line.map((t) => (t.class ? `<${t.class} ${t.text}>` : t.text)).join(''))

describe('sqlLines', () => {
  it.each([
    { name: 'keywords in any case', sql: 'select x From t', want: ['<keyword select> x <keyword From> t'] },
    { name: 'functions by their bracket', sql: 'SUM(a) sum', want: ['<function SUM>(a) sum'] },
    { name: 'a keyword before a bracket', sql: 'IN (1)', want: ['<keyword IN> (<number 1>)'] },
    { name: 'texts with doubled quotes', sql: "'it''s' x", want: ["<text 'it''s'> x"] },
    {
      name: 'quoted names',
      sql: '"Order Details" [a b] `c`',
      want: ['<text "Order Details"> <text [a b]> <text `c`>'],
    },
    { name: 'a keyword inside a text as text', sql: "'FROM'", want: ["<text 'FROM'>"] },
    {
      name: 'a comment to the end of its line',
      sql: '1 -- FROM\nx',
      want: ['<number 1> <comment -- FROM>', 'x'],
    },
    { name: 'a comment over lines', sql: '/* a\nb */x', want: ['<comment /* a>', '<comment b */>x'] },
    { name: 'a text without its end', sql: "x = 'ab", want: ["x = <text 'ab>"] },
    { name: 'names with accents', sql: 'größe', want: ['größe'] },
    { name: 'empty lines', sql: 'a\n\nb', want: ['a', '', 'b'] },
  ])('colours $name', ({ sql, want }) => {
    expect(marked(sql)).toEqual(want)
  })

  it('loses nothing', () => {
    const sql = `WITH x AS (SELECT 'a''b', "c" -- d\n FROM [e] /* f */ WHERE g >= 1.5e3)\n\tSELECT * FROM x;\n`
    const back = sqlLines(sql)
      .map((line) => line.map((t) => t.text).join(''))
      .join('\n')
    expect(back).toBe(sql)
  })
})

describe('sqlOf', () => {
  it.each([
    { name: 'an argument called sql', input: { limit: 5, sql: ' SELECT 1 ' }, want: 'SELECT 1' },
    {
      name: 'one called query',
      input: { query: '-- note\nWITH a AS (SELECT 1) SELECT * FROM a' },
      want: '-- note\nWITH a AS (SELECT 1) SELECT * FROM a',
    },
    { name: 'any other that reads like it', input: { q: 'select 1' }, want: 'select 1' },
    { name: 'not a search in words', input: { query: 'selected offers' }, want: undefined },
    { name: 'not a number', input: { sql: 5 }, want: undefined },
    { name: 'nothing in nothing', input: undefined, want: undefined },
  ])('finds $name', ({ input, want }) => {
    expect(sqlOf(input)).toBe(want)
  })
})
