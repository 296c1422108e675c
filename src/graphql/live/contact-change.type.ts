import { Field, ObjectType, registerEnumType } from 'type-graphql';
import type { FeedChange, Resync } from '../../feed/contact-feed.js';
import { ConnectContact } from '../contact/contact.type.js';
import type { GatewayContext } from '../context.js';
import { DateTime } from '../values/date-time.js';

/** Kinds of changes. */
export const ConnectContactChangeKind = {
  INITIATED: 'INITIATED',
  UPDATED: 'UPDATED',
  QUEUED: 'QUEUED',
  CONNECTED: 'CONNECTED',
  PAUSED: 'PAUSED',
  RESUMED: 'RESUMED',
  DISCONNECTED: 'DISCONNECTED',
  COMPLETED: 'COMPLETED',
  RESYNC: 'RESYNC',
} as const satisfies { readonly [Kind in (FeedChange | Resync)['kind']]: Kind };
registerEnumType(ConnectContactChangeKind, {
  name: 'ConnectContactChangeKind',
  description: 'What happened to a contact. Source: contact events of Amazon Connect.',
  valuesConfig: {
    INITIATED: { description: 'It was created, or its scheduledTime came.' },
    UPDATED: { description: 'Its data changed, or the attributes of its chain.' },
    QUEUED: { description: 'It entered a queue.' },
    CONNECTED: { description: 'An agent took it.' },
    PAUSED: { description: 'It was paused.' },
    RESUMED: { description: 'It was resumed.' },
    DISCONNECTED: { description: 'It ended, or expired.' },
    COMPLETED: { description: 'It ended, and so did after-contact work.' },
    RESYNC: { description: 'Changes may have been missed: read again what you show. The contact is as it is now.' },
  },
});

/** What the stream of a subscription holds: a change with its instance. */
export interface StreamedChange {
  readonly instanceId: string;
  readonly contactId: string;
  readonly kind: (FeedChange | Resync)['kind'];
  /** Milliseconds since the epoch. */
  readonly occurredAt: number;
  readonly cursor: string;
}

/** One change of a contact. */
@ObjectType({ description: 'One change of a contact. What is selected of the contact is read after the change.' })
export class ConnectContactChange {
  readonly #context: GatewayContext;
  readonly #change: StreamedChange;

  constructor(context: GatewayContext, change: StreamedChange) {
    this.#context = context;
    this.#change = change;
  }

  @Field(() => ConnectContactChangeKind, { description: 'What happened.' })
  get kind(): StreamedChange['kind'] {
    return this.#change.kind;
  }

  @Field(() => ConnectContact, { description: 'The contact, as it is after the change.' })
  contact(): ConnectContact {
    const { instanceId, contactId } = this.#change;
    return new ConnectContact(this.#context, instanceId, contactId);
  }

  @Field(() => DateTime, {
    description: 'When it happened, by the clock of Amazon Connect: to the second before a real instance.',
  })
  get occurredAt(): Date {
    return new Date(this.#change.occurredAt);
  }

  @Field(() => String, { description: 'Continues after this change, as the argument after of a later subscription.' })
  get cursor(): string {
    return this.#change.cursor;
  }
}
