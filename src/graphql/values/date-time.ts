import { GraphQLScalarType } from 'graphql';
import { GraphQLDateTime } from 'graphql-scalars';

/** The contract's DateTime: that of graphql-scalars, with a description that names its specification. */
export const DateTime = new GraphQLScalarType<Date, Date>({
  ...GraphQLDateTime.toConfig(),
  description: 'RFC 3339 date and time with offset: 2026-11-24T09:30:00Z.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time.html',
});
