import { defineConfig } from 'vitest/config'

// Browser tests against the built binary: `make e2e`.
export default defineConfig({
  test: {
    include: ['e2e/**/*.{e2e,shot,lab}.ts'],
    environment: 'node',
    globalSetup: ['./e2e/setup.ts'],
    fileParallelism: false,
    // Several programs and a browser share a machine here: once in some twenty runs, on a busy one, a test times out.
    retry: 1,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
