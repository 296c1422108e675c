import type { Config } from '../config/config.js';
import { HintIntake } from '../feed/events/hint-intake.js';
import type { MemoryChangeLog } from '../feed/memory-change-log.js';
import { systemClock } from '../policies/clock.js';
import type { Policies } from '../policies/policies.js';

/**
 * Opens the intake of contact events.
 *
 * @param log receives the changes. Undefined: the adapter reports its own changes, so that events are only checked
 */
export function openIntake(
  { instances }: Pick<Config, 'instances'>,
  { forget }: Pick<Policies, 'forget'>,
  log: MemoryChangeLog | undefined,
): HintIntake {
  return new HintIntake({
    instanceIds: new Set(instances.map(({ id }) => id)),
    add: (instanceId, change) => log?.add(instanceId, change),
    forget,
    clock: systemClock,
    wallClock: Date.now,
  });
}
