import type { BoundPolicy } from '../engine/bundle';
import type { Finding } from '../model/finding';
import { canonicalId, foldedId } from '../policy/identifier';
import { setFinding } from '../policy/set-finding';
import type { LintSubject } from './lint-subjects';
import type { LintView } from './lint-view';
import type { EntryReach } from './list-reach';

/** A target that a test expects to be blocked by a deny list: its id, or what the test names in its place. */
export interface TestedDenial {
  readonly target?: string;
  readonly provider?: string;
  readonly model?: string;
}

/** Deny entries of which no test sees one of the targets denied. Where there are no tests at all, nothing is said. */
export function untestedDenials(
  view: LintView,
  tested: readonly TestedDenial[],
): readonly Finding[] {
  const seen = new Set(
    view.subjects.filter((subject) => isTested(subject, tested)).map(({ index }) => index),
  );
  return view.policies.flatMap((bound) =>
    view
      .lists(bound)
      .filter(({ list }) => list.effect === 'deny')
      .flatMap(({ entries }) => entries)
      .filter(({ entry, matched }) => !entry.future && matched.size > 0)
      .filter(({ matched }) => ![...matched.keys()].some((index) => seen.has(index)))
      .map((reach) => report(bound, reach)),
  );
}

function isTested(
  { id, subject: { identity } }: LintSubject,
  tested: readonly TestedDenial[],
): boolean {
  return tested.some(({ target, provider, model }) =>
    target === undefined
      ? foldedId(provider ?? '') === foldedId(identity.provider ?? '') &&
        (identity.model === undefined || foldedId(model ?? '') === foldedId(identity.model))
      : canonicalId(target) === canonicalId(id),
  );
}

function report({ policy }: BoundPolicy, { entry }: EntryReach): Finding {
  return setFinding({
    severity: 'info',
    code: 'untested_denial',
    message: `no test expects what deny entry \`${entry.text}\` of policy \`${policy.id}\` denies to be blocked by it`,
    help: 'add a case that expects one of its targets under `blocked`, with the code of the deny list',
    position: entry.position,
  });
}
