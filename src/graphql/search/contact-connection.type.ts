import { Field, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../connection/connection-of.js';
import { ConnectContact } from '../contact/contact.type.js';

/** A page of contacts. */
@ObjectType({ description: 'A page of the contacts that a search finds.' })
export class ConnectContactConnection extends connectionOf(ConnectContact, { one: 'contact', many: 'contacts' }) {
  @Field(() => Int, {
    nullable: true,
    description:
      'How many contacts the search finds in all, whatever the page. Null: Connect did not tell. Source: SearchContacts, TotalCount.',
  })
  totalCount!: number | null;
}
