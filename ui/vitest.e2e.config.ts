import { defineConfig } from 'vitest/config'

// Browser tests against the built binary: `make e2e`.
export default defineConfig({
  test: {
    include: ['e2e/**/*.{e2e,shot}.ts'],
    environment: 'node',
    globalSetup: ['./e2e/setup.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
