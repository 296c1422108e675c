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

/** What one read told: of the id that it was asked by, and of whichever others. */
interface Told<Answer> {
  readonly answers: ReadonlyMap<string, Answer>;
  /** Whether it failed, and tells nothing of what belongs together. */
  readonly failed: boolean;
}

/**
 * Reads of which one may answer for many ids, and which of them belong together shows only in the answers. As long as an
 * answer tells of others that were wanted too, one read follows the other, so that what belongs together is read once.
 * Where all of a wave turn out to be apart from everything else that was wanted, twice as many are read at the same time
 * next (our decision: at worst one wave reads twice what the waves before it gave no sign of).
 *
 * @param width how many at once, at most
 * @returns what was told, by id
 */
export async function inWideningWaves<Answer>(
  ids: readonly string[],
  width: number,
  read: (id: string) => Promise<Told<Answer>>,
): Promise<ReadonlyMap<string, Answer>> {
  const all = new Map<string, Answer>();
  let [wanted, atOnce] = [new Set(ids), 1];
  while (wanted.size > 0) {
    const wave = [...wanted].slice(0, atOnce);
    const told = await Promise.all(wave.map(read));
    const areApart = told.every(
      ({ answers, failed }, index) => !failed && [...wanted].every((id) => id === wave[index] || !answers.has(id)),
    );
    for (const { answers } of told) for (const [id, answer] of answers) all.set(id, answer);
    wanted = new Set([...wanted].filter((id) => !all.has(id) && !wave.includes(id)));
    atOnce = areApart ? Math.min(atOnce * 2, width) : 1;
  }
  return all;
}
