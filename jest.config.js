import { availableParallelism } from 'node:os';

/** What both test projects share: TypeScript and ES modules by Node's own loader. */
const shared = {
  runtime: '<rootDir>/test/jest/runtime.js',
  transform: {},
  setupFiles: ['reflect-metadata'],
  testPathIgnorePatterns: ['/node_modules/'],
};

/** @type {import('jest').Config} */
export default {
  projects: [
    {
      ...shared,
      displayName: 'server',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/browser/'],
    },
    { ...shared, displayName: 'browser', testMatch: ['<rootDir>/test/browser/**/*.test.ts'] },
  ],
  // Two on two cores, where jest's default is one: the tests often wait for processes.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  globalSetup: '<rootDir>/test/jest/set-up.js',
  globalTeardown: '<rootDir>/test/jest/tear-down.js',
  testTimeout: 30_000,
  reporters: ['default', '<rootDir>/test/conformance/reporter.js'],
};
