import { summaryOf } from './summary.ts';

/** Ends a run of the conformance suite with its summary. */
export default class ConformanceReporter {
  onRunComplete(_contexts, { testResults }) {
    const summary = summaryOf(testResults);
    if (summary !== undefined) process.stderr.write(`\n${summary}\n`);
  }
}
