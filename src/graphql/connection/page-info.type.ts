import { Directive, Field, ObjectType } from 'type-graphql';

/** A page's position in its list. */
@ObjectType({ description: "A page's position in its list, as Relay defines it." })
@Directive('@shareable')
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether items come after this page.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, {
    description: 'Whether the page was requested by a cursor, so that items may precede it.',
  })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: "The first item's cursor. Null if the page is empty." })
  startCursor?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "The last item's cursor: pass it as after to get the next page. Null if the page is empty and the last.",
  })
  endCursor?: string | null;
}
