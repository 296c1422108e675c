import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { type Identity, SCOPES } from '../../graphql/identity.js';

/**
 * Identifies the caller by its client certificate: the common name of its subject, else its first alternative name. A
 * certificate has no scopes, so that its owner may use all operations.
 *
 * @returns undefined if the client has no certificate of an accepted authority
 */
export function certificateIdentity(request: Pick<IncomingMessage, 'socket'>): Identity | undefined {
  const socket = request.socket as TLSSocket;
  if (!socket.authorized) return undefined;
  const { subject, subjectaltname } = socket.getPeerCertificate();
  const [first] = [subject?.CN].flat();
  const name = first ?? subjectaltname?.split(', ')[0];
  if (!name) return undefined;
  return {
    key: createHash('sha256')
      .update(JSON.stringify(['x509', name]))
      .digest('base64url'),
    subject: name,
    clientId: undefined,
    scopes: new Set(SCOPES),
    instances: undefined,
  };
}
