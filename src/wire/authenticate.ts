import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { callsLoopback, isLoopback } from '../util/loopback.js';
import { type Authorization, readAuthorization, readSigningDate, wrongSignature } from './authorization.js';
import { splitTarget } from './route.js';
import { WireError } from './wire-error.js';

/** The one key pair that signatures are verified with. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** What a signature covers. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query as they came. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array | undefined;
}

/** Lets a request pass, or throws the WireError that says why not. */
export type Authenticate = (request: SignedRequest) => Promise<void>;

/** How far a signature's date may be from the clock, in milliseconds: as much as AWS allows. */
const MAX_SKEW_MS = 5 * 60 * 1000;

/**
 * Takes any well-formed signature, and none. For loopback, where whoever can ask may also read the database; but for a page
 * of another site, and one whose name resolves to this machine, which could ask through a browser.
 *
 * @throws WireError AccessDeniedException
 */
export const acceptAnySignature: Authenticate = async ({ headers }) => {
  const { origin } = headers;
  if (!callsLoopback(headers) || (origin !== undefined && !isLoopback(URL.parse(origin)?.hostname ?? ''))) {
    throw new WireError(
      'AccessDeniedException',
      403,
      'Without credentials of its own this server answers to localhost and 127.0.0.1 alone, and to no page of another site. Set CONNECT_WIRE_ACCESS_KEY_ID and CONNECT_WIRE_SECRET_ACCESS_KEY to call it otherwise.',
    );
  }
  if (headers.authorization !== undefined) readAuthorization(headers.authorization);
};

/**
 * Takes only what was signed with these credentials (AWS Signature Version 4).
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
      throw new WireError('UnrecognizedClientException', 403, 'The access key of the signature is not known.');
    }
    const signingDate = readSigningDate(request.headers, authorization);
    if (Math.abs(signingDate.getTime() - now()) > MAX_SKEW_MS) {
      throw wrongSignature('Its date is more than 5 minutes from the clock of this server.');
    }
    judgePayloadHash(request);
    const expected = await sign(request, authorization, credentials, signingDate);
    if (!sameText(expected, authorization.signature)) {
      throw wrongSignature('It is not the one that the request gets with the secret key of this server.');
    }
  };
}

/** Signs what came anew, and answers the signature. */
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

/** The signer takes a stated hash of the body as it is: that it is true must be seen before. */
function judgePayloadHash({ headers, body }: SignedRequest): void {
  const stated = headers['x-amz-content-sha256'];
  if (stated === undefined) return;
  const hash = createHash('sha256')
    .update(body ?? '')
    .digest('hex');
  if (stated !== hash) throw wrongSignature('x-amz-content-sha256 is not the hash of the body.');
}

/** Compares in a time that does not tell where the difference is. */
function sameText(expected: string, actual: string): boolean {
  const [one, other] = [Buffer.from(expected), Buffer.from(actual)];
  return one.length === other.length && timingSafeEqual(one, other);
}
