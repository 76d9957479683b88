import { describe, expect, it } from 'vitest'
import { placeOf } from './error-place'

describe('placeOf', () => {
  const sql = "SELECT Nme, Id\nFROM Customers c\nWHERE Nme2 = 'Nme'"
  it.each([
    ['a column that stands there once', 'no such column: Id', 'Id', 1, 13],
    ['with its table', 'no such table: customers (did you mean Orders?)', 'Customers', 2, 6],
    ['what is near it', 'near "FROM": syntax error', 'FROM', 2, 1],
    ['a line and a column', 'Error at line 3, column 7: no such column', 'Nme2', 3, 7],
    ['a line', 'syntax error in line 2', 'FROM Customers c', 2, 1],
    ['a position', 'ERROR: column does not exist at character 8', 'Nme', 1, 8],
  ])('finds %s', (_, complaint, piece, line, column) => {
    const found = placeOf(complaint, sql)
    expect(found && { ...found, text: sql.slice(found.start, found.end) }).toEqual({
      text: piece,
      line,
      column,
      start: found?.start,
      end: found?.end,
    })
  })

  it.each([
    ['a column that stands there twice', 'no such column: Nme'],
    ['a word that is not there', 'near "ORDER": syntax error'],
    ['a line beyond the last', 'error in line 9'],
    ['a position beyond the end', 'at character 500'],
    ['no place at all', 'the query was stopped after 5s'],
  ])('does not guess at %s', (_, complaint) => {
    expect(placeOf(complaint, sql)).toBeUndefined()
  })
})
