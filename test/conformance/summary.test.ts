import { describe, expect, it } from '@jest/globals';
import { type RanFile, summaryOf } from './summary.js';

/** A file of the suite with tests of one leg: the status of each rule's. */
function ran(leg: string, ...statuses: readonly string[]): RanFile {
  const testResults = statuses.map((status, index) => {
    return { ancestorTitles: [leg], title: `topic/rule-${index} MUST do something`, status };
  });
  return { testFilePath: '/project/test/conformance/leg.test.ts', testResults };
}

describe('The summary of a run', () => {
  it('reports of each leg whether its rules hold, and that no real instance was named', () => {
    expect(summaryOf([ran('One', 'passed', 'passed', 'pending'), ran('Two', 'passed', 'failed')])).toBe(
      [
        'Conformance',
        '  One: 2 rules hold',
        '  Two: 1 of 2 rules are broken',
        '  real instance: not run, set CONNECT_CONFORMANCE_INSTANCE_ID',
      ].join('\n'),
    );
  });

  it('reports the real instance where one was named', () => {
    expect(summaryOf([ran('A real instance', 'passed')])).toBe('Conformance\n  real instance: 1 rules hold');
  });

  it('is none where no leg ran', () => {
    const other = { ...ran('One', 'passed'), testFilePath: '/project/test/other/leg.test.ts' };
    expect(summaryOf([other, ran('One', 'pending')])).toBeUndefined();
  });
});
