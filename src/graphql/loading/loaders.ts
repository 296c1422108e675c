import type { AttachedFile } from '../../connect/attachment.js';
import type { ContactFlow, QuickConnect } from '../../connect/catalog.js';
import type { CallOptions, Connect } from '../../connect/connect.js';
import type {
  Attribute,
  Contact,
  ContactChain,
  ContactMetrics,
  ContactSummary,
  Reference,
} from '../../connect/contact.js';
import { type ConnectFault, isConnectFault } from '../../connect/errors.js';
import { bytesOfAttributes, bytesOfContact, bytesOfContacts } from '../../connect/loaded-bytes.js';
import type { Queue } from '../../connect/queue.js';
import type { TaskTemplate } from '../../connect/task-template.js';
import type { User } from '../../connect/user.js';
import type { AnswerSize } from './answer-size.js';
import { Loader } from './loader.js';

/** The loaders of one request, one for each kind of read. Nothing is read twice; keys of one moment share a batch. */
export interface Loaders {
  /** By contact id. */
  readonly contacts: Loader<Contact>;
  /** By contact id; only for the fields that show them. */
  readonly metrics: Loader<ContactMetrics>;
  /** By the id of any member. */
  readonly chains: Loader<ContactChain>;
  /** By the id of any member; readers use the chain's id where they know it, so that members share one read. */
  readonly attributes: Loader<readonly Attribute[]>;
  /** By id. No mutation changes these resources. */
  readonly contactFlows: Loader<ContactFlow>;
  readonly quickConnects: Loader<QuickConnect>;
  readonly taskTemplates: Loader<TaskTemplate>;
  readonly queues: Loader<Queue>;
  readonly users: Loader<User>;
  /** By contact id; for adapters that do not read them along with the contact. */
  readonly references: Loader<readonly Reference[]>;
  /** By the JSON of a file's id and its contact's ARN. */
  readonly attachedFiles: Loader<AttachedFile>;
  /** Primes contacts that another read returned whole. Partial contacts are ignored. */
  know(contacts: readonly (Contact | ContactSummary)[]): void;
  /** Clears the loaders after a change. */
  forget(): void;
}

/**
 * Creates the loaders of a request.
 *
 * @param size counts what is loaded; nothing more is read once that is too much
 */
export function createLoaders(connect: Connect, options: CallOptions, size: AnswerSize): Loaders {
  const contacts = new Loader<Contact>(
    (instanceId, ids) => connect.describeContacts({ instanceId, contactIds: ids }, options),
    { size, bytesOf: bytesOfContact },
  );
  const know = (found: readonly (Contact | ContactSummary)[]) => {
    for (const contact of found) if ('state' in contact) contacts.prime(contact, contact);
  };
  const chains = new Loader<ContactChain>(
    async (instanceId, ids) => {
      const answers = await connect.listChains({ instanceId, contactIds: ids }, options);
      for (const chain of answers) if (chain !== null && !(chain instanceof Error)) know(chain.members);
      return answers;
    },
    { size, bytesOf: ({ members }) => bytesOfContacts(members) },
  );
  const attributes = new Loader(
    (instanceId, ids) =>
      connect.getAttributes({ instanceId, contactIds: ids }, { ...options, maxBytes: size.roomToLoad }),
    { size, bytesOf: bytesOfAttributes },
  );
  const readFile = async (instanceId: string, id: string): Promise<AttachedFile | null | ConnectFault> => {
    const [fileId, associatedResourceArn] = JSON.parse(id) as [string, string];
    try {
      return await connect.getAttachedFile({ instanceId, fileId, associatedResourceArn }, options);
    } catch (error) {
      if (!isConnectFault(error)) throw error;
      // As in every read: what does not exist is null.
      return error.code === 'ResourceNotFoundException' ? null : error;
    }
  };
  const references = new Loader((instanceId, ids) => connect.listReferences({ instanceId, contactIds: ids }, options));
  const metrics = new Loader((instanceId, ids) => connect.getContactMetrics({ instanceId, contactIds: ids }, options));
  return {
    contacts,
    metrics,
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
    queues: new Loader((instanceId, ids) => connect.describeQueues({ instanceId, queueIds: ids }, options)),
    users: new Loader((instanceId, ids) => connect.describeUsers({ instanceId, userIds: ids }, options)),
    references,
    attachedFiles: new Loader((instanceId, ids) => Promise.all(ids.map((id) => readFile(instanceId, id)))),
    know,
    forget() {
      for (const reads of [contacts, metrics, chains, attributes, references]) reads.clearAll();
    },
  };
}
