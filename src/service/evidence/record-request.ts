import type {
  Candidate,
  DecisionRequest,
  Preferences,
  RequestContext,
} from '../../core/model/request';
import type { Capture } from './capture';
import { kept } from './kept';
import { recordClaim } from './record-claim';
import { someOf } from './some-of';
import type { RecordedCandidate, RecordedRequest } from './recorded-decision';

/** What may be recorded of a request beside what is named in its form. */
export interface RequestCapture {
  readonly capture: Capture;
  /** Names of attributes whose values may be recorded. */
  readonly attributes: ReadonlySet<string>;
}

/** A request as records have it. */
export function recordRequest(
  { context, candidates, caller, problems }: DecisionRequest,
  allowed: RequestCapture,
): RecordedRequest {
  const { capture } = allowed;
  const { model, api } = context;
  const attributes = recordAttributes(context, allowed);
  const preferences = recordPreferences(context.preferences, capture);
  return {
    ...recordWhom(context, capture),
    ...(model === undefined ? {} : { model: capture.text('model', model) }),
    ...someOf('models', names('models', context.models, capture)),
    modelIdStyle: context.modelIdStyle,
    ...(api === undefined ? {} : { api }),
    ...someOf('features', context.features),
    ...(Object.keys(preferences).length === 0 ? {} : { preferences }),
    ...(attributes === undefined ? {} : { attributes }),
    ...(candidates === undefined ? {} : { candidates: recordCandidates(candidates, capture) }),
    ...(problems.length === 0 ? {} : { problems: problems.length }),
    rewritesModel: caller.rewritesModel,
    ownsClaims: caller.ownsClaims,
  };
}

function recordWhom(
  { tenant, scope }: RequestContext,
  capture: Capture,
): Pick<RecordedRequest, 'tenant' | 'scope'> {
  const entries = [...scope].map(([given, value]) => {
    const key = capture.text('scope', given);
    // A key that is not let through stands in no path either.
    return [key, capture.text(key === given ? `scope.${key}` : 'scope', value)];
  });
  return {
    ...(tenant === undefined ? {} : { tenant: capture.text('tenant', tenant) }),
    ...(entries.length === 0
      ? {}
      : { scope: Object.fromEntries(entries) as Record<string, string> }),
  };
}

function recordAttributes(
  { attributes }: RequestContext,
  allowed: RequestCapture,
): Readonly<Record<string, string>> | undefined {
  if (attributes.size === 0) return undefined;
  const kept = [...attributes].filter(([key]) => {
    if (allowed.attributes.has(key)) return true;
    allowed.capture.withhold('attributes');
    return false;
  });
  return Object.fromEntries(
    kept.map(([key, value]) => [key, allowed.capture.text(`attributes.${key}`, value)]),
  );
}

/** Words and numbers as they are; lists hold names that a client wrote. */
function recordPreferences(
  preferences: Preferences,
  capture: Capture,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(preferences).flatMap(([key, value]: [string, unknown]) => {
      if (value === undefined) return [];
      const path = `preferences.${key}`;
      return [[key, Array.isArray(value) ? names(path, value as string[], capture) : value]];
    }),
  );
}

function names(path: string, texts: readonly string[], capture: Capture): readonly string[] {
  return texts.map((text) => capture.text(path, text));
}

const LISTS = new WeakMap<readonly Candidate[], readonly RecordedCandidate[]>();
const CANDIDATES = new WeakMap<Candidate, RecordedCandidate>();

/** What is frozen may be shared by records (`recordJson`). */
function recordCandidates(
  candidates: readonly Candidate[],
  capture: Capture,
): readonly RecordedCandidate[] {
  const isShared = Object.isFrozen(candidates);
  return kept(isShared ? LISTS : undefined, candidates, capture, () => {
    const made = candidates.map((each) => keptCandidate(each, capture));
    return isShared ? Object.freeze(made) : made;
  });
}

function keptCandidate(candidate: Candidate, capture: Capture): RecordedCandidate {
  const keeper = Object.isFrozen(candidate) ? CANDIDATES : undefined;
  return kept(keeper, candidate, capture, () => recordCandidate(candidate, capture));
}

const PARTS = ['target', 'provider', 'model', 'region', 'credential'] as const;

function recordCandidate(candidate: Candidate, capture: Capture): RecordedCandidate {
  const { ref, endpoint, claims } = candidate;
  const parts = PARTS.flatMap((key) => {
    const text = candidate[key];
    return text === undefined ? [] : [[key, capture.text(`candidates.${key}`, text)] as const];
  });
  return {
    ref: capture.text('candidates.ref', ref),
    ...Object.fromEntries(parts),
    ...(endpoint === undefined
      ? {}
      : { endpoint: capture.address('candidates.endpoint', endpoint) }),
    ...someOf(
      'claims',
      claims.map((claim) => recordClaim(claim, capture, 'candidates.claims')),
    ),
  };
}
