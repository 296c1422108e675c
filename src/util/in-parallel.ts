/**
 * Does the same to each item, several at once, and answers in the order of the items.
 *
 * @param width how many at once, at most
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

/** The same for ids of which some may be named twice: each is read once, and answered in every place. */
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
