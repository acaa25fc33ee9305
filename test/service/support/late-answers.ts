import { compileBundle } from '../../../src/core/engine/compile';
import { decide } from '../../../src/core/engine/decide';
import type { Claim } from '../../../src/core/model/claim';
import type { Answer, Ask } from '../../../src/ports/answer';
import type { LoadedPolicies } from '../../../src/service/policy-loader';
import { claim, document, policy, requestFor, setOf, target } from '../../laws/support/small-world';
import { createTestPoint, START_MS, type TestPoint } from './world';

/** What lets the records of one property wait: how long, and whether they are kept. */
export interface Wait {
  readonly forMs: number;
  readonly isKept: boolean;
}

/** A claim that ends so many milliseconds after the start; undefined: it never does. */
function gdprUntil(endMs: number | undefined): Claim {
  return claim('gdpr', true, endMs === undefined ? {} : { expiresAtMs: START_MS + endMs });
}

/** Policies under which two targets are eligible until their claims end, or where `isStrict`, none is. */
export function policiesWith(
  endsMs: readonly (number | undefined)[],
  isStrict = false,
): LoadedPolicies {
  const [first, second] = endsMs.map(gdprUntil);
  const rules = [{ kind: 'gdpr' }, ...(isStrict ? [{ kind: 'soc2' } as const] : [])] as const;
  const set = setOf(
    document({
      policies: [policy('p', rules)],
      targets: [
        target('first', { claims: first === undefined ? [] : [first] }),
        target('second', { claims: second === undefined ? [] : [second] }),
      ],
    }),
  );
  const bundle = compileBundle(set, `sha256:${JSON.stringify([endsMs, isStrict])}`);
  return { bundle, set, tests: [], findings: [], sources: [], expansions: {} };
}

/** An ask for both targets, the second with a claim of its own that ends at some time, too. */
export function askUntil(requestId: string, ownEndMs: number | undefined): Ask {
  const claims = ownEndMs === undefined ? [] : [gdprUntil(ownEndMs)];
  const request = requestFor([
    { target: 'first', claims: [] },
    { target: 'second', claims },
  ]);
  return { requestId, request, detail: 'reasons' };
}

/** A decision point whose records wait, and what was answered. Time passes in steps of a millisecond. */
export class LateWorld {
  readonly tested: TestPoint;
  /** Records that were made, by request. */
  readonly made = new Map<string, Answer[]>();
  /** Decisions that were kept and not given. */
  readonly withdrawn: string[] = [];
  private isRefusing = false;
  private passedMs = 0;
  private waiting: { readonly untilMs: number; readonly settle: () => void }[] = [];

  constructor(loaded: LoadedPolicies, maxStalenessMs: number | undefined, waits: readonly Wait[]) {
    const left = [...waits];
    this.tested = createTestPoint(loaded, maxStalenessMs, {
      withdraw: (decisionId) => void this.withdrawn.push(decisionId),
      keep: ({ ask: { requestId }, answer }) => {
        this.made.set(requestId, [...(this.made.get(requestId) ?? []), answer]);
        const { forMs, isKept } = left.shift() ?? { forMs: 0, isKept: true };
        return new Promise((resolve) => {
          const settle = (): void => {
            resolve(isKept);
          };
          this.waiting.push({ untilMs: this.passedMs + forMs, settle });
        });
      },
    });
  }

  refuseFurther(): void {
    this.isRefusing = true;
    this.tested.point.refuseFurther();
  }

  /** Lets records be written whose time has come, and gives the answers that were given for it, at this instant. */
  async settle(): Promise<readonly Answer[]> {
    const before = this.tested.records.length;
    for (;;) {
      const due = this.waiting.filter(({ untilMs }) => untilMs <= this.passedMs);
      this.waiting = this.waiting.filter((each) => !due.includes(each));
      for (const { settle } of due) settle();
      await new Promise((resolve) => setImmediate(resolve));
      if (due.length === 0) break;
    }
    return this.tested.records.slice(before).map(([, answer]) => answer);
  }

  /** Lets a millisecond pass, of which the clock shows as much as is said. */
  pass(shownMs = 1): void {
    this.passedMs += 1;
    this.tested.clock.moveMs(shownMs);
  }

  /** The refs that may receive the request at this instant. */
  open({ request }: Ask): ReadonlySet<string> {
    const { store, clock } = this.tested;
    const active = store.active();
    if (active === undefined || this.isRefusing || store.isStale()) return new Set();
    return new Set(decide(active.bundle, request, clock.nowMs()).eligible.map(({ ref }) => ref));
  }
}
