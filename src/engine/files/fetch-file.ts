import { lookup } from 'node:dns/promises';
import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { AllowedHosts } from './allowed-hosts.js';

/** Time for the whole answer, in milliseconds. */
const FETCH_MS = 30_000;

/** A file cannot be fetched. The message holds no part of the URL but its host, because the rest may be a secret. */
export class FetchFailedError extends Error {
  constructor(host: string, why: string, options?: ErrorOptions) {
    super(`The file of ${host} cannot be fetched: ${why}.`, options);
    this.name = 'FetchFailedError';
  }
}

/**
 * Fetches a file that a client names. It calls only listed hosts, at the address that was checked, and follows no
 * redirect.
 *
 * @param consume receives the body and must read it to its end, or throw
 * @throws FetchFailedError, or the error of `consume`
 */
export async function fetchFile<Result>(
  address: string,
  hosts: AllowedHosts,
  signal: AbortSignal,
  consume: (body: AsyncIterable<Uint8Array>) => Promise<Result>,
): Promise<Result> {
  const url = new URL(address);
  const { host } = url;
  if (!hosts.allows(url)) throw new FetchFailedError(host, 'CONNECT_ATTACHMENT_HOSTS does not list this host');
  const within = AbortSignal.any([signal, AbortSignal.timeout(FETCH_MS)]);
  const body = await answerOf(url, hosts, within).catch((cause: unknown) => {
    if (cause instanceof FetchFailedError) throw cause;
    throw new FetchFailedError(host, 'it does not answer', { cause });
  });
  try {
    if (body.statusCode !== 200) throw new FetchFailedError(host, `it answers with status ${body.statusCode}`);
    return await consume(body);
  } finally {
    body.destroy();
  }
}

function answerOf(url: URL, hosts: AllowedHosts, signal: AbortSignal): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const options = {
      signal,
      lookup: checkedLookup(hosts, url.host),
      // A connection of its own, so that none is reused whose address was not checked.
      agent: false,
      headers: { 'accept-encoding': 'identity' },
    };
    request(url, options, resolve).on('error', reject).end();
  });
}

/** Resolves a name to addresses that may be called. A name cannot lead into the networks behind this machine. */
function checkedLookup(hosts: AllowedHosts, host: string): LookupFunction {
  return (name, options, done) => {
    lookup(name, {
      all: true,
      family: options.family === 'IPv4' ? 4 : options.family === 'IPv6' ? 6 : (options.family ?? 0),
    })
      .then((all) => {
        const allowed = all.filter(({ address }) => hosts.allowsAddress(address));
        const [first] = allowed;
        if (first === undefined) {
          throw new FetchFailedError(
            host,
            'it resolves to a private address, which CONNECT_ATTACHMENT_HOSTS does not list',
          );
        }
        if (options.all) done(null, allowed);
        else done(null, first.address, isIP(first.address));
      })
      .catch((error: NodeJS.ErrnoException) => done(error, ''));
  };
}
