import { existsSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

const TESTS = new URL('../', import.meta.url).href;
const JEST_GLOBALS = new URL('./globals.js', import.meta.url).href;

/** The global symbol under which globals.js finds `describe`, `it` and so on. */
export const GLOBALS = Symbol.for('test/jest/globals.js');

/** Source maps of the compiled modules, as data URLs, by the URL that stack traces name. */
export const sourceMaps = new Map();

const compiled = new Map();

/**
 * Teaches Node's loader the project's TypeScript, compiled as .swcrc says: Node itself strips types, but does not compile
 * decorators. An import of './x.js' loads ./x.ts where that exists. A module of test/ takes over the query of the module
 * that imports it, so that each test file has modules of test/ of its own.
 */
registerHooks({
  resolve(specifier, context, nextResolve) {
    const { url, ...rest } = find(specifier, context, nextResolve);
    const { search } = new URL(context.parentURL ?? url);
    return { ...rest, url: url.startsWith(TESTS) && !url.includes('?') ? url + search : url };
  },
  load(url, context, nextLoad) {
    if (!isOurs(url) || !/\.ts(\?|$)/.test(url)) return nextLoad(url, context);
    const { code, map } = compile(fileURLToPath(url));
    sourceMaps.set(url, map);
    return { format: 'module', source: code, shortCircuit: true };
  },
});

function find(specifier, context, nextResolve) {
  if (specifier === '@jest/globals') return { url: JEST_GLOBALS, format: 'module', shortCircuit: true };
  if (specifier.startsWith('.') && specifier.endsWith('.js') && isOurs(context.parentURL)) {
    const url = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
    if (existsSync(url)) return { url: url.href, format: 'module', shortCircuit: true };
  }
  return nextResolve(specifier, context);
}

function compile(filename) {
  let result = compiled.get(filename);
  if (result === undefined) {
    const { code, map } = transformSync(readFileSync(filename, 'utf8'), { filename });
    result = { code, map: `data:application/json;base64,${Buffer.from(map).toString('base64')}` };
    compiled.set(filename, result);
  }
  return result;
}

function isOurs(url) {
  return url?.startsWith('file:') && !url.includes('/node_modules/');
}
