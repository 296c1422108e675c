import { type DocumentNode, GraphQLError, Kind } from 'graphql';
import type { RatedOperation, Rate } from '../../connect/rates.js';
import type { ResponseErrorCode } from '../../graphql/errors/response-codes.js';
import { ruleOf } from '../cost/cost-rules.js';
import { type EstimatedRequest, type EstimateFacts, estimateCalls } from './estimate.js';

/** Counting stops at this many times the limit, so that a refusal states by how much a request exceeds it. */
const COUNTED = 10;

/** Calls a second of a call that counts as 1: the rate that the API has for most of its operations. */
const USUAL_RATE = 2;

/** Returns an error TOO_MANY_UPSTREAM_CALLS if a request may cost more calls than one may. */
export type LimitCalls = (request: EstimatedRequest) => GraphQLError | undefined;

/**
 * Returns the weight of a call of an operation: its share of the time that a call at the usual rate takes. Contacts are
 * described 10 times a second, so that a page of 100 with their states counts as 24.
 */
export function weightsBy(rates: Readonly<Record<RatedOperation, Rate>>): (operation: RatedOperation) => number {
  return (operation) => USUAL_RATE / rates[operation].perSecond;
}

/**
 * Limits the calls on the API that one request may cost.
 *
 * @param limit number of calls (MAX_UPSTREAM_CALLS)
 */
export function limitCalls(limit: number, facts: EstimateFacts): LimitCalls {
  return (request) => {
    const estimate = estimated(request, facts, limit);
    if (estimate <= limit) return undefined;
    return new GraphQLError(
      `The request may cost ${estimate} calls to Amazon Connect, and one request may cost ${limit}. Ask for fewer contacts or chains, or for fewer details of each.`,
      { extensions: { code: 'TOO_MANY_UPSTREAM_CALLS' satisfies ResponseErrorCode, estimate, limit } },
    );
  };
}

/** A request that exceeds the limit and is executed all the same. */
export interface ExcessiveCalls {
  readonly estimate: number;
  readonly limit: number;
  /** Name of the operation, if it has one. */
  readonly operation: string | undefined;
}

/**
 * Reports requests that {@link limitCalls} would refuse, each document once. A document within the limit is not estimated
 * again, because an estimate takes a tenth of the CPU of a creation.
 */
export function reportCalls(
  limit: number,
  facts: EstimateFacts,
  report: (excessive: ExcessiveCalls) => void,
): LimitCalls {
  const seen = new WeakSet<DocumentNode>();
  return (request) => {
    const { document, operation } = request;
    if (seen.has(document)) return undefined;
    const estimate = estimated(request, facts, limit);
    // A document whose pages and lists come by variables can exceed the limit later.
    if (estimate > limit || !hasLists(request)) seen.add(document);
    if (estimate > limit) report({ estimate, limit, operation: operation.name?.value });
    return undefined;
  };
}

function estimated(request: EstimatedRequest, facts: EstimateFacts, limit: number): number {
  // Sums of fractions are off by some billionths.
  return Math.ceil(estimateCalls(request, facts, COUNTED * limit) - 1e-6);
}

/** Whether a root field has a length that a client chooses: a page, a list of ids or of references. */
function hasLists({ schema, operation }: EstimatedRequest): boolean {
  const fields = schema.getRootType(operation.operation)?.getFields() ?? {};
  return operation.selectionSet.selections.some((selection) => {
    if (selection.kind !== Kind.FIELD) return true;
    const field = fields[selection.name.value];
    if (field === undefined) return false; // __typename
    const { listSize, listArgument } = ruleOf(field);
    return listSize !== undefined || listArgument !== undefined || field.name === '_entities';
  });
}
