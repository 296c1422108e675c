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
  searchRangeLength,
  searchStartBeforeEnd,
  searchTagsRules,
  searchTextLength,
} from '../../validation/rules/search.js';
import { storableText } from '../../validation/rules/text.js';
import { ConnectionArgs } from '../connection/connection.args.js';
import { DateTime } from '../values/date-time.js';
import {
  ConnectChannel,
  ConnectContactSortField,
  ConnectSortDirection,
  ConnectTimestampField,
} from '../values/enums.js';
import { ConnectAttributeInput, ConnectTagInput } from '../values/values.inputs.js';

const idsRules = [searchListLength(SEARCH_SIZES.ids), eachText(idNotEmpty), eachText(storableText)];

/** A range of a timestamp. */
@InputType({ description: 'A range of one timestamp of the contacts: from its start, without its end.' })
export class ConnectTimeRangeInput {
  @Field(() => ConnectTimestampField, { description: 'The timestamp.' })
  field!: keyof typeof ConnectTimestampField;

  @Field(() => DateTime, { description: 'The start, included.' })
  from!: Date;

  @Field(() => DateTime, { description: 'The end, excluded. It must be after the start.' })
  to!: Date;
}

/** Arguments of a query for several contacts, or the conditions of a search. */
@InputType({
  description:
    'Conditions of a search; a contact must meet all of them. An omitted member or an empty list has no effect; there is no filter by state. Source: SearchContacts, TimeRange and SearchCriteria.',
})
export class ConnectContactFilter {
  @Field(() => ConnectTimeRangeInput, {
    description:
      'The range of one timestamp. Amazon Connect states at most 8 weeks and 10,000 contacts for the search of its console; with CONNECT_STRICT a longer range is refused.',
  })
  @Conforms([searchStartBeforeEnd, searchRangeLength])
  timeRange!: ConnectTimeRangeInput;

  @Field(() => String, {
    nullable: true,
    description: "A part of the task's name, case-insensitive: at most 128 characters.",
  })
  @Conforms([searchTextLength, storableText])
  name?: string | null;

  @Field(() => [ConnectChannel], { nullable: true, description: 'Any of these channels.' })
  @Conforms([searchListLength(SEARCH_SIZES.words)])
  channels?: Channel[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Any of these initiation methods, such as API or TRANSFER; at most 100.',
  })
  @Conforms([searchListLength(SEARCH_SIZES.words), eachText(storableText)])
  initiationMethods?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Any of these queues, by their ids; at most 100.' })
  @Conforms(idsRules)
  queueIds?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Any of these agents, by their user ids; at most 100.' })
  @Conforms(idsRules)
  agentIds?: string[] | null;

  @Field(() => [ConnectTimestampField], {
    nullable: true,
    description:
      'None of these timestamps: [ENDED] finds open contacts, [ENDED, CONNECTED_TO_AGENT] those that no agent has accepted. Source: SearchContacts, AdditionalTimeRange, NOT_EXISTS.',
  })
  @Conforms([searchListLength(SEARCH_SIZES.words)])
  without?: (keyof typeof ConnectTimestampField)[] | null;

  @Field(() => [ConnectAttributeInput], {
    nullable: true,
    description:
      'All of these user-defined attributes, with exactly these values. Amazon Connect finds only attributes that were configured as searchable: at most 15, each key once; keys of 1 to 100 characters, values of 0 to 100.',
  })
  @Conforms(searchAttributesRules)
  attributes?: ConnectAttributeInput[] | null;

  @Field(() => [ConnectTagInput], {
    nullable: true,
    description: 'All of these tags, with exactly these values: at most 50, each key once.',
  })
  @Conforms(searchTagsRules)
  tags?: ConnectTagInput[] | null;
}

/** The order of a search. */
@InputType({
  description:
    'The order of the contacts; equal timestamps are ordered by id, and contacts without the timestamp come last.',
})
export class ConnectContactSort {
  @Field(() => ConnectContactSortField, { description: 'The timestamp to sort by, except ENQUEUED.' })
  @Conforms([searchSortField])
  field!: keyof typeof ConnectContactSortField;

  @Field(() => ConnectSortDirection, { description: 'The direction.' })
  direction!: keyof typeof ConnectSortDirection;
}

/** Arguments of a search. */
@ArgsType()
export class SearchArgs extends ConnectionArgs {
  @Field(() => ConnectContactFilter, { description: 'The conditions of the search.' })
  @ConformsInside()
  filter!: ConnectContactFilter;

  @Field(() => ConnectContactSort, { nullable: true, description: 'Default: by INITIATED, the latest first.' })
  @ConformsInside()
  sort?: ConnectContactSort | null;
}
