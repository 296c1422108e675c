import { v7 as uuidv7 } from 'uuid';
import { WorkingSet } from '../commit/working-set.js';
import { NO_KEYS } from '../decide/found.js';
import type { Quotas, State } from '../decide/state.js';
import type { Keys, Store } from '../store/store.js';
import type { ResourceKey } from '../store/tables.js';
import { addContacts } from './seed-contacts.js';
import { resourcesOf } from './seed-rows.js';
import { type Seed, SeedError, type SeedInstance, type SeedProblem } from './seed.js';

/**
 * Applies a seed to the store, completely or not at all. Resources replace those with the same id. Existing contacts
 * stay unchanged; new ones are decided and counted as in requests.
 *
 * @param file the path of the seed, for messages
 * @throws SeedError if it names a missing resource, or if it violates the API's rules
 */
export async function applySeed(store: Store, seed: Seed, quotas: Quotas, file: string): Promise<void> {
  const keys = keysOf(seed);
  await store.transaction(async (transaction) => {
    const now = await transaction.instant(keys.instances);
    await transaction.put(resourcesOf(seed, await transaction.load(keys, now), now));
    const state = new WorkingSet(await transaction.load(keys, now), now);
    const problems = [...missing(seed, state), ...addContacts(seed, state, quotas)];
    // The error rolls back the resources.
    if (problems.length > 0) throw new SeedError(file, problems);
    if (state.written) await transaction.write(uuidv7(), state.written, now);
  });
}

/** Returns the keys of all resources that a seed names. */
function keysOf({ instances }: Seed): Keys {
  const keys = (ids: (instance: SeedInstance) => readonly (string | undefined)[]): readonly ResourceKey[] =>
    instances.flatMap((instance) =>
      ids(instance).flatMap((id) => (id === undefined ? [] : [{ instanceId: instance.id, id }])),
    );
  return {
    ...NO_KEYS,
    instances: instances.map(({ id }) => id).sort(),
    contactFlows: keys(({ quickConnects, taskTemplates, contacts }) => [
      ...[...quickConnects, ...taskTemplates, ...contacts].map(({ contactFlowId }) => contactFlowId),
      ...taskTemplates.map(({ selfAssignFlowId }) => selfAssignFlowId),
    ]),
    quickConnects: keys(({ contacts }) => contacts.map(({ quickConnectId }) => quickConnectId)),
    taskTemplates: keys(({ taskTemplates, contacts }) => [
      ...taskTemplates.map(({ id }) => id),
      ...contacts.map(({ taskTemplateId }) => taskTemplateId),
    ]),
    queues: keys(({ quickConnects, contacts }) => [...quickConnects, ...contacts].map(({ queueId }) => queueId)),
    users: keys(({ quickConnects, contacts }) => [...quickConnects, ...contacts].map(({ userId }) => userId)),
    contacts: keys(({ contacts }) =>
      contacts.flatMap(({ id, previousContactId, relatedContactId }) => [id, previousContactId, relatedContactId]),
    ),
  };
}

/**
 * Returns a problem for each resource that quick connects and templates name and that neither the seed nor the database
 * has.
 */
function missing({ instances }: Seed, state: State): readonly SeedProblem[] {
  return instances.flatMap(({ id: instanceId, quickConnects, taskTemplates }, index) => {
    const look = (list: string, things: readonly Named[]) =>
      things.flatMap((thing, at) =>
        MEMBERS.flatMap((member) => {
          const id = thing[member];
          if (id === undefined || FINDERS[member](state, { instanceId, id }) !== undefined) return [];
          const message = `Neither the seed nor the database has ${id} in this instance.`;
          return [{ path: ['instances', index, list, at, member], message }];
        }),
      );
    return [...look('quickConnects', quickConnects), ...look('taskTemplates', taskTemplates)];
  });
}

interface Named {
  readonly contactFlowId?: string;
  readonly selfAssignFlowId?: string;
  readonly queueId?: string;
  readonly userId?: string;
}

const FINDERS: Readonly<Record<keyof Named, (state: State, key: ResourceKey) => object | undefined>> = {
  contactFlowId: (state, key) => state.contactFlow(key),
  selfAssignFlowId: (state, key) => state.contactFlow(key),
  queueId: (state, key) => state.queue(key),
  userId: (state, key) => state.user(key),
};

const MEMBERS = Object.keys(FINDERS) as readonly (keyof Named)[];
