/** The result of one read: the answers of its own id and of any others. */
interface WaveRead<Answer> {
  readonly answers: ReadonlyMap<string, Answer>;
  /** Whether the read failed. It then does not show which ids belong together. */
  readonly failed: boolean;
}

/**
 * Reads ids in waves, where one read may answer several of them and only the answers show which. While a read answers
 * other requested ids too, reads follow one another, so ids that belong together are read once. A wave of ids that all
 * prove to be separate is followed by a wave of twice the size. Decision: at worst one wave reads an id twice.
 *
 * @param width maximum number of concurrent reads
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
    const areSeparate = reads.every(
      ({ answers, failed }, index) => !failed && [...wanted].every((id) => id === wave[index] || !answers.has(id)),
    );
    for (const { answers } of reads) for (const [id, answer] of answers) all.set(id, answer);
    wanted = new Set([...wanted].filter((id) => !all.has(id) && !wave.includes(id)));
    atOnce = areSeparate ? Math.min(atOnce * 2, width) : 1;
  }
  return all;
}
