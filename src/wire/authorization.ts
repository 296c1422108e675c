import type { IncomingHttpHeaders } from 'node:http';
import { WireError } from './wire-error.js';

/** The content of an Authorization header of AWS Signature Version 4. */
export interface Authorization {
  readonly accessKeyId: string;
  /** YYYYMMDD */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 +Credential=([\w/+=.-]{1,128})\/(\d{8})\/([\w-]{1,64})\/([\w-]{1,64})\/aws4_request, *SignedHeaders=([a-z0-9;_-]{1,4096}), *Signature=([0-9a-f]{64})$/;

/**
 * Reads an Authorization header.
 *
 * @throws WireError IncompleteSignatureException if it is not well-formed
 */
export function readAuthorization(header: string): Authorization {
  const [, accessKeyId, date, region, service, signedHeaders, signature] = AUTHORIZATION.exec(header) ?? [];
  if (!accessKeyId || !date || !region || !service || !signedHeaders || !signature) {
    throw new WireError(
      'IncompleteSignatureException',
      403,
      'The header authorization is not AWS4-HMAC-SHA256 with Credential, SignedHeaders and Signature.',
    );
  }
  return { accessKeyId, date, region, service, signedHeaders: signedHeaders.split(';'), signature };
}

/**
 * Reads the signing date of a request, and checks its scope and the headers that must be signed.
 *
 * @throws WireError InvalidSignatureException
 */
export function readSigningDate(headers: IncomingHttpHeaders, authorization: Authorization): Date {
  const { date, service, signedHeaders } = authorization;
  const amzDate = headers['x-amz-date'];
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(String(amzDate)) ?? [];
  const instant = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(instant.getTime())) throw wrongSignature('x-amz-date is missing or not a date.');
  if (service !== 'connect') throw wrongSignature('It is for another service than connect.');
  if (date !== `${year}${month}${day}`) throw wrongSignature('The date of its scope differs from x-amz-date.');
  if (!signedHeaders.includes('host') || !signedHeaders.includes('x-amz-date')) {
    throw wrongSignature('It must cover the headers host and x-amz-date.');
  }
  return instant;
}

/** Makes the error for an invalid signature. */
export function wrongSignature(why: string): WireError {
  return new WireError('InvalidSignatureException', 403, `The signature of the request does not hold. ${why}`);
}
