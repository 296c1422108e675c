/** A reference in the API's form; its key in the map is its name. */
export interface WireReference {
  readonly Type: string;
  readonly Value: string;
}

/** An attachment in the API's form. */
export interface WireAttachment {
  readonly FileName: string;
  readonly S3Url: string;
}

/** A segment attribute in the API's form. */
export interface SegmentAttributeValue {
  readonly ValueString?: string;
  readonly ValueInteger?: number;
  readonly ValueMap?: WireMap<SegmentAttributeValue>;
}

/** A field of a task template in the API's form. */
export interface WireTemplateField {
  readonly name: string;
  readonly type?: string;
  readonly description?: string;
  readonly options?: readonly string[];
}

/** Names of the fields of a task template, by constraint. */
export interface WireTemplateConstraints {
  readonly RequiredFields: readonly string[];
  readonly ReadOnlyFields: readonly string[];
  readonly InvisibleFields: readonly string[];
}

/** The default value of a task template's field. */
export interface WireTemplateDefault {
  readonly name: string;
  readonly value?: string;
}

/** The entries of a JSON map, in their order. */
export type WireMap<Value> = readonly (readonly [key: string, value: Value])[];

/** Types of request members, by their names in the table of operations. */
export interface MemberTypes {
  readonly string: string;
  /** A whole number. */
  readonly integer: number;
  /** A whole number of any size, in decimal digits. */
  readonly long: string;
  readonly timestamp: Date;
  readonly 'string list': readonly string[];
  /** The names of metrics. */
  readonly 'metric list': readonly string[];
  readonly 'template field list': readonly WireTemplateField[];
  readonly 'template constraints': WireTemplateConstraints;
  readonly 'template defaults': readonly WireTemplateDefault[];
  readonly 'string map': WireMap<string>;
  readonly 'reference map': WireMap<WireReference>;
  readonly 'attachment list': readonly WireAttachment[];
  readonly 'segment attribute map': WireMap<SegmentAttributeValue>;
  /** An object that the operation itself reads. */
  readonly structure: Readonly<Record<string, unknown>>;
  /** An object or a list that is always refused, so its content is not read. */
  readonly refused: unknown;
}

/** Location, type and presence of a request member. */
export interface Member {
  readonly type: keyof MemberTypes;
  /** Default: the body. */
  readonly in?: 'path' | 'query';
  /** Its name in the query, if that differs. */
  readonly wireName?: string;
  readonly required?: true;
}

/** The members of an operation's request, by their names. */
export type Members = Readonly<Record<string, Member>>;

type RequiredNames<Of extends Members> = {
  [Name in keyof Of]: Of[Name] extends { readonly required: true } ? Name : never;
}[keyof Of];

/** The values of a request with these members. */
export type Input<Of extends Members> = {
  readonly [Name in RequiredNames<Of>]: MemberTypes[Of[Name]['type']];
} & {
  readonly [Name in Exclude<keyof Of, RequiredNames<Of>>]?: MemberTypes[Of[Name]['type']];
};
