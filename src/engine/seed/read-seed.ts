import { readFile } from 'node:fs/promises';
import type { ErrorObject } from 'ajv';
import type { Path } from '../../connect/violation.js';
import { checkSeed } from './check-seed.js';
import { type Seed, SeedError, type SeedProblem } from './seed.js';

// The same path from src and from dist: both are four folders below the package's root.
const SCHEMA = new URL('../../../schema/seed.schema.json', import.meta.url);

/**
 * Reads and validates a seed file. Rules that need the database are validated when the seed is applied.
 *
 * @param file a path, relative to the working directory or absolute
 * @throws SeedError if the file cannot be read or is invalid
 */
export async function readSeed(file: string): Promise<Seed> {
  const refuse = (what: string) => (cause: Error) => {
    throw new SeedError(file, [{ path: [], message: `${what} (${cause.message}).` }], { cause });
  };
  const bytes = await readFile(file).catch(refuse('The file cannot be read'));
  return validSeed(await parseJson(bytes).catch(refuse('The file is not JSON in UTF-8')), file);
}

/**
 * Validates the content of a seed, and fills in its defaults.
 *
 * @param file names the seed in messages
 * @throws SeedError if it is invalid
 */
export async function validSeed(json: unknown, file: string): Promise<Seed> {
  // Loaded only for a seed, because the default does not need it.
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
  // A failed condition adds nothing to the errors that made it fail.
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
      return { path, message: 'It is not allowed with this type or channel.' };
    case 'type':
      return { path, message: `It must be of type ${params.type}, but it is ${shown(data)}.` };
    case 'enum':
      return { path, message: `It must be one of ${params.allowedValues.join(', ')}, but it is ${shown(data)}.` };
    default:
      return { path, message: `It ${message}, but it is ${shown(data)}.` };
  }
}

/** Converts a JSON pointer to a path, with numbers as list indices. */
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

/** Returns a value as JSON, shortened for a message. */
function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
