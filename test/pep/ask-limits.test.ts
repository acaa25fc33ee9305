import { EMPTY_CONTEXT } from '../../src/core/model/request';
import type { Candidate, RequestContext } from '../../src/core/model/request';
import type { Claim } from '../../src/core/model/claim';
import { createAskLimit } from '../../src/pep/ask-limits';
import type { AskLimits } from '../../src/pep/ask-limits';
import { DEFAULT_LIMITS } from '../../src/ports/service-limits';
import type { Ask } from '../../src/ports/answer';

const LONG = 'x'.repeat(65);

function ask(
  context: Partial<RequestContext>,
  candidates?: readonly Candidate[],
  requestId = 'r',
): Ask {
  const caller = { rewritesModel: true, ownsClaims: false };
  const request = { context: { ...EMPTY_CONTEXT, ...context }, caller, problems: [] };
  return {
    requestId,
    detail: 'reasons',
    request: candidates === undefined ? request : { ...request, candidates },
  };
}

function offer(parts: Partial<Candidate>): readonly Candidate[] {
  return [
    { ref: 'a', claims: [] },
    { ref: 'b', claims: [], ...parts },
  ];
}

function inlineClaim(parts: Partial<Claim>): Claim {
  const position = { file: LONG, line: 1, column: 1 };
  return { name: 'gdpr', value: true, assurance: 'declared', position, ...parts };
}

function limitedBy(limits: Partial<AskLimits>) {
  return createAskLimit({ ...DEFAULT_LIMITS, ...limits });
}

describe('the limits of a request, narrower than those of the contract', () => {
  it('leave a request that keeps to them as it is', () => {
    const limitAsk = limitedBy({ candidates: 2, map_entries: 1, text_bytes: 65 });
    const whole = ask({ tenant: LONG, scope: new Map([['k', LONG]]), model: LONG }, offer({}));
    expect(limitAsk(whole)).toEqual({ ask: whole });
  });

  it.each([
    ['context.scope', { scope: new Map(Object.entries({ a: '1', b: '2' })) }],
    ['context.attributes', { attributes: new Map(Object.entries({ a: '1', b: '2' })) }],
  ])('refuse more entries of %s', (path, context) => {
    expect(limitedBy({ map_entries: 1 })(ask(context))).toMatchObject({
      failure: { reason: 'invalid', details: `\`${path}\` has more than 1 entries` },
    });
    expect(limitedBy({ map_entries: 2 })(ask(context))).toHaveProperty('ask');
  });

  it('refuse more candidates', () => {
    expect(limitedBy({ candidates: 1 })(ask({}, offer({})))).toMatchObject({
      failure: { details: '`candidates` has more than 1 elements' },
    });
  });

  it.each<[string, Ask]>([
    ['request_id', ask({}, undefined, LONG)],
    ['context.tenant', ask({ tenant: LONG })],
    ['context.scope', ask({ scope: new Map([['k', LONG]]) })],
    ['context.scope', ask({ scope: new Map([[LONG, 'v']]) })],
    ['context.attributes', ask({ attributes: new Map([['k', LONG]]) })],
    ...(['ref', 'target', 'provider', 'model', 'region', 'endpoint', 'credential'] as const).map(
      (part): [string, Ask] => ['candidates[1]', ask({}, offer({ [part]: LONG }))],
    ),
    ...[
      inlineClaim({ name: `label:${LONG}` }),
      inlineClaim({ value: LONG }),
      inlineClaim({ value: ['DE', LONG] }),
      inlineClaim({ evidence: LONG }),
    ].map((claim): [string, Ask] => ['candidates[1]', ask({}, offer({ claims: [claim] }))]),
  ])('refuse a long text of the enforcement point in %s', (path, long) => {
    expect(limitedBy({ text_bytes: 64 })(long)).toMatchObject({
      failure: { details: `\`${path}\` has a text of more than 64 bytes` },
    });
    expect(limitedBy({})(long)).toEqual({ ask: long });
  });

  it.each<[string, Partial<RequestContext>]>([
    ['context.model', { model: LONG }],
    ['context.models', { models: ['m', LONG] }],
    ...(['only', 'ignore', 'order', 'processingRegions', 'quantizations'] as const).map(
      (list): [string, Partial<RequestContext>] => [
        'context.preferences',
        { preferences: { [list]: [LONG] } },
      ],
    ),
  ])('make a long text of the end client in %s a problem, which blocks', (path, context) => {
    expect(limitedBy({ text_bytes: 64 })(ask(context))).toMatchObject({
      ask: { request: { problems: [`${path} has a text of more than 64 bytes`] } },
    });
    expect(limitedBy({})(ask(context))).toMatchObject({ ask: { request: { problems: [] } } });
  });

  it('count bytes, and not characters', () => {
    const limitAsk = limitedBy({ text_bytes: 64 });
    expect(limitAsk(ask({ tenant: 'é'.repeat(32) }))).toHaveProperty('ask');
    expect(limitAsk(ask({ tenant: 'é'.repeat(33) }))).toHaveProperty('failure');
  });
});
