import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import { tanstackRouter } from '@tanstack/router-plugin/vite'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { fakeServer, gallery } from './dev/plugin.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * Has V8 compile the first load whole while it comes in, on a thread of its own, in place of each
 * function when it is first called: most are called at once, and on a slow processor that is a quarter
 * of all script until one can type. To others it is a comment.
 *
 * Source: https://v8.dev/blog/explicit-compile-hints
 */
function compiledAsItComes(): Plugin {
  return {
    name: 'compiled-as-it-comes',
    generateBundle: {
      order: 'post', // the hint counts in the first line alone
      handler(_options, bundle) {
        for (const file of Object.values(bundle))
          if (file.type === 'chunk' && file.isEntry) file.code = `//# allFunctionsCalledOnLoad\n${file.code}`
      },
    },
  }
}

// pack.mjs puts what is built here into the folder that the Go binary embeds. The output is
// the same on every machine: no source maps, no absolute paths, names by content.
export default defineConfig(({ mode }) => ({
  plugins: [
    tanstackRouter({ target: 'react', autoCodeSplitting: true, quoteStyle: 'single' }),
    react(),
    tailwindcss(),
    gallery(),
    compiledAsItComes(),
    mode === 'fake' && fakeServer(),
  ],
  resolve: {
    alias: {
      '@': here('./src'),
      // Its browser form has the HTML parser read what a model wrote, which Trusted Types forbid; this one has a table.
      'decode-named-character-reference': here('./node_modules/decode-named-character-reference/index.js'),
    },
  },
  build: {
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What every visit needs is one file: as ten they wait for each other.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'index', tags: ['$initial'] }] } } },
  },
  server: {
    proxy: mode === 'fake' ? {} : { '/api': 'http://127.0.0.1:3000' },
    // The gallery shows what the server's tests recorded.
    fs: { allow: [here('.'), here('../app/web/testdata')] },
  },
  test: {
    css: false,
    // A zone whose clocks change, and not the one of most build machines.
    env: { TZ: 'Europe/Berlin' },
    // Most tests need no page, which takes seconds to set up; `@vitest-environment jsdom`
    // at the top of a plain one asks for it.
    projects: [
      {
        extends: true,
        test: {
          name: 'plain',
          include: ['{src,dev}/**/*.test.ts'],
          environment: 'node',
          setupFiles: ['./vitest.locale.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'page',
          testTimeout: 30_000,
          include: ['src/**/*.test.tsx'],
          environment: 'jsdom',
          setupFiles: ['./vitest.locale.ts', './vitest.setup.ts'],
        },
      },
    ],
  },
}))
