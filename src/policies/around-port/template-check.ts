import type { CallOptions, Connect } from '../../connect/connect.js';
import { type ConnectFault, InvalidRequestError, isConnectFault } from '../../connect/errors.js';
import type { StartTaskContactRequest } from '../../connect/start-task-contact.js';
import type { TaskTemplate } from '../../connect/task-template.js';
import type { Violation } from '../../connect/violation.js';
import { checkTaskTemplate, taskTemplateHasSelfAssignFlow } from '../../validation/rules/task-template.js';
import { applyTemplate, type TemplateReading } from '../../validation/requests/template-values.js';
import type { CatalogCache } from './catalog-cache.js';
import { withMethods } from '../../connect/methods.js';

/** The parts of the check of creations. */
export interface TemplateCheckParts {
  /** Templates, from the cache of the catalogue. */
  readonly template: CatalogCache['template'];
  readonly reading: TemplateReading;
  /** The clock of the policies, in milliseconds. */
  readonly now: () => number;
  /** Returns a signal that fires after some milliseconds. Default: AbortSignal.timeout. */
  readonly after?: (ms: number) => AbortSignal;
}

/**
 * Maximum time that a creation waits for its template, in milliseconds. Decision: a template that is not cached is
 * read, because one read a minute saves a scarce creation for each invalid request.
 */
const PATIENCE_MS = 1_000;

/**
 * Maximum age of a template that refuses a creation, in milliseconds. An older one is read again, because it may have
 * changed.
 */
const REFUSES_FOR_MS = 2_000;

/**
 * Returns a port that checks creations by their task template. It refuses only violations of the template's present
 * version; the service decides the rest.
 *
 * With a client token of the caller the service is called first, because only the service knows whether the request is
 * a repeat. A repeat must return the first contact, even if the template changed since. If the service refuses, the
 * template shows which fields are wrong.
 */
export function templateChecked(port: Connect, parts: TemplateCheckParts): Connect {
  return withMethods(port, {
    async startTaskContact(request, options) {
      if (request.taskTemplateId === undefined) return port.startTaskContact(request, options);
      if (!request.clientToken || options?.hasNewToken) {
        const refusal = await refusalOf(parts, request, options);
        if (refusal !== undefined) throw refusal;
        return port.startTaskContact(request, options);
      }
      try {
        return await port.startTaskContact(request, options);
      } catch (error) {
        if (!isAboutTheRequest(error)) throw error;
        throw (await refusalOf(parts, request, options)) ?? error;
      }
    },
  });
}

/** Returns the template's refusal of a creation; undefined if it accepts it or cannot be read. */
async function refusalOf(
  { template, reading, now, after = AbortSignal.timeout }: TemplateCheckParts,
  request: StartTaskContactRequest,
  options: CallOptions = {},
): Promise<ConnectFault | undefined> {
  const { instanceId, taskTemplateId = '' } = request;
  const patience = after(PATIENCE_MS);
  const how: CallOptions = {
    ...options,
    signal: options.signal ? AbortSignal.any([options.signal, patience]) : patience,
    deadline: Math.min(options.deadline ?? Number.POSITIVE_INFINITY, now() + PATIENCE_MS),
  };
  try {
    const kept = await template(instanceId, taskTemplateId, how);
    if (kept === null || check(kept, request, reading).length === 0) return undefined;
    const fresh = await template(instanceId, taskTemplateId, how, REFUSES_FOR_MS);
    const violations = fresh === null ? [] : check(fresh, request, reading);
    return violations.length === 0 ? undefined : new InvalidRequestError(violations);
  } catch (error) {
    if (isConnectFault(error)) return undefined;
    throw error;
  }
}

function check(
  template: TaskTemplate,
  request: StartTaskContactRequest,
  reading: TemplateReading,
): readonly Violation[] {
  const unusable = checkTaskTemplate(template, request.assignmentType);
  // Only the embedded engine requires a flow for self-assigned tasks.
  const counts = unusable !== undefined && (reading === 'engine' || unusable.rule !== taskTemplateHasSelfAssignFlow.id);
  const applied = applyTemplate(template.fields, request, reading);
  return [...(counts ? [unusable] : []), ...('violations' in applied ? applied.violations : [])];
}

function isAboutTheRequest(error: unknown): boolean {
  return (
    isConnectFault(error) && (error.code === 'InvalidRequestException' || error.code === 'InvalidParameterException')
  );
}
