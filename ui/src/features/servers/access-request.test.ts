// @vitest-environment jsdom
import { expect, it } from 'vitest'
import { servers } from '../../../dev/data'
import { accessRequest } from './access-request'

const refused = servers(new Date('2026-11-27T14:06:00Z')).find(({ status }) => status === 'no_access')
if (!refused) throw new Error('no server without access')

it('accessRequest names the server, its host, the person, the request and its time', () => {
  const server = { ...refused, url: 'https://grafana.acme.com/mcp?key=secret' }
  expect(accessRequest(server, 'dana.okafor@acme.com').split('\n')).toEqual([
    'Please give me access to the MCP server Grafana.',
    '',
    'Server: Grafana',
    'Host: grafana.acme.com',
    'Person: dana.okafor@acme.com',
    'Request: 8c41f0a2-77d1',
    'Time: 2026-11-27T14:06:00.000Z',
  ])
})

it('accessRequest leaves out what is not known', () => {
  const { trace: _, checkedAt: __, ...rest } = refused
  expect(accessRequest({ ...rest, url: '' }, undefined)).toBe(
    'Please give me access to the MCP server Grafana.\n\nServer: Grafana',
  )
})
