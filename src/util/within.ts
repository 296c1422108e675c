/** Waits for work, and hurries it along when it takes longer than it may. */
export async function within(milliseconds: number, work: Promise<void>, hurry: () => void): Promise<void> {
  const timer = setTimeout(hurry, milliseconds);
  try {
    await work;
  } finally {
    clearTimeout(timer);
  }
}
