import type { Answers } from '../../connect/connect.js';
import { InvalidParameterError, type Resource, ResourceNotFoundError } from '../../connect/errors.js';
import { bareId, isArn } from '../../connect/arn.js';
import { type InstanceResource, checkArn } from '../arn.js';
import type { Load } from '../../util/read-together.js';
import type { Store } from '../store/store.js';

/** The instance of a list. */
export interface ServedInstance {
  readonly id: string;
  readonly arn: string;
}

/** Common parts of reads. Ids may be ARNs, but only those of the requested instance. */
export class InstanceReads {
  /** ARNs by instance id. An instance keeps its ARN, so each is read once. */
  readonly #arns = new Map<string, Promise<string | undefined>>();

  constructor(private readonly store: Store) {}

  /**
   * Reads data of each id.
   *
   * @param member the request's member that holds the ids
   * @throws InvalidParameterError if the ARN of the instance is of another region or account
   */
  async byIds<Thing>(
    resource: InstanceResource,
    member: string,
    instanceId: string,
    ids: readonly string[],
    load: Load<Thing>,
  ): Promise<Answers<Thing>> {
    // The usual case: there are no ARNs to validate.
    if (!isArn(instanceId) && !ids.some(isArn)) {
      const things = await load(instanceId, ids);
      return ids.map((id) => things.get(id) ?? null);
    }
    const foreign = await this.#foreignArns(resource, member, instanceId, ids);
    const things = await load(bareId(instanceId), ids.map(bareId));
    return ids.map((given, index) => foreign[index] ?? things.get(bareId(given)) ?? null);
  }

  /** Returns the ARN of an instance; undefined if it does not exist. */
  async arnOf(id: string): Promise<string | undefined> {
    const known = this.#arns.get(id);
    if (known !== undefined) return known;
    const reading = this.store.instanceArn(id);
    this.#arns.set(id, reading);
    try {
      const arn = await reading;
      if (arn === undefined) this.#arns.delete(id);
      return arn;
    } catch (error) {
      this.#arns.delete(id);
      throw error;
    }
  }

  /**
   * Finds the instance of a list.
   *
   * @throws ResourceNotFoundError, InvalidParameterError
   */
  async instance(instanceId: string): Promise<ServedInstance> {
    const id = bareId(instanceId);
    const arn = await this.arnOf(id);
    if (arn === undefined) throw new ResourceNotFoundError('INSTANCE', instanceId, 'instanceId');
    const refusal = refusalOf(instanceId, arn, 'INSTANCE', 'instanceId');
    if (refusal) throw refusal;
    return { id, arn };
  }

  /** Returns the refusal of each id that is an ARN of another instance. */
  async #foreignArns(
    resource: Resource,
    member: string,
    instanceId: string,
    ids: readonly string[],
  ): Promise<readonly (InvalidParameterError | undefined)[]> {
    const arn = await this.arnOf(bareId(instanceId));
    if (arn === undefined) return [];
    const ofInstance = refusalOf(instanceId, arn, 'INSTANCE', 'instanceId');
    if (ofInstance) throw ofInstance;
    return ids.map((given) => refusalOf(given, arn, resource, member));
  }
}

function refusalOf(
  given: string,
  instanceArn: string,
  resource: Resource,
  member: string,
): InvalidParameterError | undefined {
  const violations = checkArn(given, instanceArn, resource, [member]);
  return violations.length === 0 ? undefined : new InvalidParameterError(violations);
}
