import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { Kind, type OperationDefinitionNode, parse, print } from 'graphql';
import { hashOf } from './document-reader.js';

/** Documents that clients name instead of sending them. */
export class PersistedDocuments {
  readonly #texts: ReadonlyMap<string, string>;
  readonly #hashes: ReadonlySet<string>;

  constructor(texts: ReadonlyMap<string, string>) {
    this.#texts = texts;
    this.#hashes = new Set([...texts.values()].map(hashOf));
  }

  /** The document of an id; "sha256:" before it may be there or not. */
  get(id: string): string | undefined {
    return this.#texts.get(id) ?? this.#texts.get(id.replace(/^sha256:/, ''));
  }

  /** Whether a text is one of the documents, to the letter. */
  has(text: string): boolean {
    return this.#hashes.has(hashOf(text));
  }
}

/** The format of Apollo's manifests, which its clients and routers use. */
interface Manifest {
  readonly format: 'apollo-persisted-query-manifest';
  readonly version: 1;
  readonly operations: readonly {
    readonly id: string;
    readonly name: string;
    readonly type: string;
    readonly body: string;
  }[];
}

/**
 * Makes a manifest: each document as graphql-js prints it, which is what clients with typed documents send, by the
 * SHA-256 of that text.
 *
 * @param texts one operation each
 */
export function printManifest(texts: readonly string[]): string {
  const operations = texts.map((text) => {
    const document = parse(text);
    const body = print(document);
    const operation = document.definitions.find(
      (each): each is OperationDefinitionNode => each.kind === Kind.OPERATION_DEFINITION,
    );
    return { id: hashOf(body), name: operation?.name?.value ?? '', type: operation?.operation ?? 'query', body };
  });
  const manifest: Manifest = {
    format: 'apollo-persisted-query-manifest',
    version: 1,
    operations: operations.sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/**
 * Reads a manifest: Apollo's, or an object of documents by their ids, as GraphQL Code Generator and Relay write it.
 *
 * @throws an Error that says what is wrong
 */
export function readManifest(json: string): PersistedDocuments {
  let given: unknown;
  try {
    given = JSON.parse(json);
  } catch {
    throw new Error('expected JSON');
  }
  if (typeof given !== 'object' || given === null) throw new Error(FORMS);
  const { operations } = given as { readonly operations?: unknown };
  const entries: readonly (readonly unknown[])[] = Array.isArray(operations)
    ? operations.map((each: { readonly id?: unknown; readonly body?: unknown } | null) => [each?.id, each?.body])
    : Object.entries(given);
  if (!entries.every((entry): entry is readonly [string, string] => entry.every((part) => typeof part === 'string'))) {
    throw new Error(FORMS);
  }
  return new PersistedDocuments(new Map(entries));
}

const FORMS = "expected Apollo's manifest of persisted queries, or an object of documents by their ids";

/** The project's own: schema/operations, compiled. The same from src and from dist. */
const OWN = new URL('../../../schema/persisted-documents.json', import.meta.url);

/**
 * Reads the documents that clients may name.
 *
 * @throws an Error whose message says what to do
 */
export async function openPersistedDocuments({ only, file }: PersistedSettings): Promise<PersistedDocuments> {
  try {
    const bytes = await readFile(file ?? OWN);
    if (!isUtf8(bytes)) throw new Error('expected UTF-8');
    return readManifest(bytes.toString('utf8'));
  } catch (error) {
    // An installation without the folder schema starts all the same: clients can name no documents then.
    if (file === undefined && !only && (error as NodeJS.ErrnoException).code === 'ENOENT') {
      return new PersistedDocuments(new Map());
    }
    throw new Error(
      `PERSISTED_DOCUMENTS_FILE: ${file ?? OWN.pathname} cannot be used: ${(error as Error).message}. Set it to a manifest that can be read.`,
      { cause: error },
    );
  }
}

/** Which documents clients may send or name. */
export interface PersistedSettings {
  /** Whether those of the manifest alone are taken. */
  readonly only: boolean;
  /** The manifest; undefined: the project's own. */
  readonly file: string | undefined;
}
