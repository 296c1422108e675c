import { isSecureUrl } from '../../util/secure-url.js';
import { boundedFetch } from './bounded-fetch.js';

/** The source of an issuer's keys. */
export interface KeySource {
  /** The URL that is fetched first, for the log. */
  readonly url: string;
  /** Fetches the key set. @throws Error */
  fetch(options: RequestInit): Promise<Response>;
}

/** Fetches keys from a URL. */
export function keysAt(url: string): KeySource {
  return { url, fetch: (options) => boundedFetch(url, options) };
}

/**
 * Fetches keys from the URL that the issuer publishes in its discovery document (OpenID Connect Discovery 1.0, section 4).
 * The document is read with each fetch, so that an issuer may move its keys.
 *
 * @param allowHttp whether keys may come from another machine unencrypted
 */
export function discoveredKeys(issuer: string, allowHttp: boolean): KeySource {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  return {
    url,
    async fetch(options) {
      const document = (await (await boundedFetch(url, options)).json()) as Readonly<Record<string, unknown>> | null;
      if (document?.issuer !== issuer) {
        throw new Error(
          `AUTH_ISSUER: expected issuer ${JSON.stringify(issuer)} in ${url}, but got ${JSON.stringify(document?.issuer)}. Set AUTH_ISSUER to the exact value.`,
        );
      }
      const { jwks_uri: keysUrl } = document;
      if (typeof keysUrl !== 'string' || !isSecureUrl(keysUrl, allowHttp)) {
        throw new Error(`Expected an https:// URL as jwks_uri in ${url}, but got ${JSON.stringify(keysUrl)}.`);
      }
      return boundedFetch(keysUrl, options);
    },
  };
}
