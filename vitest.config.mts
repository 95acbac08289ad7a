import path from 'node:path'
import { defineConfig } from 'vitest/config'

const at = (dir: string) => path.resolve(import.meta.dirname, dir)
const alias = { '@core': at('core'), '@': at('src') }

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'core',
          include: ['test/core/**/*.test.ts', 'test/catalogue/**/*.test.ts', 'test/tidy.test.ts'],
          // Nothing in core/ keeps anything: loading the catalogue once serves all of them.
          isolate: false,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'server',
          include: ['test/server/**/*.test.ts', 'test/mock/**/*.test.ts'],
          globalSetup: ['test/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          pool: 'forks',
          maxWorkers: 2,
          minWorkers: 1,
        },
      },
      {
        resolve: {
          alias: {
            ...alias,
            '@tarojs/components': at('test/app/components.tsx'),
            '@tarojs/taro': at('test/app/taro.ts'),
          },
        },
        esbuild: { jsx: 'automatic' },
        test: {
          name: 'app',
          include: ['test/app/**/*.test.{ts,tsx}'],
          environment: 'jsdom',
          css: { modules: { classNameStrategy: 'non-scoped' } },
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'journeys',
          include: ['test/journeys/**/*.test.ts'],
          globalSetup: ['test/journeys/setup.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          pool: 'forks',
          maxWorkers: 1,
          minWorkers: 1,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'weapp',
          include: ['test/weapp/**/*.test.ts'],
          globalSetup: ['test/weapp/setup.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          pool: 'forks',
          maxWorkers: 1,
          minWorkers: 1,
        },
      },
    ],
  },
})
