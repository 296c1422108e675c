/** The values of a row, in the order of its columns. */
type Values = readonly unknown[];

/**
 * Makes a function that makes plain rows of their values. Rows that node:sqlite makes itself have no prototype and take
 * twice the time.
 *
 * @param names of the columns
 */
export function rowMaker(names: readonly string[]): (values: Values) => Record<string, unknown> {
  return (values) => {
    const row: Record<string, unknown> = {};
    for (let index = 0; index < names.length; index++) row[names[index] as string] = values[index];
    return row;
  };
}

/**
 * Makes a function that makes views of rows: each column is read from the values where it is asked for. A contact has 40
 * columns, so that copying them costs more than reading those that its answer needs. A view has no members of its own:
 * it can be neither spread nor listed, and is for rows that are only looked at.
 *
 * @param names of the columns
 */
export function rowViewMaker(names: readonly string[]): (values: Values) => unknown {
  class RowView {
    constructor(readonly values: Values) {}
  }
  names.forEach((name, index) => {
    Object.defineProperty(RowView.prototype, name, {
      get(this: RowView) {
        return this.values[index];
      },
    });
  });
  return (values) => new RowView(values);
}
