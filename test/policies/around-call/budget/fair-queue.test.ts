import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FairQueue, type Queued } from '../../../../src/policies/around-call/budget/fair-queue.js';

const item = fc.record({ caller: fc.constantFrom('a', 'b', 'c', 'd'), purpose: fc.constantFrom('MUTATION', 'QUERY') });
const steps = fc.array(fc.oneof({ weight: 3, arbitrary: item }, fc.constant('shift' as const)), { maxLength: 60 });

function filled(script: readonly (Queued | 'shift')[]): FairQueue<Queued> {
  const queue = new FairQueue<Queued>();
  for (const step of script) {
    if (step === 'shift') queue.shift();
    else queue.add({ ...step });
  }
  return queue;
}

function drained(queue: FairQueue<Queued>): Queued[] {
  const items: Queued[] = [];
  for (let next = queue.shift(); next; next = queue.shift()) items.push(next);
  return items;
}

describe('A fair queue', () => {
  it('serves in the order that it stated before, mutations first', () => {
    fc.assert(
      fc.property(steps, (script) => {
        const queue = filled(script);
        const reported = queue.inOrder();
        expect(queue.length).toBe(reported.length);
        const served = drained(queue);
        expect(served.every((each, index) => each === reported[index])).toBe(true);
        expect(queue.length).toBe(0);
        const firstQuery = served.findIndex(({ purpose }) => purpose === 'QUERY');
        expect(served.slice(firstQuery).every(({ purpose }) => firstQuery < 0 || purpose === 'QUERY')).toBe(true);
      }),
    );
  });

  it('lets no caller take two turns while another of the same kind waits', () => {
    fc.assert(
      fc.property(steps, (script) => {
        const served = drained(filled(script));
        served.forEach(({ caller, purpose }, index) => {
          const next = served.findIndex((each, at) => at > index && each.caller === caller && each.purpose === purpose);
          if (next < 0) return;
          const between = new Set(served.slice(index + 1, next).map((each) => each.caller));
          const later = served.slice(next).filter((each) => each.purpose === purpose && each.caller !== caller);
          for (const each of later) expect(between).toContain(each.caller);
        });
      }),
    );
  });

  it('keeps the order of one caller, and forgets who leaves', () => {
    const queue = new FairQueue<Queued & { readonly name: string }>();
    const add = (caller: string, name: string) => {
      const made = { caller, name, purpose: 'QUERY' as const };
      queue.add(made);
      return made;
    };
    const [, second] = [add('a', 'a1'), add('a', 'a2'), add('a', 'a3'), add('b', 'b1')];
    expect(queue.remove(second as never)).toBe(true);
    expect(queue.remove(second as never)).toBe(false);
    expect(queue.inOrder().map(({ name }) => name)).toEqual(['a1', 'b1', 'a3']);
  });
});
