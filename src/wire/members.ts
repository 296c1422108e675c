/** A reference as the wire has it: its name is its key in the map. */
export interface WireReference {
  readonly Type: string;
  readonly Value: string;
}

/** A segment attribute as the wire has it. */
export interface SegmentAttributeValue {
  readonly ValueString?: string;
  readonly ValueInteger?: number;
  readonly ValueMap?: WireMap<SegmentAttributeValue>;
}

/** A field of a task template as the wire has it. */
export interface WireTemplateField {
  readonly name: string;
  readonly type?: string;
  readonly description?: string;
  readonly options?: readonly string[];
}

/** The fields of a task template that have a constraint, by name. */
export interface WireTemplateConstraints {
  readonly RequiredFields: readonly string[];
  readonly ReadOnlyFields: readonly string[];
  readonly InvisibleFields: readonly string[];
}

/** What a field of a task template holds at first. */
export interface WireTemplateDefault {
  readonly name: string;
  readonly value?: string;
}

/** A map of the wire: its entries, in their order. */
export type WireMap<Value> = readonly (readonly [key: string, value: Value])[];

/** The types that members of requests have, by the names that the table of operations gives them. */
export interface MemberTypes {
  readonly string: string;
  /** A whole number. */
  readonly integer: number;
  readonly timestamp: Date;
  readonly 'string list': readonly string[];
  readonly 'template field list': readonly WireTemplateField[];
  readonly 'template constraints': WireTemplateConstraints;
  readonly 'template defaults': readonly WireTemplateDefault[];
  readonly 'string map': WireMap<string>;
  readonly 'reference map': WireMap<WireReference>;
  readonly 'segment attribute map': WireMap<SegmentAttributeValue>;
  /** An object whose inside the operation reads. */
  readonly structure: Readonly<Record<string, unknown>>;
  /** An object or a list that is refused wherever it is given: its inside does not matter. */
  readonly refused: unknown;
}

/** Where a member of a request travels, what it is, and whether it must be there. */
export interface Member {
  readonly type: keyof MemberTypes;
  /** Omitted: the body. */
  readonly in?: 'path' | 'query';
  /** Its name in the query, where that differs. */
  readonly wireName?: string;
  readonly required?: true;
}

/** The members of an operation's request, by their names. */
export type Members = Readonly<Record<string, Member>>;

type RequiredNames<Of extends Members> = {
  [Name in keyof Of]: Of[Name] extends { readonly required: true } ? Name : never;
}[keyof Of];

/** What is read from a request that has these members. */
export type Input<Of extends Members> = {
  readonly [Name in RequiredNames<Of>]: MemberTypes[Of[Name]['type']];
} & {
  readonly [Name in Exclude<keyof Of, RequiredNames<Of>>]?: MemberTypes[Of[Name]['type']];
};
