import type { Policy, TargetList } from '../../core/model/policy';
import type { Requirement } from '../../core/model/requirement';
import type { Report } from '../yaml/report';
import type { Span } from '../yaml/source-text';

/** The status that ngrok's error reference has for what a configuration excludes; none is shown beside the bodies. */
const BLOCK_STATUS = 422;

/** What one gateway, or one access key's configuration, demands. */
export interface PolicyParts {
  readonly name: string;
  readonly lists: readonly TargetList[];
  readonly requirements: readonly Requirement[];
  readonly label: Span;
}

/** Builds the policy. One that restricts nothing counts all the same (L10), which nobody should learn by accident. */
export function makePolicy(
  { name, lists, requirements, label }: PolicyParts,
  report: Report,
): Policy {
  if (lists.length + requirements.length === 0) noteNothing(label, report);
  return {
    id: `ngrok/${name}`,
    mode: 'enforce',
    scope: new Map(),
    lists,
    requirements,
    block: { status: BLOCK_STATUS, wording: 'ngrok' },
    logSelection: false,
    position: label.position,
  };
}

function noteNothing(label: Span, report: Report): void {
  if (report.hasErrors) return;
  report.notice('policy_requires_nothing', label, 'this gateway restricts nothing', {
    help: 'every known target passes; restrict it, or remove the file to block what no other policy covers',
  });
}

/** The name of a policy whose file gives none: the file's own, without folders and ending. */
export function nameOfFile(file: string): string {
  const base = file.split(/[\\/]/u).at(-1) ?? file;
  return base.replace(/\.(?:ya?ml|json)$/u, '') || 'gateway';
}
