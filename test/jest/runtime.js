import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { GLOBALS, sourceMaps } from './typescript.js';

const require = createRequire(import.meta.url);
/** Where jest-circus keeps its event handlers. */
const EVENT_HANDLERS = Symbol.for('EVENT_HANDLERS');
let files = 0;

/**
 * Replaces jest-runtime: imports test files by Node's own loader, so that a worker loads the modules of src/ and
 * node_modules/ once for all of its test files. jest-runtime loads them again for each file, which takes half of its
 * time. It supports neither `jest.mock` nor coverage nor watching.
 */
class NativeRuntime {
  #testPath;

  constructor(_config, _environment, _resolver, _transformer, _sources, _coverage, testPath) {
    this.#testPath = testPath;
  }

  unstable_shouldLoadAsEsm() {
    return true;
  }

  /** Imports a test file anew, and any other module once. */
  async unstable_importModule(path) {
    const { href } = pathToFileURL(path);
    return import(path === this.#testPath ? `${href}?file=${++files}` : href);
  }

  requireModule(path) {
    return require(path);
  }

  /** Loads jest-circus anew for each test file, because its state belongs to one. */
  requireInternalModule(path) {
    delete globalThis[EVENT_HANDLERS];
    delete require.cache[path];
    return require(path);
  }

  setGlobalsForRuntime(globals) {
    globalThis[GLOBALS] = globals;
  }

  getSourceMaps() {
    return sourceMaps;
  }

  getAllCoverageInfoCopy() {}
  enterTestCode() {}
  leaveTestCode() {}
  teardown() {}
}

// A class of CommonJS, as jest-runner loads it.
export { NativeRuntime as 'module.exports' };
