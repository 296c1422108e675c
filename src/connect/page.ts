/** One page of a list, and where the next one begins. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Opaque, and bound to the query that it came with; absent on the last page. */
  readonly nextToken?: string;
}

/** Which page of a list. */
export interface PageRequest {
  /** Items on a page, at most; each list states its own bounds and default. */
  readonly maxResults?: number;
  /** From the page before. Omitted: the first page. */
  readonly nextToken?: string;
}
