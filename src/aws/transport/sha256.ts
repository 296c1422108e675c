import { createHash, createHmac, createSecretKey, type Hash, type Hmac, type KeyObject } from 'node:crypto';
import type { Checksum, SourceData } from '@smithy/types';

/** The keys that were made of bytes. The signer gives the same bytes for each signature of a day. */
const keys = new WeakMap<object, KeyObject>();

/**
 * SHA-256, or its HMAC with a secret, for the SDK's signer. The SDK's own hands a key's bytes to Node for each signature,
 * which costs 14 µs; with a key that is made once it is 2.
 */
export class Sha256 implements Checksum {
  readonly #secret: SourceData | undefined;
  #hash: Hash | Hmac;

  constructor(secret?: SourceData) {
    this.#secret = secret;
    this.#hash = begun(secret);
  }

  update(chunk: Uint8Array): void {
    this.#hash.update(chunk);
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {
    this.#hash = begun(this.#secret);
  }
}

function begun(secret: SourceData | undefined): Hash | Hmac {
  if (secret === undefined) return createHash('sha256');
  return createHmac('sha256', typeof secret === 'string' ? secret : keyOf(secret));
}

function keyOf(bytes: Exclude<SourceData, string>): KeyObject {
  const known = keys.get(bytes);
  if (known) return known;
  const key = createSecretKey(ArrayBuffer.isView(bytes) ? (bytes as NodeJS.ArrayBufferView) : new Uint8Array(bytes));
  keys.set(bytes, key);
  return key;
}
