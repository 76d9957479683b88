import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import { tanstackRouter } from '@tanstack/router-plugin/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { fakeServer } from './dev/plugin.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

// The page is built into the folder that the Go binary embeds. The output is the
// same on every machine: no source maps, no absolute paths, names by content.
export default defineConfig(({ mode }) => ({
  plugins: [
    tanstackRouter({ target: 'react', autoCodeSplitting: true, quoteStyle: 'single' }),
    react(),
    tailwindcss(),
    mode === 'fake' && fakeServer(),
  ],
  resolve: { alias: { '@': here('./src') } },
  build: {
    outDir: here('../embed/dist'),
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: mode === 'fake' ? {} : { '/api': 'http://127.0.0.1:3000' } },
  test: {
    environment: 'jsdom',
    setupFiles: ['./vitest.setup.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
    css: false,
    // A zone whose clocks change, and not the one of most build machines.
    env: { TZ: 'Europe/Berlin' },
  },
}))
