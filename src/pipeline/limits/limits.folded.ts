/** What one request may ask for. All of it is judged before anything runs. */
export interface RequestLimits {
  /** Values in the variables, those within lists and objects included. */
  readonly variableValues: number;
  /**
   * Tokens of a document. The ready operations have some 100, GraphiQL's introspection some 300; a creation that is
   * written out with all the attributes that have room is what needs more.
   */
  readonly tokens: number;
  /** Fields within fields, introspection aside, and values within values of a variable. */
  readonly depth: number;
  /** Aliases of an operation, those of a fragment once for each spread. */
  readonly aliases: number;
  /** Directives of an operation, those of a fragment once for each spread. */
  readonly directives: number;
  /** Estimated cost, by @cost and @listSize. */
  readonly cost: number;
}
