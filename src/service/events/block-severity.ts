import type { BlockCode } from '../../core/model/reason';
import type { SeverityOf } from './catalogue';

type Severity = SeverityOf<'request_blocked'>;

/**
 * Blocks that are more than a policy at work. High: Ambit itself does not work, and blocks everything. Medium: who
 * asks, or what is asked about, is nothing that anybody has declared.
 */
const RAISED: Partial<Readonly<Record<BlockCode, Severity>>> = {
  internal_error: 'high',
  audit_unavailable: 'high',
  policy_stale: 'high',
  evaluation_error: 'high',
  tenant_required: 'medium',
  unknown_tenant: 'medium',
  unknown_scope: 'medium',
  no_policy_applies: 'medium',
  unknown_target: 'medium',
  conflicting_target: 'medium',
  nested_gateway: 'medium',
};

/** How bad a block with a code is; codes of other versions count as low, as a policy's do. */
export function blockSeverity(code: string): Severity {
  return Object.hasOwn(RAISED, code) ? (RAISED[code as BlockCode] ?? 'low') : 'low';
}
