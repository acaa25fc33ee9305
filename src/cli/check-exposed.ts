import type { Finding } from '../core/model/finding';
import type { Span } from '../dialects/yaml/source-text';
import { secretsOf, type NamedSecret } from '../platform/config/named-secrets';
import { exposureOf } from '../platform/exposed-secret';
import { warningAt, wholeFile } from '../service/load-finding';
import { placeOfAudit } from './check-audit';
import type { ServeConfig } from './serve-config';

/** Private keys and other secrets that every user of the machine may open are warned of where they are named. */
export async function checkExposed(read: ServeConfig): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const secret of read.config === undefined ? [] : secretsOf(read.config)) {
    const exposed = await exposureOf(secret.reference);
    if (exposed === undefined) continue;
    const { file, mode, help } = exposed;
    const at = placeOf(secret, read);
    const position = at?.position ?? wholeFile(file);
    const message = `\`${file}\` holds a secret, and is open to every user of the machine (mode ${mode})`;
    const finding = warningAt(position, 'exposed_secret', message, help);
    findings.push(at === undefined ? finding : { ...finding, endColumn: at.endColumn });
  }
  return findings;
}

/** The key that names it, or the sink: what stands there as a value may itself be a secret by mistake. */
function placeOf({ of }: NamedSecret, read: ServeConfig): Span | undefined {
  if (of === 'tracing') return read.tracingPlaces.headers?.at;
  return 'tls' in of
    ? read.tlsPlaces.get(of.tls)?.privateKey
    : placeOfAudit(of.audit, read.auditPlaces);
}
