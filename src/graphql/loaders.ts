import DataLoader from 'dataloader';
import type { ContactFlow, QuickConnect } from '../connect/catalog.js';
import type { Answers, CallOptions, Connect } from '../connect/connect.js';
import type { Attribute, Contact, ContactChain, ContactSummary, Reference } from '../connect/contact.js';
import type { TaskTemplate } from '../connect/task-template.js';

/** What a loader is asked by. */
export interface LoaderKey {
  readonly instanceId: string;
  readonly id: string;
}

/** Reads one kind of thing. */
export type Loader<Thing> = DataLoader<LoaderKey, Thing | null, string>;

/** One loader a kind of read, made anew for each request: nothing is read twice, and what goes together goes at once. */
export interface Loaders {
  /** By contact id. */
  readonly contacts: Loader<Contact>;
  /** By the id of any member. */
  readonly chains: Loader<ContactChain>;
  /** By the id of any member; readers use the chain's id where they know it, so that members share one read. */
  readonly attributes: Loader<readonly Attribute[]>;
  /** By id. What an instance is set up with is not changed by any mutation. */
  readonly contactFlows: Loader<ContactFlow>;
  readonly quickConnects: Loader<QuickConnect>;
  readonly taskTemplates: Loader<TaskTemplate>;
  /** By contact id; for adapters that do not read them along with the contact. */
  readonly references: Loader<readonly Reference[]>;
  /** Whole contacts that another read brought along need no read of their own; what is told of others in part is passed over. */
  know(contacts: readonly (Contact | ContactSummary)[]): void;
  /** Something was changed: what was read before may no longer hold. */
  forget(): void;
}

/** Ids in one call to the port, at most: the most that a page or a list of ids can hold. */
const MAX_BATCH = 100;

/** Makes the loaders of a request. */
export function createLoaders(connect: Connect, options: CallOptions): Loaders {
  const contacts = loader((instanceId, ids) => connect.describeContacts(instanceId, ids, options));
  const know = (found: readonly (Contact | ContactSummary)[]) => {
    for (const contact of found) if ('state' in contact) contacts.prime(contact, contact);
  };
  const chains = loader(async (instanceId, ids) => {
    const answers = await connect.listChains(instanceId, ids, options);
    for (const chain of answers) if (chain !== null && !(chain instanceof Error)) know(chain.members);
    return answers;
  });
  const attributes = loader((instanceId, ids) => connect.getAttributes(instanceId, ids, options));
  const references = loader((instanceId, ids) => connect.listReferences(instanceId, ids, options));
  return {
    contacts,
    chains,
    attributes,
    contactFlows: loader((instanceId, ids) => connect.describeContactFlows(instanceId, ids, options)),
    quickConnects: loader((instanceId, ids) => connect.describeQuickConnects(instanceId, ids, options)),
    taskTemplates: loader((instanceId, ids) => connect.getTaskTemplates(instanceId, ids, options)),
    references,
    know,
    forget() {
      for (const reads of [contacts, chains, attributes, references]) reads.clearAll();
    },
  };
}

function loader<Thing>(read: (instanceId: string, ids: readonly string[]) => Promise<Answers<Thing>>): Loader<Thing> {
  return new DataLoader(
    async (keys) => {
      const byInstance = Map.groupBy(keys, (key) => key.instanceId);
      const answers = new Map<LoaderKey, Thing | null | Error>();
      const reads = [...byInstance].map(async ([instanceId, ofInstance]) => {
        const ids = ofInstance.map((key) => key.id);
        const things = await read(instanceId, ids).catch((thrown: unknown) => ids.map(() => toError(thrown)));
        ofInstance.forEach((key, index) => {
          answers.set(key, things[index] ?? null);
        });
      });
      await Promise.all(reads);
      return keys.map((key) => answers.get(key) ?? null);
    },
    { maxBatchSize: MAX_BATCH, cacheKeyFn: ({ instanceId, id }) => `${instanceId}\0${id}` },
  );
}

/** What a batch is answered with by anything but an Error would pass for the thing that was read. */
function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error('A read threw what is no error', { cause: thrown });
}
