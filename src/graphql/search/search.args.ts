import { ArgsType, Field, ID, InputType } from 'type-graphql';
import type { Channel } from '../../connect/contact.js';
import { SEARCH_SIZES } from '../../connect/limits.js';
import { Conforms, ConformsInside } from '../../validation/conforms.js';
import { idNotEmpty } from '../../validation/rules/identifiers.js';
import { eachText } from '../../validation/rules/lists.js';
import {
  searchAttributesRules,
  searchListLength,
  searchSortField,
  searchStartBeforeEnd,
  searchTagsRules,
  searchTextLength,
} from '../../validation/rules/search.js';
import { storableText } from '../../validation/rules/text.js';
import { ConnectionArgs } from '../connection/connection.args.js';
import { DateTime } from '../values/date-time.js';
import { ConnectChannel, ConnectSortDirection, ConnectTimestampField } from '../values/enums.js';
import { ConnectAttributeInput, ConnectTagInput } from '../values/values.inputs.js';

const idsRules = [searchListLength(SEARCH_SIZES.ids), eachText(idNotEmpty), eachText(storableText)];

/** When. */
@InputType({ description: 'A range of one of the instants of a contact. It holds its start and not its end.' })
export class ConnectTimeRangeInput {
  @Field(() => ConnectTimestampField, { description: 'Which instant.' })
  field!: keyof typeof ConnectTimestampField;

  @Field(() => DateTime, { description: 'The start, which is in the range.' })
  from!: Date;

  @Field(() => DateTime, { description: 'The end, which is not. It must be after the start.' })
  to!: Date;
}

/** Which contacts. */
@InputType({
  description:
    'Which contacts to find: those that meet all of it. What is omitted, and an empty list, lets every contact through. Connect searches a time range; it knows no filter by state. Source: SearchContacts, TimeRange and SearchCriteria.',
})
export class ConnectContactFilter {
  @Field(() => ConnectTimeRangeInput, { description: 'The range that one of their instants lies in.' })
  @Conforms([searchStartBeforeEnd])
  timeRange!: ConnectTimeRangeInput;

  @Field(() => String, {
    nullable: true,
    description: "A part of the task's name, in any case of the letters: at most 128 characters.",
  })
  @Conforms([searchTextLength, storableText])
  name?: string | null;

  @Field(() => [ConnectChannel], { nullable: true, description: 'Any of these channels.' })
  @Conforms([searchListLength(SEARCH_SIZES.words)])
  channels?: Channel[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Any of these ways in which contacts come about, such as API or TRANSFER; at most 100.',
  })
  @Conforms([searchListLength(SEARCH_SIZES.words), eachText(storableText)])
  initiationMethods?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Any of these queues, by their ids; at most 100.' })
  @Conforms(idsRules)
  queueIds?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Any of these agents, by their user ids; at most 100.' })
  @Conforms(idsRules)
  agentIds?: string[] | null;

  @Field(() => [ConnectAttributeInput], {
    nullable: true,
    description:
      'All of these user-defined attributes, with these very values: at most 15, each key once; keys of 1 to 100 characters, values of 0 to 100.',
  })
  @Conforms(searchAttributesRules)
  attributes?: ConnectAttributeInput[] | null;

  @Field(() => [ConnectTagInput], {
    nullable: true,
    description: 'All of these tags, with these very values: at most 50, each key once.',
  })
  @Conforms(searchTagsRules)
  tags?: ConnectTagInput[] | null;
}

/** In which order. */
@InputType({ description: 'The order of the contacts; those of the same instant come by their ids.' })
export class ConnectContactSort {
  @Field(() => ConnectTimestampField, { description: 'The instant that they are sorted by. Not ENQUEUED.' })
  @Conforms([searchSortField])
  field!: keyof typeof ConnectTimestampField;

  @Field(() => ConnectSortDirection, { description: 'Which way.' })
  direction!: keyof typeof ConnectSortDirection;
}

/** Which page of a search. */
@ArgsType()
export class SearchArgs extends ConnectionArgs {
  @Field(() => ConnectContactFilter, { description: 'Which contacts to find.' })
  @ConformsInside()
  filter!: ConnectContactFilter;

  @Field(() => ConnectContactSort, { nullable: true, description: 'Omitted: by INITIATED, the latest first.' })
  @ConformsInside()
  sort?: ConnectContactSort | null;
}
