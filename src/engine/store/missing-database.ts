/** There is no database where one was to be looked at. None is made. */
export class MissingDatabaseError extends Error {
  constructor(what: string) {
    super(`There is no database at ${what}. Give another DATABASE_URL.`);
    this.name = 'MissingDatabaseError';
  }
}
