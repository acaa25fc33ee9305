import type { BoundPolicy } from '../engine/bundle';
import type { Finding } from '../model/finding';
import { setFinding } from '../policy/set-finding';
import { isBlocked, isInSight, keepsOut, type LintView } from './lint-view';

/** Policies that only warn. That is for a while: where nothing meets them, requests are answered all the same (L9). */
export function warnModes(view: LintView): readonly Finding[] {
  return view.policies
    .filter(({ policy: { mode, lists, requirements } }) => {
      // One that states nothing at all is found by the dialect.
      return mode === 'warn' && lists.length + requirements.length > 0;
    })
    .map((bound) => report(view, bound));
}

function report(view: LintView, bound: BoundPolicy): Finding {
  const { id, places, position } = bound.policy;
  const [what, help] = effectOf(view, bound);
  return setFinding({
    severity: 'info',
    code: 'warn_mode',
    message: `policy \`${id}\` only warns: ${what}`,
    help,
    position: places?.mode ?? position,
  });
}

function effectOf(view: LintView, bound: BoundPolicy): readonly [what: string, help: string] {
  if (bound.policy.requirements.length === 0) {
    return [
      'it has no requirements, and its lists block in any mode',
      'write `mode: enforce`, or remove the line',
    ];
  }
  const help = 'write `mode: enforce` once what it requires is to be kept to';
  return meetsSomething(view, bound)
    ? ['something of the catalog meets it, so that enforcing it would leave something', help]
    : ['nothing of the catalog meets it, so that it lets everything through', help];
}

function meetsSomething(view: LintView, bound: BoundPolicy): boolean {
  return view.subjects.some(
    (subject) =>
      isInSight(view, bound, subject) &&
      !keepsOut(view.standing(bound, subject)) &&
      !view.companions(bound).some((other) => isBlocked(view, other, subject)),
  );
}
