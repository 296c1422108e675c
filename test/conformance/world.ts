import { expect } from '@jest/globals';
import type { Connect } from '../../src/connect/connect.js';
import type { Contact, ContactChain, Reference } from '../../src/connect/contact.js';
import { type ConnectFault, isConnectFault } from '../../src/connect/errors.js';
import type { StartTaskContactRequest } from '../../src/connect/start-task-contact.js';
import type { Fixtures } from './fixtures.js';

/** Members of a creation that a rule is about. */
export type Members = Partial<StartTaskContactRequest>;

/** A file that an attachment can be read from. */
export interface Upload {
  readonly url: string;
  /** Resolves when all attachments are approved or refused. */
  readonly settled: () => Promise<void>;
}

/** What a leg opens: one port, or several to the same instance. */
export interface OpenPorts {
  readonly ports: readonly [Connect, ...Connect[]];
  /** Milliseconds since the epoch, where it can be set. */
  readonly clock?: { now: number };
  /** Whether the adapter checks the rules itself, so that its refusals name them. Default: false. */
  readonly namesRules?: true;
  /** Puts a task into a queue, as a flow does. Default: the leg has no flow for it. */
  enqueue?(instanceId: string, contactId: string, queueId: string): Promise<unknown>;
  /** Offers a file for an attachment, and waits until the attachments are settled. Default: the leg has no place for it. */
  upload?(content: string): Promise<Upload>;
  /** Ends what was made so far, where it is not thrown away with the instance; throws where something stays active. */
  tidy?(): Promise<void>;
  close(): Promise<void>;
}

/** A refusal as adapters are compared: the API's name of it, and the quota that is full. */
export interface Refusal {
  readonly code: string;
  readonly quota?: string;
  readonly fault: ConnectFault;
}

/** A violation: the id of the rule, the path of the member, and the reported value. Default: any value. */
export type Broken = readonly [rule: string, path: readonly (string | number)[], actual?: string];

/** An id that nothing has. */
export const UNKNOWN_ID = '99999999-0000-4000-8000-000000000001';

/** A port with the words that rules are written in. */
export class World {
  constructor(
    readonly fixtures: Fixtures,
    readonly open: OpenPorts,
  ) {}

  get connect(): Connect {
    return this.open.ports[0];
  }

  /** The clock of a leg that can set it. */
  get clock(): { now: number } {
    if (!this.open.clock) throw new Error('This leg cannot set its clock');
    return this.open.clock;
  }

  /** Now, by the leg's clock or by ours. */
  now(): number {
    return this.open.clock?.now ?? Date.now();
  }

  /** So many milliseconds from now, at a whole second. */
  in(ms: number): Date {
    return new Date(Math.floor((this.now() + ms) / 1000) * 1000);
  }

  /** A fixture that the rule said it needs. */
  id(name: keyof Fixtures): string {
    const id = this.fixtures[name];
    if (id === undefined) throw new Error(`The rule does not say that it needs ${name}`);
    return id;
  }

  request(members: Members = {}): StartTaskContactRequest {
    const { contactFlowId, quickConnectId, taskTemplateId } = members;
    const namesSource = (contactFlowId ?? quickConnectId ?? taskTemplateId) !== undefined;
    const { instanceId, contactFlow } = this.fixtures;
    return { instanceId, name: 'Conformance', ...(!namesSource && { contactFlowId: contactFlow }), ...members };
  }

  /** Creates a task by one of the ports; returns its id. */
  async start(members: Members = {}, port: Connect = this.connect): Promise<string> {
    const { contactId } = await port.startTaskContact(this.request(members));
    return contactId;
  }

  /** Creates tasks at once, in turns by each port. */
  async race(requests: readonly Members[]): Promise<{ ids: readonly string[]; refusals: readonly Refusal[] }> {
    return this.atOnce(requests.map((members) => (port: Connect) => this.start(members, port)));
  }

  /** The references of a contact. */
  async references(id: string): Promise<readonly Reference[]> {
    return there(await this.connect.listReferences({ instanceId: this.fixtures.instanceId, contactIds: [id] }));
  }

