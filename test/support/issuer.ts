import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';

/** For whom a test's tokens are. */
export const AUDIENCE = 'connect-task-gateway';

/** How a token differs from a good one. */
export interface TokenParts {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  /** Seconds from now until it expires. Omitted: an hour. */
  readonly expiresIn?: number;
}

/** What a request for the keys is answered with. */
export type Mode = 'up' | 'down' | 'silent' | 'huge' | 'nonsense' | 'redirect';

/** An issuer of tokens, with a real server for its keys. */
export class TestIssuer implements AsyncDisposable {
  mode: Mode = 'up';
  /** Requests for the keys. */
  asked = 0;
  /** Members of the discovery document that differ from a valid one. */
  discovery: Readonly<Record<string, unknown>> = {};
  readonly #server = createServer((request, response) => this.#answer(request.url, response));
  readonly #waiting: ServerResponse[] = [];
  #keys: object[] = [];
  #privateKey: CryptoKey | undefined;
  #kid = '';
  #generation = 0;

  private constructor(readonly algorithm: string) {}

  static async start(algorithm = 'ES256'): Promise<TestIssuer> {
    const issuer = new TestIssuer(algorithm);
    await issuer.rotate();
    await new Promise<void>((resolve) => {
      issuer.#server.listen(0, '127.0.0.1', resolve);
    });
    return issuer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The settings of a gateway that takes this issuer's tokens. */
  get settings() {
    return { AUTH_JWKS_URL: `${this.url}/jwks`, AUTH_ISSUER: this.url, AUTH_AUDIENCE: AUDIENCE };
  }

  /** The same, without the URL of its keys. */
  get discoverySettings() {
    return { AUTH_ISSUER: this.url, AUTH_AUDIENCE: AUDIENCE };
  }

  /** The public keys as they are served. */
  get keys(): readonly object[] {
    return this.#keys;
  }

  /** Signs by a new key from now on. */
  async rotate({ keepOld = false, kid = `key-${++this.#generation}` as string | undefined } = {}): Promise<void> {
    const { publicKey, privateKey } = await generateKeyPair(this.algorithm, { extractable: true });
    this.#privateKey = privateKey;
    this.#kid = kid ?? '';
    const key = { ...(await exportJWK(publicKey)), ...(kid && { kid }) };
    this.#keys = keepOld ? [...this.#keys, key] : [key];
  }

  /** A token that is good but for what is said. */
  async token({ claims = {}, header = {}, expiresIn = 3600 }: TokenParts = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({ iss: this.url, aud: AUDIENCE, sub: 'ana', exp: now + expiresIn, ...claims })
      .setProtectedHeader({ alg: this.algorithm, ...(this.#kid && { kid: this.#kid }), ...header })
      .sign(this.#privateKey as CryptoKey);
  }

  /** The header of a caller with these scopes. */
  async bearer(
    scope: string,
    claims: Readonly<Record<string, unknown>> = {},
  ): Promise<{ readonly authorization: string }> {
    return { authorization: `Bearer ${await this.token({ claims: { scope, ...claims } })}` };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }

  #answer(path: string | undefined, response: ServerResponse): void {
    if (path === '/.well-known/openid-configuration') {
      response.end(JSON.stringify({ issuer: this.url, jwks_uri: `${this.url}/jwks`, ...this.discovery }));
      return;
    }
    this.asked += 1;
    const body = JSON.stringify({ keys: this.#keys });
    if (this.mode === 'up') response.end(body);
    else if (this.mode === 'down') response.writeHead(500).end();
    else if (this.mode === 'silent') this.#waiting.push(response);
    else if (this.mode === 'huge') response.end(body + ' '.repeat(1_000_000));
    else if (this.mode === 'nonsense') response.end('<html>');
    else response.writeHead(302, { location: `${this.url}/elsewhere` }).end();
  }
}
