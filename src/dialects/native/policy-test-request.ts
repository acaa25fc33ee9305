import { APIS, FEATURES } from '../../core/model/api';
import {
  EMPTY_CONTEXT,
  type Candidate,
  type CallerTraits,
  type DecisionRequest,
  type RequestContext,
} from '../../core/model/request';
import type { PolicyCase, ScopeWord } from '../../ports/policy-test';
import type { MapReader, ValueReader } from '../yaml/reader';
import type { TextRules } from '../yaml/scalars';
import { readClaims } from './claims';
import { readPreferences, withoutAbsent } from './policy-test-preferences';
import { readWords } from './provenance';

/** What a test's request states; what it leaves out is the default's. */
export type RequestParts = Partial<RequestContext> & {
  readonly candidates?: readonly Candidate[];
  readonly caller?: Partial<CallerTraits>;
  /** The words of `scope`. */
  readonly scopeWords?: readonly ScopeWord[];
};

/** A name as an enforcement point may send it: any text on one line. */
const WORD: TextRules = { pattern: /^[^\n\t]+$/u, form: 'a text on one line', maxChars: 1024 };

/** Whoever is not configured otherwise: sends the model that a verdict names, and owns no claims. */
const USUAL_CALLER: CallerTraits = { rewritesModel: true, ownsClaims: false };

/** Reads a request, or the defaults of all requests of a document. */
export function readRequestParts(map: MapReader | undefined): RequestParts {
  if (map === undefined) return {};
  const scopeWords = readEntries(map.map('scope'));
  const parts: RequestParts = withoutAbsent({
    model: map.text('model', WORD)?.value,
    models: textsOf(map, 'models'),
    modelIdStyle: map.choice('model_id_style', ['auto', 'pin', 'author'])?.value,
    tenant: map.text('tenant', WORD)?.value,
    scope: mapOf(scopeWords),
    scopeWords,
    api: map.choice('api', APIS)?.value,
    features: readWords(map.value('features'), FEATURES),
    preferences: readPreferences(map.map('preferences')),
    attributes: mapOf(readEntries(map.map('attributes'))),
    candidates: readCandidates(map.value('candidates')),
    caller: readCaller(map.map('caller')),
  });
  map.close();
  return parts;
}

/** The request of a case: its own parts, then the defaults, then what a request that says nothing has. */
export function requestOf(
  defaults: RequestParts,
  own: RequestParts,
): Pick<PolicyCase, 'request' | 'scopeWords'> {
  const { candidates, caller, scopeWords, ...context } = { ...defaults, ...own };
  const request: DecisionRequest = {
    context: { ...EMPTY_CONTEXT, ...context },
    ...(candidates === undefined ? {} : { candidates }),
    caller: { ...USUAL_CALLER, ...caller },
    problems: [],
  };
  return { request, ...(scopeWords === undefined ? {} : { scopeWords }) };
}

function textsOf(map: MapReader, key: string): readonly string[] | undefined {
  return map.texts(key, WORD)?.value.map((text) => text.value);
}

function readEntries(map: MapReader | undefined): readonly ScopeWord[] | undefined {
  return map?.entries().flatMap(({ key, value }) => {
    const text = value.text(WORD);
    return text === undefined ? [] : [{ key, value: text }];
  });
}

function mapOf(words: readonly ScopeWord[] | undefined): ReadonlyMap<string, string> | undefined {
  return words && new Map(words.map(({ key, value }) => [key.value, value.value]));
}

function readCaller(map: MapReader | undefined): Partial<CallerTraits> | undefined {
  if (map === undefined) return undefined;
  const rewritesModel = map.boolean('rewrites_model')?.value;
  const ownsClaims = map.boolean('owns_claims')?.value;
  map.close();
  return withoutAbsent({ rewritesModel, ownsClaims });
}

/** An empty list is a request that names no candidate, which is something else than one that leaves them out (L4). */
function readCandidates(reader: ValueReader | undefined): readonly Candidate[] | undefined {
  const items = reader?.list({ mayBeEmpty: true });
  if (items === undefined) return undefined;
  const seen = new Set<string>();
  return items.flatMap((item) => {
    const candidate = readCandidate(item);
    if (candidate === undefined) return [];
    if (seen.has(candidate.ref)) {
      const message = `two candidates have the ref \`${candidate.ref}\``;
      item.fail('duplicate_item', message, { help: 'give each its own `ref`' });
    }
    seen.add(candidate.ref);
    return [candidate];
  });
}

/** A text is the id of a target. */
function readCandidate(item: ValueReader): Candidate | undefined {
  if (item.kind === 'text') {
    const target = item.text(WORD)?.value;
    return target === undefined ? undefined : { ref: target, target, claims: [] };
  }
  const map = item.map();
  if (map === undefined) return undefined;
  const parts = withoutAbsent({
    target: map.text('target', WORD)?.value,
    provider: map.text('provider', WORD)?.value,
    model: map.text('model', WORD)?.value,
    region: map.text('region', WORD)?.value,
    endpoint: map.text('endpoint', WORD)?.value,
    credential: map.text('credential', WORD)?.value,
  });
  const ref = map.text('ref', WORD)?.value ?? parts.target;
  const claims = readClaims(map);
  if (ref === undefined && !map.has('ref') && !map.has('target')) {
    const help = 'add `ref:`, the name by which the case knows it';
    map.fail('missing_key', `the key \`ref\` is missing in \`${map.path}\``, { help });
  }
  map.close();
  return ref === undefined ? undefined : { ref, ...parts, claims };
}
