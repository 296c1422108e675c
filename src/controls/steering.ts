import { databaseKind } from '../engine/database-url.js';
import type { AdjustableClock } from './adjustable-clock.js';
import type { ControlsOptions } from './controls.js';

/** What the controls steer of an engine: on PostgreSQL the database's clock decides, which is nobody's here to move. */
export function steering(
  engine: ControlsOptions['engine'],
  clock: AdjustableClock,
  databaseUrl: string,
): ControlsOptions {
  return { engine, clock: databaseKind(databaseUrl) === 'sqlite' ? clock : undefined };
}
