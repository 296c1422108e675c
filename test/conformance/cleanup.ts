import type { Connect } from '../../src/connect/connect.js';
import type { TransferContactRequest } from '../../src/connect/lifecycle.js';
import type { StartTaskContactRequest } from '../../src/connect/start-task-contact.js';
import { portWith } from '../support/port.js';

/** Creates once more, with the token that a lost answer was sent with: it answers with what was made then. */
type Again = () => Promise<{ readonly contactId: string }>;

/** A port that remembers what was made through it, and can end that. */
export class Cleanup {
  readonly port: Connect;
  readonly #connect: Connect;
  readonly #instanceId: string;
  readonly #made = new Set<string>();
  #unknown: Again[] = [];

  constructor(connect: Connect, instanceId: string) {
    this.#connect = connect;
    this.#instanceId = instanceId;
    const start: Connect['startTaskContact'] = (request, options) =>
      this.#note(request, (asked) => connect.startTaskContact(asked, options));
    const transfer: Connect['transferContact'] = (request, options) =>
      this.#note(request, (asked) => connect.transferContact(asked, options));
    this.port = portWith(connect, { startTaskContact: start, transferContact: transfer });
  }

  /**
   * Ends whatever was made and is active. What could not be ended is tried again the next time.
   *
   * @throws an Error that names what stays active
   */
  async tidy(): Promise<void> {
    const unknown = this.#unknown;
    this.#unknown = [];
    const lost: string[] = [];
    for (const again of unknown) {
      const made = await again().catch(() => undefined);
      if (made) this.#made.add(made.contactId);
      else {
        this.#unknown.push(again);
        lost.push('one whose creation was not answered');
      }
    }
    const ids = [...this.#made];
    const ended = await Promise.all(ids.map((id) => this.#end(id)));
    ids.forEach((id, index) => {
      if (ended[index]) this.#made.delete(id);
    });
    const left = [...this.#made, ...lost];
    if (left.length > 0) throw new Error(`These contacts could not be stopped, stop them by hand: ${left.join(', ')}`);
  }

  async #note<Request extends StartTaskContactRequest | TransferContactRequest, Result extends { contactId: string }>(
    request: Request,
    make: (request: Request) => Promise<Result>,
  ): Promise<Result> {
    try {
      const result = await make(request);
      this.#made.add(result.contactId);
      return result;
    } catch (error) {
      const { code, clientToken } = error as { code?: string; clientToken?: string };
      if (code === 'OutcomeUnknown' && clientToken !== undefined) {
        this.#unknown.push(() => make({ ...request, clientToken }));
      }
      throw error;
    }
  }

  /** Whether the contact has ended now. What a refusal to stop it means, the contact itself says. */
  async #end(contactId: string): Promise<boolean> {
    try {
      await this.#connect.stopContact({ instanceId: this.#instanceId, contactId });
      return true;
    } catch {
      const [contact] = await this.#connect
        .describeContacts({ instanceId: this.#instanceId, contactIds: [contactId] })
        .catch(() => []);
      return contact === null || (contact !== undefined && 'endedAt' in contact && contact.endedAt !== undefined);
    }
  }
}
