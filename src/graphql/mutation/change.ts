import type { CallOptions } from '../../connect/connect.js';
import { isConnectFault } from '../../connect/errors.js';
import type { Path, Violation } from '../../connect/violation.js';
import type { GatewayContext } from '../context.js';
import type { ConnectError } from '../errors/error.types.js';
import { toInvalidInputErrors, toPayloadErrors } from '../errors/to-payload-errors.js';
import { servedInstance } from '../instances.js';

/** The result of a change: its value, or all errors. */
export type Changed<Result> =
  | { readonly instanceId: string; readonly result: Result; readonly errors: readonly [] }
  | { readonly result?: never; readonly errors: readonly ConnectError[] };

/** A mutation's change. */
export interface Change<Result> {
  /** The instance that the input names. */
  readonly instanceId: string | null | undefined;
  /** Violations of the input itself. */
  readonly violations: readonly Violation[];
  /** The nested input object of a member of the port's request, if it is in one. */
  readonly groups?: Readonly<Record<string, string>>;
  readonly call: (instanceId: string, options: CallOptions) => Promise<Result>;
}

/**
 * Runs a mutation: validates the input, resolves the instance, calls the port, clears the loaders. Errors of the caller and
 * refusals by Connect are returned as data; others are thrown.
 */
export async function change<Result>(context: GatewayContext, wanted: Change<Result>): Promise<Changed<Result>> {
  const { violations, groups = {}, call } = wanted;
  if (violations.length > 0) return refusal(context, toInvalidInputErrors(violations));
  try {
    const instanceId = servedInstance(context, wanted.instanceId);
    const result = await call(instanceId, { ...context.call, purpose: 'MUTATION' });
    context.loaders.forget();
    return { instanceId, result, errors: [] };
  } catch (error) {
    const errors = isConnectFault(error) ? toPayloadErrors(error, (path) => pathInInput(path, groups)) : undefined;
    if (errors === undefined) throw error;
    return refusal(context, errors);
  }
}

function refusal({ refused }: GatewayContext, errors: readonly ConnectError[]): Changed<never> {
  refused?.(errors.map(({ code }) => code));
  return { errors };
}

/** Returns the path of a member of the port's request in the mutation's arguments. */
export function pathInInput(path: Path, groups: Readonly<Record<string, string>>): Path {
  const [member] = path;
  const group = typeof member === 'string' && Object.hasOwn(groups, member) ? groups[member] : undefined;
  return group === undefined ? ['input', ...path] : ['input', group, ...path];
}
