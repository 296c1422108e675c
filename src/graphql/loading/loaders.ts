import type { ContactFlow, QuickConnect } from '../../connect/catalog.js';
import type { CallOptions, Connect } from '../../connect/connect.js';
import type { Attribute, Contact, ContactChain, ContactSummary, Reference } from '../../connect/contact.js';
import type { TaskTemplate } from '../../connect/task-template.js';
import { Loader } from './loader.js';

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

/** Makes the loaders of a request. */
export function createLoaders(connect: Connect, options: CallOptions): Loaders {
  const contacts = new Loader<Contact>((instanceId, ids) =>
    connect.describeContacts({ instanceId, contactIds: ids }, options),
  );
  const know = (found: readonly (Contact | ContactSummary)[]) => {
    for (const contact of found) if ('state' in contact) contacts.prime(contact, contact);
  };
  const chains = new Loader<ContactChain>(async (instanceId, ids) => {
    const answers = await connect.listChains({ instanceId, contactIds: ids }, options);
    for (const chain of answers) if (chain !== null && !(chain instanceof Error)) know(chain.members);
    return answers;
  });
  const attributes = new Loader((instanceId, ids) => connect.getAttributes({ instanceId, contactIds: ids }, options));
  const references = new Loader((instanceId, ids) => connect.listReferences({ instanceId, contactIds: ids }, options));
  return {
    contacts,
    chains,
    attributes,
    contactFlows: new Loader((instanceId, ids) =>
      connect.describeContactFlows({ instanceId, contactFlowIds: ids }, options),
    ),
    quickConnects: new Loader((instanceId, ids) =>
      connect.describeQuickConnects({ instanceId, quickConnectIds: ids }, options),
    ),
    taskTemplates: new Loader((instanceId, ids) =>
      connect.getTaskTemplates({ instanceId, taskTemplateIds: ids }, options),
    ),
    references,
    know,
    forget() {
      for (const reads of [contacts, chains, attributes, references]) reads.clearAll();
    },
  };
}
