import { describe, expect, it } from 'vitest'
import { expand, variablesOf } from './uri-template'

it.each([
  ['northwind://tables/{name}', ['name']],
  ['file:///{+path}{?rev,lang*}{&rev:3}', ['path', 'rev', 'lang']],
  ['plain://no{}thing{', []],
])('names the variables of %s', (template, want) => expect(variablesOf(template)).toEqual(want))

describe('expand', () => {
  const values = { name: 'Order Details', path: 'a/b c%20d', q: "it's", empty: '' }
  it.each([
    ['nw://{name}', 'nw://Order%20Details'],
    ['nw://{name,q}', 'nw://Order%20Details,it%27s'],
    ['f://{+path}', 'f://a/b%20c%20d'],
    ['f://x{#path}', 'f://x#a/b%20c%20d'],
    ['f://x{/name,empty,q}', 'f://x/Order%20Details/it%27s'],
    ['f://x{?q,missing,name}', 'f://x?q=it%27s&name=Order%20Details'],
    ['f://x?a=1{&q}', 'f://x?a=1&q=it%27s'],
    ['f://x{.q}{;q}', 'f://x.it%27s;q=it%27s'],
    ['f://{missing}', 'f://'],
    ['f://{not a {name}', 'f://{not a Order%20Details'],
  ])('fills %s', (template, want) => expect(expand(template, values)).toBe(want))
})
