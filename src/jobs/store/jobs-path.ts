/** Returns the path of the jobs that belong to a database file: connect.db has its jobs in connect.db.jobs. */
export function jobsPath(path: string): string {
  return `${path}.jobs`;
}
