import { type GraphQLObjectType, type GraphQLSchema, isObjectType } from 'graphql';
import { Extensions } from 'type-graphql';
import type { RatedOperation } from '../../connect/rates.js';

/** How Amazon Connect reports a field. Estimates, the look-ahead and what objects know of themselves follow from it. */
export interface FieldReads {
  /** Operations that read the field: all of them, unless the object came by one of them. */
  readonly by: readonly RatedOperation[];
  /** Operations that report the field beside the object: one that came by any of them needs no read. Default: none. */
  readonly reportedBy: readonly RatedOperation[];
  /** Member that holds the id of what the field refers to. Default: the field is a member of its own name. */
  readonly id?: string;
  /** Whether the field refers to a contact of the same chain. Default: false. */
  readonly ofChain?: true;
  /** Maximum number of things in the field's list. Default: as many as a chain has contacts. */
  readonly most?: number;
  /** Operation that shows whether the object exists, if a router refers to it and this field alone is selected. */
  readonly verifiedBy?: RatedOperation;
}

/** What a mutation calls on Amazon Connect. */
export interface MutationCalls {
  /** Calls in any case. */
  readonly calls: number;
  /** Further calls if it is refused, when nothing that is selected is read. Default: 0. */
  readonly whenRefused?: number;
  /** Operation that reads the payload's contact, whatever is selected. Default: none, so that its id alone is known. */
  readonly reads?: RatedOperation;
  /** Members that the request states of the contact that it creates. */
  readonly stated?: ReadonlySet<string>;
}

/** What a field's `extensions` hold. */
export interface FieldExtensions {
  readonly reads?: FieldReads;
  readonly calls?: MutationCalls | ((args: Readonly<Record<string, unknown>>) => MutationCalls);
}

type FieldsByName = ReadonlyMap<string, FieldReads>;

const declared = new WeakMap<object, Map<string, FieldReads>>();

/**
 * States how Amazon Connect reports a field.
 *
 * @param by the operations that read it
 * @example
 * \@Reads('DescribeContact', { reportedBy: ['ListAssociatedContacts'] })
 */
export function Reads(
  by: RatedOperation | readonly RatedOperation[],
  options: Partial<Omit<FieldReads, 'by'>> = {},
): MethodDecorator {
  const reads: FieldReads = { reportedBy: [], ...options, by: [by].flat() };
  return (prototype, name) => {
    const ofClass = declared.get(prototype) ?? new Map<string, FieldReads>();
    declared.set(prototype, ofClass.set(String(name), reads));
    Extensions({ reads } satisfies FieldExtensions)(prototype, name);
  };
}

/** States what a mutation calls on Amazon Connect. */
export function Calls(calls: FieldExtensions['calls']): MethodDecorator {
  return Extensions({ calls }) as MethodDecorator;
}

const known = new WeakMap<object, FieldsByName>();

/** The statements of a class by field, those that it inherits included. */
export function readsOf({ prototype }: { readonly prototype: object }): FieldsByName {
  const before = known.get(prototype);
  if (before !== undefined) return before;
  const found = new Map<string, FieldReads>();
  for (let each: object | null = prototype; each !== null; each = Object.getPrototypeOf(each)) {
    for (const [name, reads] of declared.get(each) ?? []) found.set(name, reads);
  }
  known.set(prototype, found);
  return found;
}

/** The operations that a selection of some fields of a class needs, if nothing but the object's key is known. */
export function operationsFor(type: { readonly prototype: object }, fields: Iterable<string>): Set<RatedOperation> {
  const reads = readsOf(type);
  const operations = new Set<RatedOperation>();
  for (const field of fields) {
    const { by = [], verifiedBy } = reads.get(field) ?? {};
    for (const operation of by) operations.add(operation);
    if (verifiedBy !== undefined) operations.add(verifiedBy);
  }
  return operations;
}

/** The members of a class's objects that an operation reports: one that it leaves out is one that the object does not have. */
export function membersReportedBy(
  type: { readonly prototype: object },
  operation: RatedOperation,
): ReadonlySet<string> {
  const reported = [...readsOf(type)].filter(([, reads]) => isReportedBy(reads, operation));
  return new Set(reported.map(([field, reads]) => memberOf(field, reads)));
}

/** Whether an object that came by an operation has a field without a read. */
export function isReportedBy({ by, reportedBy }: FieldReads, operation: RatedOperation): boolean {
  return by.includes(operation) || reportedBy.includes(operation);
}

/** The member of the port's object that a field is made of. */
export function memberOf(field: string, { id }: Partial<FieldReads> = {}): string {
  return id ?? field;
}

/** Copies what is stated of the fields to a schema that was built from the SDL of the annotated one. */
export function copyExtensions(from: GraphQLSchema, to: GraphQLSchema): void {
  for (const type of Object.values(from.getTypeMap())) {
    if (!isObjectType(type)) continue;
    const fields = (to.getType(type.name) as GraphQLObjectType).getFields();
    for (const { name, extensions } of Object.values(type.getFields())) {
      Object.assign(fields[name] as object, { extensions });
    }
  }
}
