import type { Finding } from '../../core/model/finding';
import type { LoadedPolicies } from '../../service/policy-loader';
import type { Palette } from '../palette';
import { countOf } from '../text';

/** What was checked, and what was found. */
export interface LintSummary {
  readonly files: number;
  /** Absent, as those below, where the files could not be read far enough to count them. */
  readonly policies?: number;
  readonly providers?: number;
  readonly targets?: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
}

/** Counts what was checked and found. */
export function summaryOf(loaded: LoadedPolicies, findings: readonly Finding[]): LintSummary {
  const count = (severity: Finding['severity']): number =>
    findings.filter((finding) => finding.severity === severity).length;
  const found = { errors: count('error'), warnings: count('warning'), infos: count('info') };
  const documents = loaded.set?.documents.map(({ document }) => document);
  const files = loaded.sources.length;
  if (documents === undefined) return { files, ...found };
  return {
    files,
    policies: documents.flatMap((document) => document.policies).length,
    providers: documents.flatMap((document) => document.providers).length,
    targets: documents.flatMap((document) => document.targets).length,
    ...found,
  };
}

/** The last line of a report: `2 errors, 1 warning: 2 files checked (1 policy, 12 targets)`. */
export function summaryLine(summary: LintSummary, palette: Palette): string {
  const counts = [
    [summary.errors, 'error', palette.red],
    [summary.warnings, 'warning', palette.yellow],
    [summary.infos, 'info', palette.blue],
  ] as const;
  const found = counts
    .filter(([count]) => count > 0)
    .map(([count, noun, paint]) => paint(countOf(count, noun)));
  const verdict = found.length === 0 ? palette.green('clean') : found.join(', ');
  return `${verdict}: ${countOf(summary.files, 'file')} checked${contentsOf(summary)}`;
}

function contentsOf(summary: LintSummary): string {
  const { policies, providers, targets } = summary;
  if (policies === undefined || providers === undefined || targets === undefined) return '';
  const policyText = `${String(policies)} ${policies === 1 ? 'policy' : 'policies'}`;
  return ` (${policyText}, ${countOf(providers, 'provider')}, ${countOf(targets, 'target')})`;
}
