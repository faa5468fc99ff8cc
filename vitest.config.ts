import { configDefaults, defineConfig } from 'vitest/config'

/** Long walks over the whole catalogue: part of the check, not of the inner loop. */
const thorough = [
  'packages/core/src/engine/hostile-*.test.ts',
  'packages/core/src/engine/fault-matrix.test.ts',
]

/** Unit tests stand beside the code and share one process; whole journeys and the real cluster have projects of their own. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts', 'scripts/**/*.test.ts', 'bench/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...thorough, '**/*.db.test.ts'],
          // The theme is read by the test of its colours; other sheets are left out.
          css: { include: [/theme\.css/] },
          isolate: false,
          pool: 'threads',
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'thorough',
          include: thorough,
          isolate: false,
          pool: 'threads',
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'db',
          include: ['packages/server/src/**/*.db.test.ts'],
          globalSetup: ['packages/server/src/testing/global-setup.ts'],
          isolate: false,
          pool: 'threads',
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'journeys',
          include: ['tests/journeys/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'web',
          include: ['tests/web/**/*.test.ts'],
          globalSetup: ['tests/web/global-setup.ts'],
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'charts',
          include: ['tests/charts/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'chaos',
          include: ['tests/chaos/**/*.test.ts'],
          globalSetup: ['packages/server/src/testing/global-setup.ts', 'tests/chaos/global-setup.ts'],
          // Much of it is waiting, for leases to end and databases to come back.
          maxWorkers: 2,
          testTimeout: 7_200_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'e2e-kube',
          include: ['tests/e2e-kube/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 900_000,
          hookTimeout: 900_000,
        },
      },
    ],
  },
})
