import type { Environment } from '../platform/secret';
import type { AuditProblem, CheckAudit } from '../ports/audit-check';
import type { AuditConfig } from '../ports/service-config';
import { createAuditStore } from './files/audit-store';
import { resolveSinks } from './sinks/resolve-sinks';

/** Creates what reads keys and secrets as a start does; they may be in the variables of the environment. */
export function createAuditCheck(environment: Environment): CheckAudit {
  return async (config) => [
    ...(await checkKeys(config, environment)),
    ...(await checkSinks(config, environment)),
  ];
}

async function checkKeys(
  config: AuditConfig,
  environment: Environment,
): Promise<readonly AuditProblem[]> {
  const store = createAuditStore(environment);
  const problems: AuditProblem[] = [];
  for (const part of ['privateKey', 'previousKey'] as const) {
    const reference = config[part];
    const read = reference === undefined ? undefined : await store.readSigner(reference);
    if (read !== undefined && 'problem' in read) problems.push({ part, problem: read.problem });
  }
  return problems;
}

/** One at a time, so that each says what is wrong with it. */
async function checkSinks(
  { sinks }: AuditConfig,
  environment: Environment,
): Promise<readonly AuditProblem[]> {
  const problems: AuditProblem[] = [];
  for (const settings of sinks) {
    const read = await resolveSinks([settings], environment);
    if ('problem' in read) {
      problems.push({ part: { sink: settings.name }, problem: read.problem });
    }
  }
  return problems;
}
