import type { AuditRecord } from '../graphql/context.js';
import type { Identity } from '../graphql/identity.js';
import type { Log } from './log.js';

/** The part of a request that the audit log writes. */
export interface AuditedRequest {
  readonly id: string;
  /** The caller's key: its address if callers are not identified. */
  readonly caller: string;
  readonly identity: Identity | undefined;
}

/**
 * Members that no line may contain, even if a record gets one. The log's own redaction looks for headers within each
 * member, which takes 50 µs a line; a record has no headers, and names at the top alone cost nothing.
 */
const NEVER = ['attributes', 'authorization', 'clientToken', 'description', 'input', 'token'];

/** Writes the record of one mutation. Returns a promise if the answer must wait until the line is written. */
export type AuditLog = (request: AuditedRequest, record: AuditRecord) => Promise<void> | undefined;

/** What the lines of the audit contain, and what happens to them while the log cannot be written. */
export interface AuditOptions {
  /** Whether lines contain the names of tasks. */
  readonly taskNames: boolean;
  /** Whether an answer waits until its line is written. If not, a log that cannot be written drops lines. */
  readonly required: boolean;
}

/**
 * Writes a line for each mutation: caller, operation, contacts and outcome. It contains no token, attribute or
 * description.
 *
 * Lines are written at level info whatever LOG_LEVEL says, because an audit must not depend on it; only `silent` turns
 * them off.
 */
export function auditLog(log: Log, { taskNames, required }: AuditOptions): AuditLog {
  const level = log.logger.level === 'silent' ? 'silent' : 'info';
  const parent = required ? log.keeping : log.logger;
  const lines = parent.child({ log: 'audit' }, { level, redact: { paths: NEVER, remove: true } });
  return ({ id, caller, identity }, { taskName, ...record }) => {
    lines.info(
      {
        requestId: id,
        caller,
        ...(identity && { subject: identity.subject, clientId: identity.clientId }),
        ...record,
        ...(taskNames && { taskName }),
      },
      'Mutation',
    );
    return required ? log.written() : undefined;
  };
}
