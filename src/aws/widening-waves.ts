/** The result of one read: answers for the id it was made for, and for any others. */
interface WaveRead<Answer> {
  readonly answers: ReadonlyMap<string, Answer>;
  /** Whether it failed, and so says nothing about which ids belong together. */
  readonly failed: boolean;
}

/**
 * Reads ids in waves, where one read may answer several of them and only the answers show which. While a read answers
 * other wanted ids too, reads follow one another, so that ids that belong together are read once. A wave whose ids prove
 * to be apart from all others is followed by one of twice the size. Decision: at worst one wave reads an id twice.
 *
 * @param width reads at the same time, maximum
 * @returns the answers by id
 */
export async function inWideningWaves<Answer>(
  ids: readonly string[],
  width: number,
  read: (id: string) => Promise<WaveRead<Answer>>,
): Promise<ReadonlyMap<string, Answer>> {
  const all = new Map<string, Answer>();
  let [wanted, atOnce] = [new Set(ids), 1];
  while (wanted.size > 0) {
    const wave = [...wanted].slice(0, atOnce);
    const reads = await Promise.all(wave.map(read));
    const areApart = reads.every(
      ({ answers, failed }, index) => !failed && [...wanted].every((id) => id === wave[index] || !answers.has(id)),
    );
    for (const { answers } of reads) for (const [id, answer] of answers) all.set(id, answer);
    wanted = new Set([...wanted].filter((id) => !all.has(id) && !wave.includes(id)));
    atOnce = areApart ? Math.min(atOnce * 2, width) : 1;
  }
  return all;
}
