import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';

/**
 * Computes a fingerprint of files: of their names and their content.
 *
 * @param {string[]} patterns
 */
export function fingerprintOf(patterns) {
  const hash = createHash('sha256');
  for (const file of globSync(patterns).sort()) hash.update(file).update('\0').update(readFileSync(file));
  return hash.digest('hex');
}

/** Reports whether a stamp holds a fingerprint: what was built then is built from the same files. */
export function isFresh(stamp, fingerprint) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint;
}

/** Writes a fingerprint into a stamp. */
export function markFresh(stamp, fingerprint) {
  writeFileSync(stamp, fingerprint);
}
