import type { Config } from '../config/config.js';
import { shownDatabaseUrl } from '../util/database-url.js';
import type { EmbeddedConnect } from '../engine/engine.js';

/**
 * Checks that the database of the embedded engine has the instances that the settings name.
 *
 * @throws an Error whose message names the setting to change
 */
export async function checkServedInstances(
  engine: Pick<EmbeddedConnect, 'hasInstance'>,
  { instances, databaseUrl }: Pick<Config, 'instances' | 'databaseUrl'>,
): Promise<void> {
  for (const { id } of instances) {
    if (await engine.hasInstance(id)) continue;
    const setting = instances.length > 1 ? 'CONNECT_INSTANCES' : 'CONNECT_INSTANCE_ID';
    throw new Error(
      `${setting}: the database ${shownDatabaseUrl(databaseUrl)} has no instance ${id}. Unset ${setting} to use the sample instance, or add the instance by CONNECT_SEED.`,
    );
  }
}
