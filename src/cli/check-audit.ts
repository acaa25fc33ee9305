import type { Finding } from '../core/model/finding';
import type { Span } from '../dialects/yaml/source-text';
import type { AuditProblem } from '../ports/audit-check';
import { errorAt, wholeFile } from '../service/load-finding';
import type { CliDependencies } from './dependencies';
import type { ServeConfig } from './serve-config';

/** The keys and secrets that evidence needs are looked at, too: whoever checks wants to know whether it would start. */
export async function checkAudit(
  { config, auditPlaces }: ServeConfig,
  { loadAuditCheck }: CliDependencies,
): Promise<readonly Finding[]> {
  if (config?.audit === undefined) return [];
  const { audit } = config;
  const check = await loadAuditCheck();
  return (await check(audit)).map(({ part, problem }) => {
    const at = placeOfAudit(part, auditPlaces);
    const position = at?.position ?? wholeFile(audit.directory);
    const finding = errorAt(position, 'unusable_audit', `cannot keep evidence: ${problem}`);
    return at === undefined ? finding : { ...finding, endColumn: at.endColumn };
  });
}

/** Where it stands in the configuration what evidence needs. */
export function placeOfAudit(
  part: AuditProblem['part'],
  places: ServeConfig['auditPlaces'],
): Span | undefined {
  return typeof part === 'string' ? places.keys[part] : places.sinks?.get(part.sink);
}
