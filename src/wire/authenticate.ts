import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { callsLoopback, isLoopback } from '../util/loopback.js';
import { type Authorization, readAuthorization, readSigningDate, wrongSignature } from './authorization.js';
import { splitTarget } from './route.js';
import { WireError } from './wire-error.js';

/** The key pair that signatures are verified with. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** The parts of a request that a signature covers. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query, still encoded. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array | undefined;
}

/** Accepts a request, or throws a WireError with the reason. */
export type Authenticate = (request: SignedRequest) => Promise<void>;

/** Maximum difference of a signature's date from the clock, in milliseconds. Source: AWS Signature Version 4. */
const MAX_SKEW_MS = 5 * 60 * 1000;

/**
 * Accepts any well-formed signature, and unsigned requests. For loopback, where a caller can read the database as well. It
 * refuses pages of other sites, and pages whose host name resolves to this machine, because a browser would call for them.
 *
 * @throws WireError AccessDeniedException
 */
export const acceptAnySignature: Authenticate = async ({ headers }) => {
  const { origin } = headers;
  if (!callsLoopback(headers) || (origin !== undefined && !isLoopback(URL.parse(origin)?.hostname ?? ''))) {
    throw new WireError(
      'AccessDeniedException',
      403,
      'Without a key pair, this server answers only requests to localhost or 127.0.0.1, and no page of another site. Set CONNECT_WIRE_ACCESS_KEY_ID and CONNECT_WIRE_SECRET_ACCESS_KEY to allow others.',
    );
  }
  if (headers.authorization !== undefined) readAuthorization(headers.authorization);
};

/**
 * Accepts only requests that are signed with these credentials (AWS Signature Version 4).
 *
 * @param now the clock, in milliseconds since the epoch
 */
export function verifySignature(credentials: Credentials, now: () => number): Authenticate {
  return async (request) => {
    const { authorization: header } = request.headers;
    if (header === undefined) {
      throw new WireError('MissingAuthenticationTokenException', 403, 'The request is not signed.');
    }
    const authorization = readAuthorization(header);
    if (authorization.accessKeyId !== credentials.accessKeyId) {
      throw new WireError('UnrecognizedClientException', 403, 'The access key of the signature is unknown.');
    }
    const signingDate = readSigningDate(request.headers, authorization);
    if (Math.abs(signingDate.getTime() - now()) > MAX_SKEW_MS) {
      throw wrongSignature("Its date differs from this server's clock by more than 5 minutes.");
    }
    judgePayloadHash(request);
    const expected = await sign(request, authorization, credentials, signingDate);
    if (!sameText(expected, authorization.signature)) {
      throw wrongSignature("It does not match the signature by this server's secret key.");
    }
  };
}

/** Signs the request again and returns the signature. */
async function sign(
  { method, target, headers, body }: SignedRequest,
  { region, signedHeaders }: Authorization,
  credentials: Credentials,
  signingDate: Date,
): Promise<string> {
  const signer = new SignatureV4({ service: 'connect', region, credentials, sha256: Sha256, applyChecksum: false });
  const { path, query } = splitTarget(target);
  const signed = await signer.sign(
    {
      method,
      protocol: 'http:',
      hostname: 'localhost',
      path,
      query: Object.fromEntries([...new Set(query.keys())].map((key) => [key, query.getAll(key)])),
      headers: Object.fromEntries(signedHeaders.map((name) => [name, [headers[name] ?? ''].flat().join(',')])),
      body: body ?? '',
    },
    { signingDate, signableHeaders: new Set(signedHeaders) },
  );
  return readAuthorization(signed.headers.authorization ?? '').signature;
}

/** Checks the stated hash of the body, because the signer does not. */
function judgePayloadHash({ headers, body }: SignedRequest): void {
  const stated = headers['x-amz-content-sha256'];
  if (stated === undefined) return;
  const hash = createHash('sha256')
    .update(body ?? '')
    .digest('hex');
  if (stated !== hash) throw wrongSignature('x-amz-content-sha256 is not the hash of the body.');
}

/** Compares in constant time. */
function sameText(expected: string, actual: string): boolean {
  const [one, other] = [Buffer.from(expected), Buffer.from(actual)];
  return one.length === other.length && timingSafeEqual(one, other);
}
