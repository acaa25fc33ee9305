import type { BoundPolicy } from '../engine/bundle';
import type { Finding } from '../model/finding';
import { setFinding } from '../policy/set-finding';
import type { LintSubject } from './lint-subjects';
import { isBlocked, MAX_NAMED, type LintView } from './lint-view';
import { scopeCases, type ScopeCase } from './scope-classes';

/** A subject that nothing can use, and the policies that keep it out where it exists. */
interface Unusable {
  readonly subject: LintSubject;
  readonly blockers: readonly BoundPolicy[];
}

/**
 * Targets that no request can use, whatever scope it states, and that no policy for all keeps out: what such a policy
 * keeps out is kept out on purpose, but where each scope has a reason of its own, nobody may have meant the sum. One
 * finding for all that the same policies keep out.
 */
export function unusableTargets(view: LintView): readonly Finding[] {
  if (view.policies.length === 0) return [];
  const cases = scopeCases(view.bundle, view.policies);
  if (cases === undefined) return [];
  const groups = new Map<string, Unusable[]>();
  for (const subject of view.subjects) {
    const blockers = blockersOf(view, cases, subject);
    if (blockers === undefined) continue;
    const key = blockers.map(({ order }) => order).join(' ');
    groups.set(key, [...(groups.get(key) ?? []), { subject, blockers }]);
  }
  return [...groups.values()].flatMap(report);
}

/** The policies that keep the subject out wherever it exists; undefined if something can use it, or on purpose. */
function blockersOf(
  view: LintView,
  cases: readonly ScopeCase[],
  subject: LintSubject,
): readonly BoundPolicy[] | undefined {
  const blockers = view.policies.filter((bound) => isBlocked(view, bound, subject));
  const onPurpose = blockers.some((bound) => cases.every(({ applies }) => applies(bound)));
  if (onPurpose || cases.some((each) => isUsable(each, subject, blockers))) return undefined;
  const present = cases.filter((each) => isVisible(each, subject));
  return blockers.filter((bound) => present.some(({ applies }) => applies(bound)));
}

function isUsable(
  scopes: ScopeCase,
  subject: LintSubject,
  blockers: readonly BoundPolicy[],
): boolean {
  return (
    scopes.isCovered &&
    isVisible(scopes, subject) &&
    !blockers.some((bound) => scopes.applies(bound))
  );
}

function isVisible({ visible }: ScopeCase, { documents }: LintSubject): boolean {
  return documents.some((document) => visible[document] === true);
}

function report(group: readonly Unusable[]): readonly Finding[] {
  const [first] = group;
  if (first === undefined) return [];
  const { subject, blockers } = first;
  const others = group.length === 1 ? '' : ` and ${String(group.length - 1)} more`;
  const name = `${subject.kind} \`${subject.id}\`${others}`;
  const isAlone = blockers.length === 0;
  return [
    setFinding({
      severity: 'warning',
      code: 'unusable_target',
      message: isAlone
        ? `no policy applies wherever ${name} exists, so that nothing can use it`
        : `nothing can use ${name}: every scope has a policy that keeps it out`,
      help: isAlone
        ? 'add a policy for that scope, or remove it'
        : 'allow it in some scope, or remove it; ambit explain shows what it fails',
      position: subject.position,
      related: blockers.slice(0, MAX_NAMED).map(({ policy }) => ({
        position: policy.position,
        message: `policy \`${policy.id}\` keeps it out`,
      })),
    }),
  ];
}
