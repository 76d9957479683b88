// Serves the fixtures on a free port of loopback, says where, and ends with its standard input.
import { LLMock } from '@copilotkit/aimock'

const mock = new LLMock({ host: '127.0.0.1', port: 0, logLevel: 'silent', strict: true })
mock.loadFixtureFile(new URL('fixtures.json', import.meta.url).pathname)
process.stdout.write(`${await mock.start()}\n`)
process.stdin.resume()
process.stdin.on('end', () => process.exit(0))
