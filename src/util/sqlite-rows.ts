/** The values of a row, in the order of its columns. */
type Values = readonly unknown[];

/**
 * Returns a function that makes a plain object of the values of a row. It takes half the time that node:sqlite needs to make
 * its objects, which have no prototype.
 *
 * @param names the names of the columns
 */
export function rowMaker(names: readonly string[]): (values: Values) => Record<string, unknown> {
  return (values) => {
    const row: Record<string, unknown> = {};
    for (let index = 0; index < names.length; index++) row[names[index] as string] = values[index];
    return row;
  };
}

/**
 * Returns a function that makes a view of the values of a row. Each column is a getter, because a contact has 40 columns and
 * copying them all takes longer than reading those that are needed. A view has no members of its own, so it can be neither
 * spread nor listed.
 *
 * @param names the names of the columns
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
