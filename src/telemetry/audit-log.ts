import type { Logger } from 'pino';
import type { AuditRecord } from '../graphql/context.js';
import type { Identity } from '../graphql/identity.js';

/** What the audit log is told of a request. */
export interface AuditedRequest {
  readonly id: string;
  /** The caller's key: its address, where nobody is asked who it is. */
  readonly caller: string;
  readonly identity: Identity | undefined;
}

/**
 * What a line must not hold, should a record come to have it. The log's own redaction looks for headers within each member,
 * which takes 50 µs a line, a tenth of a creation; a record has none, and names at the top alone cost nothing.
 */
const NEVER = ['attributes', 'authorization', 'clientToken', 'description', 'input', 'token'];

/** Keeps the record of one mutation of a request. */
export type AuditLog = (request: AuditedRequest, record: AuditRecord) => void;

/**
 * Writes a line for each mutation: who, what, on which contact, with which outcome. It holds no token, no attribute, no
 * description, and names of tasks only on request.
 *
 * It is written at level info whatever LOG_LEVEL says, since an audit that is lost with a quieter log is none; only
 * `silent` silences it too.
 *
 * @param taskNames whether names of tasks are written
 */
export function auditLog(logger: Logger, { taskNames }: { readonly taskNames: boolean }): AuditLog {
  const level = logger.level === 'silent' ? 'silent' : 'info';
  const lines = logger.child({ log: 'audit' }, { level, redact: { paths: NEVER, remove: true } });
  return ({ id, caller, identity }, { taskName, ...record }) => {
    lines.info(
      {
        requestId: id,
        caller,
        ...(identity && { subject: identity.subject, clientId: identity.clientId }),
        ...record,
        ...(taskNames && { taskName }),
      },
      'A mutation was asked for',
    );
  };
}
