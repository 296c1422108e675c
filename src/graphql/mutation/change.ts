import type { CallOptions } from '../../connect/connect.js';
import { isConnectFault } from '../../connect/errors.js';
import type { Path, Violation } from '../../connect/violation.js';
import type { GatewayContext } from '../context.js';
import type { ConnectError } from '../errors/error.types.js';
import { toInvalidInputErrors, toPayloadErrors } from '../errors/to-payload-errors.js';
import { servedInstance } from '../instances.js';

/** What became of a change: what it answers, or everything that is wrong. */
export type Changed<Result> =
  | { readonly instanceId: string; readonly result: Result; readonly errors: readonly [] }
  | { readonly result?: never; readonly errors: readonly ConnectError[] };

/** What a mutation wants changed. */
export interface Change<Result> {
  /** The instance that the input names. */
  readonly instanceId: string | null | undefined;
  /** What is wrong with the input by itself. */
  readonly violations: readonly Violation[];
  /** In which nested input object a member of the port's request stands, where it is in one. */
  readonly groups?: Readonly<Record<string, string>>;
  readonly call: (instanceId: string, options: CallOptions) => Promise<Result>;
}

/**
 * The one way of mutations: judge the input, find the instance, call the port, forget what was read before. What the
 * caller did wrong and what Connect refuses comes as data; anything else is thrown.
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

/** Where a member of the port's request stands in the mutation's arguments. */
function pathInInput(path: Path, groups: Readonly<Record<string, string>>): Path {
  const [member] = path;
  const group = typeof member === 'string' && Object.hasOwn(groups, member) ? groups[member] : undefined;
  return group === undefined ? ['input', ...path] : ['input', group, ...path];
}
