import type { FastifyInstance, FastifyRequest } from 'fastify';
import { SCOPES } from '../../graphql/identity.js';

/** The path of the metadata (RFC 9728, section 3). */
const PATH = '/.well-known/oauth-protected-resource';

/** The path of the resource that the metadata describes. */
const RESOURCE_PATH = '/graphql';

/** A Host header that may stand in a quoted text. */
const HOST = /^[\w.\-:[\]]{1,255}$/;

/** Facts about authentication that clients may read. */
export interface ProtectedResource {
  /** The issuer of accepted tokens. */
  readonly issuer: string;
  /** The API's URL as clients see it. Undefined: by the Host header of the request. */
  readonly url: string | undefined;
}

/**
 * Serves the metadata of RFC 9728, from which a client learns where it gets tokens. Clients look for it at its own path
 * and at the path with the resource's appended.
 */
export function serveProtectedResource(app: FastifyInstance, resource: ProtectedResource): void {
  for (const url of [PATH, PATH + RESOURCE_PATH]) {
    app.get(url, async (request, reply) => {
      reply.header('cache-control', 'no-store');
      return {
        resource: resource.url ?? `${originOf(request)}${RESOURCE_PATH}`,
        authorization_servers: [resource.issuer],
        scopes_supported: SCOPES,
        bearer_methods_supported: ['header'],
      };
    });
  }
}

/** Writes the parameter of WWW-Authenticate that names the metadata (RFC 9728, section 5.1). */
export function metadataParameter({ url }: ProtectedResource, request: FastifyRequest): string {
  return `resource_metadata="${url === undefined ? originOf(request) : new URL(url).origin}${PATH}"`;
}

function originOf({ protocol, headers: { host = '' } }: FastifyRequest): string {
  return `${protocol}://${HOST.test(host) ? host : 'localhost'}`;
}
