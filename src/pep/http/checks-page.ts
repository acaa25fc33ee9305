import { worstState } from '../../ports/health-check';
import type { CheckState, HealthCheck } from '../../ports/health-check';

/** How a page of checks is asked for. */
export type ChecksFormat = 'brief' | 'verbose' | 'json';

/** The marks of states at the start of a line. */
const MARKS: Readonly<Record<CheckState, string>> = { ok: '[+]', degraded: '[!]', failed: '[-]' };

/** Writes checks for people or programs. What has failed is always told whole, because somebody will look for why. */
export function writeChecks(
  page: string,
  checks: readonly HealthCheck[],
  format: ChecksFormat,
): string {
  const state = worstState(checks);
  if (format === 'json') return `${JSON.stringify({ state, checks })}\n`;
  if (format === 'brief' && state !== 'failed') return 'ok\n';
  const verdict = state === 'failed' ? 'failed' : 'passed';
  return [...checks.map(writeCheck), `${page} check ${verdict}`, ''].join('\n');
}

function writeCheck(check: HealthCheck): string {
  const line = `${MARKS[check.state]}${check.name} ${check.state}`;
  return 'reason' in check ? `${line}: ${check.reason}` : line;
}
