import { afterAll, beforeAll, describe, it } from '@jest/globals';
import type { Fixtures } from './fixtures.js';
import type { ChosenQuotas, Need, Rule } from './rule.js';
import { RULES } from './rules.js';
import { type OpenPorts, World } from './world.js';

/** One way to a port. */
export interface Leg {
  readonly fixtures: Fixtures;
  /** What it can do beside calling the port. */
  readonly can: readonly ('clock' | 'quotas')[];
  /** Opens a port to an instance; one that can set clock or quotas opens each time an instance of its own. */
  open(quotas?: ChosenQuotas): Promise<OpenPorts>;
}

/**
 * Holds a port to all rules that its leg has what they need for. Rules that set the clock or the quotas get an instance
 * of their own; the others share one.
 */
export function describeConformance(name: string, leg: Leg): void {
  const has = (need: Need) => (need === 'clock' || need === 'quotas' ? leg.can.includes(need) : need in leg.fixtures);
  const rules = RULES.filter(({ needs }) => needs.every(has));

  describe(name, () => {
    let shared: World;
    beforeAll(async () => {
      shared = new World(leg.fixtures, await leg.open());
    });
    afterAll(() => shared.close());

    it.each(rules.map((rule) => [rule.id, rule.name, rule] as const))('%s %s', async (_id, _name, rule) => {
      if (!ownInstance(rule)) return rule.holds(shared);
      const world = new World(leg.fixtures, await leg.open(rule.quotas));
      try {
        await rule.holds(world);
      } finally {
        await world.close();
      }
    });
  });
}

function ownInstance({ needs }: Rule): boolean {
  return needs.includes('clock') || needs.includes('quotas');
}
