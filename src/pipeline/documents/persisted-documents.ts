import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { Kind, type OperationDefinitionNode, parse, print } from 'graphql';
import { hashOf } from './document-reader.js';

/** Documents that clients send by id. */
export class PersistedDocuments {
  readonly #texts: ReadonlyMap<string, string>;
  readonly #hashes: ReadonlySet<string>;

  constructor(texts: ReadonlyMap<string, string>) {
    this.#texts = texts;
    this.#hashes = new Set([...texts.values()].map(hashOf));
  }

  /** Returns the document of an id, with or without the prefix "sha256:". */
  get(id: string): string | undefined {
    return this.#texts.get(id) ?? this.#texts.get(id.replace(/^sha256:/, ''));
  }

  /** Checks whether a text is exactly that of one of the documents. */
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
 * Writes a manifest: each document as graphql-js prints it, by the SHA-256 of that text. Clients with typed documents send the
 * same text.
 *
 * @param texts documents of one operation each
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
 * @throws an Error whose message states the expected form
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

/** The project's own manifest, of schema/operations. src and dist are both one folder below the package's root. */
const OWN = new URL('../../../schema/persisted-documents.json', import.meta.url);

/**
 * Reads the manifest of the settings.
 *
 * @throws an Error whose message names the setting to change
 */
export async function openPersistedDocuments({ only, file }: PersistedSettings): Promise<PersistedDocuments> {
  try {
    const bytes = await readFile(file ?? OWN);
    if (!isUtf8(bytes)) throw new Error('expected UTF-8');
    return readManifest(bytes.toString('utf8'));
  } catch (error) {
    // An installation without the folder schema also starts, without persisted documents.
    if (file === undefined && !only && (error as NodeJS.ErrnoException).code === 'ENOENT') {
      return new PersistedDocuments(new Map());
    }
    throw new Error(
      `PERSISTED_DOCUMENTS_FILE: ${file ?? OWN.pathname} cannot be used: ${(error as Error).message}. Set it to a manifest that can be read.`,
      { cause: error },
    );
  }
}

/** Settings of persisted documents. */
export interface PersistedSettings {
  /** Whether only documents of the manifest are accepted. */
  readonly only: boolean;
  /** File of the manifest. Undefined: the project's own. */
  readonly file: string | undefined;
}
