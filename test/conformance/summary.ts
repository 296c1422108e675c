/** What is known of a file of tests that ran. */
export interface RanFile {
  readonly testFilePath: string;
  readonly testResults: readonly {
    readonly ancestorTitles: readonly string[];
    readonly title: string;
    readonly status: string;
  }[];
}

/** How the leg is called that is there only where the environment names an instance. */
const REAL = 'A real instance';

/** The title of a rule's test: its id, and what it must or should. */
const RULE = /^[a-z-]+\/\S+ (MUST|SHOULD) /;

/**
 * Sums a run of the conformance suite up: a line for each leg that ran.
 *
 * @returns undefined where no leg ran
 */
export function summaryOf(files: readonly RanFile[]): string | undefined {
  const legs = new Map<string, { held: number; broken: number }>();
  for (const { testFilePath, testResults } of files) {
    if (!/[\\/]test[\\/]conformance[\\/]/.test(testFilePath)) continue;
    for (const { ancestorTitles, title, status } of testResults) {
      if (!RULE.test(title) || !['passed', 'failed'].includes(status)) continue;
      const name = ancestorTitles.join(' ');
      const leg = legs.get(name) ?? { held: 0, broken: 0 };
      legs.set(name, leg);
      leg[status === 'passed' ? 'held' : 'broken']++;
    }
  }
  if (legs.size === 0) return undefined;
  const lines = [...legs].map(([name, { held, broken }]) => {
    return `  ${shown(name)}: ${broken === 0 ? `${held} rules hold` : `${broken} of ${held + broken} rules are broken`}`;
  });
  if (!legs.has(REAL)) lines.push(`  ${shown(REAL)}: not run, set CONNECT_CONFORMANCE_INSTANCE_ID`);
  return ['Conformance', ...lines].join('\n');
}

function shown(name: string): string {
  return name === REAL ? 'real instance' : name;
}
