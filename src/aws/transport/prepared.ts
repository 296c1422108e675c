import type { EndpointV2, HttpRequest } from '@smithy/types';

/** What is the same in all requests of a client, as the SDK worked it out for one of them. */
export interface Prepared {
  /** Where requests go. */
  readonly endpoint: {
    readonly protocol: string;
    readonly hostname: string;
    readonly port?: number;
    readonly path: string;
    readonly query: Record<string, string>;
  };
  readonly headers: Readonly<Record<string, string>>;
  readonly signingRegion: string;
  readonly signingService: string;
}

/** Headers that are the same in all requests: where they go, who sends them, and that each is the first attempt of one. */
const SAME = ['host', 'user-agent', 'x-amz-user-agent', 'amz-sdk-request'] as const;

/** What a signature of version 4 says that it was made for. */
const SCOPE = /^AWS4-HMAC-SHA256 Credential=[^/]+\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request,/;

/**
 * Reads from a request of the SDK, signed and about to be sent, what the next ones will have too.
 *
 * @returns undefined where it is signed in another way, or where the endpoint wants headers of its own
 */
export function preparedBy(request: HttpRequest, endpoint: EndpointV2 | undefined): Prepared | undefined {
  const scope = SCOPE.exec(request.headers.authorization ?? '');
  if (!scope || !endpoint || Object.keys(endpoint.headers ?? {}).length > 0) return undefined;
  const { protocol, hostname, port, pathname, searchParams } = endpoint.url;
  const [, signingRegion = '', signingService = ''] = scope;
  return {
    endpoint: {
      protocol,
      hostname,
      path: pathname,
      query: Object.fromEntries(searchParams),
      ...(port !== '' && { port: Number(port) }),
    },
    headers: Object.fromEntries(
      SAME.flatMap((name) => {
        const value = request.headers[name];
        return value === undefined ? [] : [[name, value]];
      }),
    ),
    signingRegion,
    signingService,
  };
}
