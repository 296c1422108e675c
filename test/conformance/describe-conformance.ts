import { afterAll, beforeAll, describe, it } from '@jest/globals';
import type { Fixtures } from './fixtures.js';
import type { Ability, ChosenQuotas, Need, Rule } from './rule.js';
import { RULES } from './rules.js';
import { type OpenPorts, World } from './world.js';

/** One way to a port. */
export interface Leg {
  readonly fixtures: Fixtures;
  readonly can: readonly Ability[];
  /** Whether it may do otherwise than a SHOULD says: such a result is reported, and fails nothing. Default: no. */
  readonly shouldsAreOpen?: true;
  /** Maximum duration of a rule, in milliseconds. Default: that of the test runner. */
  readonly timeoutMs?: number;
  /** Receives a line for each SHOULD that the port does not follow. Default: a warning on the console. */
  readonly report?: (line: string) => void;
  /** Opens a port to an instance; one that can set clock or quotas opens each time an instance of its own. */
  open(quotas?: ChosenQuotas): Promise<OpenPorts>;
}

/**
 * Holds a port to all rules that its leg has what they need for. Rules that set the clock or the quotas get an instance
 * of their own; the others share one.
 */
export function describeConformance(name: string, leg: Leg): void {
  const rules = rulesFor(leg);

  describe(name, () => {
    let shared: World;
    beforeAll(async () => {
      shared = new World(leg.fixtures, await leg.open());
    }, leg.timeoutMs);
    afterAll(() => shared.close(), leg.timeoutMs);

    it.each(rules.map((rule) => [rule.id, rule.name, rule] as const))(
      '%s %s',
      async (_id, _name, rule) => {
        if (!ownInstance(rule)) return holdTo(rule, shared, leg);
        const world = new World(leg.fixtures, await leg.open(rule.quotas));
        try {
          await holdTo(rule, world, leg);
        } finally {
          await world.close();
        }
      },
      leg.timeoutMs,
    );
  });
}

/** The rules that a leg has all for. */
export function rulesFor({ can, fixtures }: Leg): readonly Rule[] {
  const has = (need: Need) => (can as readonly Need[]).includes(need) || need in fixtures;
  return RULES.filter(({ needs }) => needs.every(has));
}

/** Holds a port to one rule, and ends what the rule made, whether it is kept or broken. */
export async function holdTo(
  rule: Rule,
  world: World,
  { shouldsAreOpen, report = console.warn }: Pick<Leg, 'shouldsAreOpen' | 'report'>,
): Promise<void> {
  try {
    await rule.holds(world);
  } catch (error) {
    if (!shouldsAreOpen || rule.name.startsWith('MUST ')) throw error;
    report(`${rule.id} ${rule.name}: done otherwise here, as a SHOULD allows.\n${error}`);
  } finally {
    await world.open.tidy?.();
  }
}

function ownInstance({ needs }: Rule): boolean {
  return needs.includes('clock') || needs.includes('quotas');
}
