import type { Logger } from 'pino';

import { secretsOf } from '../../platform/config/named-secrets';
import { exposureOf } from '../../platform/exposed-secret';
import type { ServiceConfig } from '../../ports/service-config';
import type { LoadFindingCode } from '../../service/load-finding';

const EXPOSED = 'exposed_secret' satisfies LoadFindingCode;

/** Says once of each file of a secret that others may open it. The service starts all the same: they can be right. */
export async function tellExposedSecrets(config: ServiceConfig, log: Logger): Promise<void> {
  const told = new Set<string>();
  for (const { reference } of secretsOf(config)) {
    const exposed = await exposureOf(reference);
    if (exposed === undefined || told.has(exposed.file)) continue;
    told.add(exposed.file);
    log.warn({ code: EXPOSED, ...exposed }, 'a secret is open to every user of the machine');
  }
}
