import type { TargetDeclaration } from '../../core/model/catalog';
import type { Finding, Severity } from '../../core/model/finding';

/**
 * Every code that writing a configuration reports, with its meaning as docs/envoy-config.md shows it. Closed and
 * append-only.
 */
export const ENVOY_CONFIG_FINDING_CODES = Object.freeze({
  no_address: 'a target has no address, so it is left out',
  no_api: 'a target speaks no API that Envoy can be shown, so it is left out',
  no_targets: 'no target is left that the configuration could reach',
  reserved_name: 'a target has the name of another part of the configuration',
  two_addresses: 'one id is declared twice, with different addresses or models',
  plaintext_origin: 'a provider would be reached without TLS, over a network',
  unknown_auth: 'a target names a way to authenticate that is not known',
  unusable_prefix: 'a path prefix lacks what the paths of its provider need',
  keys_not_watched: 'there are more keys than Envoy can watch, so it reads them when it starts',
  exposed_admin: 'the admin interface could be reached from other machines',
  plaintext_ambit: 'Ambit would be asked without TLS, over a network',
  plaintext_clients: 'clients of other machines would come without TLS',
  no_tenant: 'nothing says whom requests are for',
} as const);

/** A code that writing a configuration reports. */
type EnvoyConfigFindingCode = keyof typeof ENVOY_CONFIG_FINDING_CODES;

/** What is said of a target, and the way out. */
export interface TargetFault {
  readonly severity: Severity;
  readonly code: EnvoyConfigFindingCode;
  readonly message: string;
  readonly help: string;
  /** The word that it is about, where the file states it. Absent: the target's name. */
  readonly at?: 'auth' | 'pathPrefix';
}

/** A finding at the word that it is about, or that names the target. */
export function findingAt(target: TargetDeclaration, { at, ...fault }: TargetFault): Finding {
  const { places, position: whole } = target;
  const position = (at === undefined ? undefined : places?.[at]) ?? places?.id ?? whole;
  return { ...fault, position, endColumn: position.endColumn ?? position.column };
}

/** A finding about everything that was read. */
export function findingOfAll(fault: Omit<TargetFault, 'at'>, file: string): Finding {
  return { ...fault, position: { file, line: 0, column: 0 }, endColumn: 0 };
}
