/** Stands for '@jest/globals': what jest-circus made for the test file that is being loaded. */
export const { describe, it, beforeAll, afterAll, beforeEach, afterEach, expect } =
  globalThis[Symbol.for('test/jest/globals.js')];
