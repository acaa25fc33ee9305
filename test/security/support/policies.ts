import { DIALECTS } from '../../support/dialects';
import { decide } from '../../../src/core/engine/decide';
import type { Bundle } from '../../../src/core/engine/bundle';
import type { Decision } from '../../../src/core/model/decision';
import type { Candidate, CallerTraits, RequestContext } from '../../../src/core/model/request';
import { digestOf } from '../../../src/platform/digest';
import type { FileReader } from '../../../src/ports/file-reader';
import { loadPolicies } from '../../../src/service/policy-loader';

/** An instant for decisions that no expiry concerns. */
export const NOW_MS = Date.UTC(2026, 0, 15);

/** Loads native files from texts; the first is the root, which includes the others or stands beside them. */
export async function bundleOf(
  files: Readonly<Record<string, string>>,
  roots: readonly string[] = Object.keys(files),
): Promise<Bundle> {
  const reader: FileReader = {
    expand: (path) => Promise.resolve({ kind: 'file', paths: [path] }),
    read: (path) => {
      const text = files[path];
      return Promise.resolve(
        text === undefined ? { failure: 'none' } : { file: { name: path, text } },
      );
    },
    resolve: (_, included) => ({ path: included }),
    identityOf: (path) => Promise.resolve(path),
  };
  const loaded = await loadPolicies({
    reader,
    dialects: DIALECTS,
    digestOf,
    roots: roots.map((path) => ({ path })),
  });
  if (loaded.bundle === undefined) throw new Error(JSON.stringify(loaded.findings));
  return loaded.bundle;
}

/** One native document. */
export function native(kind: string, name: string, spec: string): string {
  const body = spec.replace(/^/gm, '  ');
  return `apiVersion: ambit/v1\nkind: ${kind}\nmetadata: {name: ${name}}\nspec:\n${body}\n`;
}

/** What a request says beside its candidates. */
export interface Asking {
  readonly context?: Partial<RequestContext>;
  readonly caller?: CallerTraits;
  readonly nowMs?: number;
}

/** Decides on candidates, whose refs are their places: `c0`, `c1`. */
export function ask(
  bundle: Bundle,
  candidates: readonly Partial<Candidate>[],
  { context, caller, nowMs = NOW_MS }: Asking = {},
): Decision {
  return decide(
    bundle,
    {
      context: {
        scope: new Map(),
        models: [],
        modelIdStyle: 'auto',
        features: [],
        preferences: {},
        attributes: new Map(),
        ...context,
      },
      candidates: candidates.map((each, place) => ({
        ref: `c${String(place)}`,
        claims: [],
        ...each,
      })),
      caller: caller ?? { rewritesModel: true, ownsClaims: false },
      problems: [],
    },
    nowMs,
  );
}

/** The refs that may receive the request. */
export function eligibleOf({ eligible }: Decision): readonly string[] {
  return eligible.map(({ ref }) => ref);
}

/** The codes of the first candidate's reasons. */
export function codesOf({ verdicts }: Decision): readonly string[] {
  return verdicts[0]?.reasons.map(({ code }) => code) ?? [];
}
