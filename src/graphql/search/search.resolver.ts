import { getNamedType, type GraphQLObjectType, type GraphQLResolveInfo } from 'graphql';
import { Args, Ctx, Directive, Field, Info, Int, ObjectType, Query, Resolver } from 'type-graphql';
import type { SearchContactsRequest, SearchContactsResult } from '../../connect/contact-search.js';
import { InvalidParameterError, InvalidRequestError, isConnectFault } from '../../connect/errors.js';
import { PAGE_SIZES } from '../../connect/limits.js';
import { bytesOfContacts } from '../../connect/loaded-bytes.js';
import { connectionOf } from '../connection/connection-of.js';
import { LIST_SIZE } from '../connection/connection.args.js';
import { readConnection } from '../connection/read-connection.js';
import { ConnectContact } from '../contact/contact.type.js';
import type { GatewayContext } from '../context.js';
import { servedInstance } from '../instances.js';
import { Reads } from '../loading/reads.js';
import { selectedFields } from '../loading/selection.js';
import { SearchArgs } from './search.args.js';
import { pathInArguments, toSearch } from './to-search-request.js';

/**
 * Cost of a search, and of its count: each may go through all contacts of its range. A request within the default of
 * MAX_COST runs at most 39 of them.
 */
const SCAN_COST = '@cost(weight: 2500)';

/** A page of contacts. */
@ObjectType({ description: 'A page of the contacts of a search.' })
class ConnectContactConnection extends connectionOf(ConnectContact, { one: 'contact', many: 'contacts' }) {
  @Field(() => Int, {
    nullable: true,
    description:
      'Contacts of the whole search, on all pages. Null if Amazon Connect does not report it. Source: SearchContacts, TotalCount.',
  })
  @Directive(SCAN_COST)
  totalCount!: number | null;
}

/** Resolves searches. */
@Resolver()
export class SearchResolver {
  @Query(() => ConnectContactConnection, {
    description:
      'Contacts that meet a filter, page by page. A contact that changes between pages may be missing or come twice. Source: SearchContacts, by default 0.5 calls a second.',
  })
  @Directive(LIST_SIZE)
  @Directive(SCAN_COST)
  @Reads('SearchContacts')
  async searchConnectContacts(
    @Args(() => SearchArgs) args: SearchArgs,
    @Ctx() context: GatewayContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ConnectContactConnection> {
    const violations = context.validation.validate(args, []);
    if (violations.length > 0) throw new InvalidParameterError(violations);
    const search = toSearch(args, servedInstance(context, args.instanceId));
    // For some adapters a count is a read of its own.
    const counted = selectedFields(info, getNamedType(info.returnType) as GraphQLObjectType).has('totalCount');
    let totalCount: number | null = null;
    const connection = await readConnection(
      ['contacts', search],
      args,
      PAGE_SIZES.searchContacts.max,
      async (page) => {
        const found = await searchContacts(context, { ...search, ...page, counted });
        if (!context.answerSize.load(bytesOfContacts(found.contacts))) throw context.answerSize.refuse();
        context.loaders.know(found.contacts);
        totalCount = found.totalCount ?? null;
        return { items: found.contacts, ...(found.nextToken !== undefined && { nextToken: found.nextToken }) };
      },
      (contact) => ConnectContact.of(context, contact, 'SearchContacts'),
    );
    return { ...connection, totalCount };
  }
}

/** Calls the port and reports violations by their paths in the query's arguments. */
async function searchContacts(context: GatewayContext, request: SearchContactsRequest): Promise<SearchContactsResult> {
  try {
    return await context.connect.searchContacts(request, context.call);
  } catch (error) {
    if (!isConnectFault(error)) throw error;
    if (error.code !== 'InvalidParameterException' && error.code !== 'InvalidRequestException') throw error;
    const violations = error.violations.map((violation) => ({ ...violation, path: pathInArguments(violation.path) }));
    throw error.code === 'InvalidParameterException'
      ? new InvalidParameterError(violations)
      : new InvalidRequestError(violations);
  }
}
