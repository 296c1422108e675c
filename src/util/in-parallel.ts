/**
 * Maps items by an asynchronous function, several at once, in the order of the items.
 *
 * @param width calls at once, at most
 */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results = new Array<Result>(items.length);
  const rest = items.entries();
  const worker = async () => {
    for (const [index, item] of rest) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  return results;
}

/** Reads each distinct id once, several at once, and answers in the order of the ids. */
export async function eachOnce<Answer>(
  ids: readonly string[],
  width: number,
  read: (id: string) => Promise<Answer>,
): Promise<readonly Answer[]> {
  const distinct = [...new Set(ids)];
  const answers = await inParallel(distinct, width, read);
  const byId = new Map(distinct.map((id, index) => [id, answers[index] as Answer]));
  return ids.map((id) => byId.get(id) as Answer);
}
