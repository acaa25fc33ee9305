import type { Claim } from '../../../../src/core/model/claim';
import type {
  Candidate,
  DecisionRequest,
  RequestContext,
} from '../../../../src/core/model/request';
import { claim } from '../../../laws/support/small-world';

/** A place of a request that holds a text which somebody outside chooses. */
export interface Place {
  readonly name: string;
  /** The path by which a record says that it is withheld. */
  readonly path: string;
  /** Puts a text there. Undefined: the request has no such place. */
  readonly put: (request: DecisionRequest, text: string) => DecisionRequest | undefined;
}

type Change = (context: RequestContext, text: string) => Partial<RequestContext>;

const inContext = (name: string, path: string, change: Change): Place => ({
  name,
  path,
  put: (request, text) => ({
    ...request,
    context: { ...request.context, ...change(request.context, text) },
  }),
});

const LISTS = ['only', 'ignore', 'order', 'processingRegions', 'quantizations'] as const;

const inPreference = (key: (typeof LISTS)[number]): Place =>
  inContext(`preference ${key}`, `preferences.${key}`, ({ preferences }, text) => ({
    preferences: { ...preferences, [key]: [text, ...(preferences[key] ?? [])] },
  }));

const inCandidate = (
  name: string,
  path: string,
  change: (candidate: Candidate, text: string) => Partial<Candidate>,
): Place => ({
  name: `candidate ${name}`,
  path: `candidates.${path}`,
  put: (request, text) => {
    const [first, ...others] = request.candidates ?? [];
    if (first === undefined) return undefined;
    return { ...request, candidates: [{ ...first, ...change(first, text) }, ...others] };
  },
});

const inClaim = (name: string, path: string, make: (text: string) => Claim): Place =>
  inCandidate(`claim ${name}`, `claims.${path}`, ({ claims }, text) => ({
    claims: [...claims.filter((each) => each.name !== make(text).name), make(text)],
  }));

const PARTS = ['ref', 'target', 'provider', 'model', 'region', 'credential', 'endpoint'] as const;

/** Every place. */
export const PLACES: readonly Place[] = [
  inContext('tenant', 'tenant', (_, tenant) => ({ tenant })),
  inContext('model', 'model', (_, model) => ({ model })),
  inContext('pin', 'model', (_, text) => ({ model: `${text}/m-small`, modelIdStyle: 'pin' })),
  inContext('pinned model', 'model', (_, text) => ({ model: `acme/${text}` })),
  inContext('models', 'models', ({ models }, text) => ({ models: [...models, text] })),
  inContext('scope', 'scope.team', ({ scope }, text) => ({
    scope: new Map([...scope, ['team', text]]),
  })),
  inContext('scope that nothing names', 'scope.ticket', ({ scope }, text) => ({
    scope: new Map([...scope, ['ticket', text]]),
  })),
  inContext('key of a scope', 'scope', ({ scope }, text) => ({
    scope: new Map([...scope, [text, text]]),
  })),
  inContext('attribute', 'attributes.purpose', ({ attributes }, text) => ({
    attributes: new Map([...attributes, ['purpose', text]]),
  })),
  inContext('attribute that is not allowed', 'attributes', ({ attributes }, text) => ({
    attributes: new Map([...attributes, ['note', text]]),
  })),
  inContext('key of an attribute', 'attributes', ({ attributes }, text) => ({
    attributes: new Map([...attributes, [text, 'x']]),
  })),
  ...LISTS.map(inPreference),
  ...PARTS.map((part) => inCandidate(part, part, (_, text) => ({ [part]: text }))),
  inCandidate('user of an endpoint', 'endpoint', (_, text) => ({
    endpoint: `https://user:${text}@acme.example/v1`,
  })),
  inCandidate('query of an endpoint', 'endpoint', (_, text) => ({
    endpoint: `https://acme.example/v1?key=${text}`,
  })),
  inClaim('label', 'value', (text) => claim('label:tier', text)),
  inClaim('name', 'name', (text) => claim(`certification:${text}`, true)),
  inClaim('quantization', 'value', (text) => claim('quantization', text)),
  inClaim('regions', 'value', (text) => claim('processing_regions', ['DE', text])),
  inClaim('evidence', 'evidence', (text) => claim('gdpr', true, { evidence: text })),
];
