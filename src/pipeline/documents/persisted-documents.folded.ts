import { readFile } from 'node:fs/promises';
import { PersistedDocuments, readManifest } from './persisted-documents.js';
import type { PersistedSettings } from '../../config/exposure.js';

/** The project's own: schema/operations, compiled. The same from src and from dist. */
const OWN = new URL('../../../schema/persisted-documents.json', import.meta.url);

/**
 * Reads the documents that clients may name.
 *
 * @throws an Error with a message for whoever starts the program
 */
export async function openPersistedDocuments({ only, file }: PersistedSettings): Promise<PersistedDocuments> {
  try {
    return readManifest(await readFile(file ?? OWN, 'utf8'));
  } catch (error) {
    // An installation without the folder schema has nothing to name, which is no reason not to start.
    if (file === undefined && !only && (error as NodeJS.ErrnoException).code === 'ENOENT') {
      return new PersistedDocuments(new Map());
    }
    throw new Error(`PERSISTED_DOCUMENTS_FILE: ${file ?? OWN.pathname} cannot be used: ${(error as Error).message}.`);
  }
}
