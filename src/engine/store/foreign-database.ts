/** What the URL leads to is there, but it is not a database of this program. It is left as it is. */
export class ForeignDatabaseError extends Error {
  /**
   * @param what the database, as the user knows it
   * @param why what gives it away
   */
  constructor(what: string, why: string, options?: ErrorOptions) {
    super(
      `${what} is not a database of this program (${why}). Nothing was changed: give another DATABASE_URL, or move what is there away.`,
      options,
    );
    this.name = 'ForeignDatabaseError';
  }
}