  /** Makes calls at once, in turns to each port. */
  async atOnce<Result>(
    calls: readonly ((port: Connect) => Promise<Result>)[],
  ): Promise<{ ids: readonly Result[]; refusals: readonly Refusal[] }> {
    const { ports } = this.open;
    const outcomes = await Promise.allSettled(
      calls.map((call, index) => call(ports[index % ports.length] ?? this.connect)),
    );
    return {
      ids: outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : [])),
      refusals: outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [refusalOf(outcome.reason)] : [])),
    };
  }

  /** Creates a task that waits in a queue; returns its id. */
  async waiting(members: Members = {}, queueId: string = this.id('queue')): Promise<string> {
    const { enqueue } = this.open;
    if (enqueue === undefined) throw new Error('This leg cannot put tasks into queues');
    const id = await this.start(members);
    await enqueue(this.fixtures.instanceId, id, queueId);
    return id;
  }

  /** Offers a file for an attachment. */
  upload(content: string): Promise<Upload> {
    const { upload } = this.open;
    if (upload === undefined) throw new Error('This leg cannot offer files');
    return upload(content);
  }

  /** Carries a task on; returns the new contact's id. */
  async transfer(contactId: string, members: { queueId?: string; userId?: string; clientToken?: string } = {}) {
    const { contactFlow: contactFlowId } = this.fixtures;
    const request = { ...this.about(contactId), contactFlowId, ...members };
    const { contactId: next } = await this.connect.transferContact(request);
    return next;
  }

  /** The ids of a request about a contact. */
  about(contactId: string): { readonly instanceId: string; readonly contactId: string } {
    return { instanceId: this.fixtures.instanceId, contactId };
  }

  async contact(id: string): Promise<Contact> {
    return there(await this.connect.describeContacts({ instanceId: this.fixtures.instanceId, contactIds: [id] }));
  }

  async chain(id: string): Promise<ContactChain> {
    return there(await this.connect.listChains({ instanceId: this.fixtures.instanceId, contactIds: [id] }));
  }

  /** The ids of a chain's contacts. */
  async members(id: string): Promise<readonly string[]> {
    return (await this.chain(id)).members.map((member) => member.id);
  }

  async attributes(id: string): Promise<Readonly<Record<string, string>>> {
    const attributes = there(
      await this.connect.getAttributes({ instanceId: this.fixtures.instanceId, contactIds: [id] }),
    );
    return Object.fromEntries(attributes.map(({ key, value }) => [key, value]));
  }

  /** Waits for a call to be refused. */
  async refusal(call: Promise<unknown>): Promise<Refusal> {
    const [outcome] = await Promise.allSettled([call]);
    if (outcome.status === 'fulfilled') {
      throw new Error(`Expected a refusal, but got ${JSON.stringify(outcome.value)}`);
    }
    return refusalOf(outcome.reason);
  }

  /**
   * Returns the expected refusal: its code and, if the adapter names rules, exactly these violations and a message with
   * the path of each.
   */
  expected(code: string, ...broken: readonly Broken[]): object {
    if (!this.open.namesRules) return { code };
    const paths = broken.map(([, path]) => path.join('.').replace(/[^\w.]/g, '\\$&'));
    return {
      code,
      fault: {
        violations: broken.map(([rule, path, actual]) => ({ rule, path, ...(actual !== undefined && { actual }) })),
        message: expect.stringMatching(new RegExp(paths.join('[^]*'))),
      },
    };
  }

  /** The name of the error that a creation is refused with. */
  async refusedAs(members: Members): Promise<string> {
    return (await this.refusal(this.start(members))).code;
  }

  close(): Promise<void> {
    return this.open.close();
  }
}

function refusalOf(reason: unknown): Refusal {
  if (!isConnectFault(reason)) throw reason;
  return {
    code: reason.code === 'IllegalState' ? reason.apiName : reason.code,
    ...('quota' in reason && { quota: reason.quota }),
    fault: reason,
  };
}

function there<Thing>([answer]: readonly (Thing | null | ConnectFault)[]): Thing {
  if (answer === null || answer === undefined || isConnectFault(answer)) throw new Error(`Not found: ${answer}`);
  return answer;
}
