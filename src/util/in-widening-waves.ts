/** What one read told: of the id that it was asked by, and of whichever others. */
export interface Told<Answer> {
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
