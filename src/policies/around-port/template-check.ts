import type { CallOptions, Connect } from '../../connect/connect.js';
import { type ConnectFault, InvalidRequestError, isConnectFault } from '../../connect/errors.js';
import type { StartTaskContactRequest } from '../../connect/start-task-contact.js';
import type { TaskTemplate } from '../../connect/task-template.js';
import type { Violation } from '../../connect/violation.js';
import { checkTaskTemplate, taskTemplateHasSelfAssignFlow } from '../../validation/rules/task-template.js';
import { applyTemplate, type TemplateReading } from '../../validation/requests/template-values.js';
import type { CatalogCache } from './catalog-cache.js';
import { withMethods } from '../../connect/methods.js';

/** What creations are checked by. */
export interface TemplateCheckParts {
  /** Templates, from the cache of the catalogue. */
  readonly template: CatalogCache['template'];
  readonly reading: TemplateReading;
  /** The clock of the policies, in milliseconds. */
  readonly now: () => number;
  /** Makes a signal that fires after some milliseconds. Omitted: by the system's clock. */
  readonly after?: (ms: number) => AbortSignal;
}

/**
 * How long a creation waits for its template, in milliseconds: it was asked to create, not to check. The read that is not
 * cached yet is made all the same (our decision): one read in a minute spares a scarce creation for each mistake.
 */
const PATIENCE_MS = 1_000;

/** How old a template may be that refuses a creation, in milliseconds: an older one is read again, since it may have changed. */
const REFUSES_FOR_MS = 2_000;

/**
 * A port that checks creations by their task template before it passes them on. It refuses only what the template, as it is
 * now, refuses; the service has the last word on all else.
 *
 * With a client token of the caller's the service is asked first: a repeat must be answered with the first contact, however the template
 * changed since, and the service alone knows what a repeat is. Where it refuses, the template tells which fields are wrong.
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

/** Why the template refuses a creation; undefined where it does not, and where it cannot be read. */
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
  // Which flow a self-assigned task takes where there is none for that, is the engine's own reading.
  if (unusable !== undefined && (reading === 'engine' || unusable.rule !== taskTemplateHasSelfAssignFlow.id)) {
    return [unusable];
  }
  const applied = applyTemplate(template.fields, request, reading);
  return 'violations' in applied ? applied.violations : [];
}

function isAboutTheRequest(error: unknown): boolean {
  return (
    isConnectFault(error) && (error.code === 'InvalidRequestException' || error.code === 'InvalidParameterException')
  );
}
