import { readFile } from 'node:fs/promises';
import type { ErrorObject } from 'ajv';
import type { Path } from '../../connect/violation.js';
import { checkSeed } from './check-seed.js';
import { type Seed, SeedError, type SeedProblem } from './seed.js';

// The same from src and from dist: both are four folders below the package's root.
const SCHEMA = new URL('../../../schema/seed.schema.json', import.meta.url);

/**
 * Reads a seed file. What it says by itself is checked here; what it says of things in the database, where it is applied.
 *
 * @param file a path, relative to the working directory or absolute
 * @throws SeedError
 */
export async function readSeed(file: string): Promise<Seed> {
  const refuse = (what: string) => (cause: Error) => {
    throw new SeedError(file, [{ path: [], message: `${what} (${cause.message}).` }], { cause });
  };
  const bytes = await readFile(file).catch(refuse('The file cannot be read'));
  const json = await parseJson(bytes).catch(refuse('The file is not JSON in UTF-8'));
  // Loaded only where there is a seed: the default does without.
  const { Ajv } = await import('ajv');
  const ajv = new Ajv({ allErrors: true, useDefaults: true, verbose: true, strictTypes: false });
  const conforms = ajv.compile<Seed>(JSON.parse(await readFile(SCHEMA, 'utf8')));
  const problems = conforms(json) ? checkSeed(json) : problemsOf(json, conforms.errors ?? []);
  if (problems.length > 0) throw new SeedError(file, problems);
  return json as Seed;
}

async function parseJson(bytes: Uint8Array): Promise<unknown> {
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
}

function problemsOf(json: unknown, errors: readonly ErrorObject[]): readonly SeedProblem[] {
  // That a condition of the schema failed says nothing beside the errors that it failed by.
  return errors.filter(({ keyword }) => keyword !== 'if').map((error) => problemOf(json, error));
}

function problemOf(
  json: unknown,
  { instancePath, keyword, params, message = 'is wrong', data }: ErrorObject,
): SeedProblem {
  const path = pathOf(json, instancePath);
  switch (keyword) {
    case 'required':
      return { path: [...path, params.missingProperty], message: 'It is required.' };
    case 'additionalProperties':
      return { path: [...path, params.additionalProperty], message: 'There is no such member here.' };
    case 'false schema':
      return { path, message: 'It does not go with the type or channel that is given.' };
    case 'enum':
      return { path, message: `It must be one of ${params.allowedValues.join(', ')}, but it is ${shown(data)}.` };
    default:
      return { path, message: `It ${message}, but it is ${shown(data)}.` };
  }
}

/** A JSON pointer, with the steps into lists as numbers. */
function pathOf(json: unknown, pointer: string): Path {
  let at = json;
  return pointer
    .split('/')
    .slice(1)
    .map((escaped) => {
      const step = escaped.replaceAll('~1', '/').replaceAll('~0', '~');
      const isIndex = Array.isArray(at);
      at = (at as Readonly<Record<string, unknown>>)[step];
      return isIndex ? Number(step) : step;
    });
}

/** A value as far as a message needs it. */
function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
