import { Directive, Field, ObjectType } from 'type-graphql';

/** Where a page stands in its list. */
@ObjectType({ description: 'Where a page stands in its list, as Relay has it.' })
@Directive('@shareable')
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether items come after this page.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, {
    description: 'Whether the page was asked for by a cursor, so that items may come before it.',
  })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: "The first item's cursor. Null: the page is empty." })
  startCursor?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "The last item's cursor: give it as after to get the next page. Null: there is none, and nothing comes after.",
  })
  endCursor?: string | null;
}
