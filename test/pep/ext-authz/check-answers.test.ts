import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Decision } from '../../../src/core/model/decision';
import type { DecisionPoint } from '../../../src/service/decision-point';
import { codeOf, denialOf, headersOf } from './support/answers';
import { serveCheck, type CheckServer } from './support/check-server';
import { now } from '../../service/support/now';

const read = (name: string): string =>
  readFileSync(join(__dirname, '../../e2e/envoy', name), 'utf8');
const PACK = { 'pack.yaml': read('pack.yaml') };
const NOTHING_LEFT = { 'pack.yaml': read('pack-nothing-left.yaml') };

const open: CheckServer[] = [];

async function serve(...options: Parameters<typeof serveCheck>): Promise<CheckServer> {
  const server = await serveCheck(...options);
  open.push(server);
  return server;
}

/** A point whose decisions are changed before they are answered. */
const deciding =
  (change: (decision: Decision) => Decision) =>
  (point: DecisionPoint): DecisionPoint => ({
    ...point,
    decide: (ask) => {
      const answer = now(point.decide(ask, 'check'));
      return { ...answer, decision: change(answer.decision) };
    },
  });

afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

describe('an allowed request', () => {
  test('carries the eligible targets in order, as deploy/envoy reads them', async () => {
    const server = await serve(PACK);
    const { status, httpResponse, dynamicMetadata } = await server.check();
    expect(status?.code).toBe(0);
    expect(dynamicMetadata).toEqual({
      decision: 'allow',
      outcome: 'ALLOW',
      decision_id: 'decision-1',
      bundle: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string,
      eligible: ['openai-zdr', 'azure-eu'],
      priority_groups: [
        { name: 'openai-zdr', clusters: [{ cluster_name: 'openai-zdr', weight: 1 }] },
        { name: 'azure-eu', clusters: [{ cluster_name: 'azure-eu', weight: 1 }] },
        { name: 'deny' },
      ],
      hosts: 'envoy://to-openai-zdr/openai-zdr,envoy://to-azure-eu/azure-eu',
    });
    if (httpResponse?.$case !== 'okResponse') throw new Error('no OK');
    const { headers, responseHeadersToAdd } = httpResponse.value;
    expect(headersOf(headers)).toEqual({ 'x-ambit-decision-id': 'decision-1' });
    expect(headersOf(responseHeadersToAdd)).toEqual({ 'x-ambit-decision-id': 'decision-1' });
  });

  test('under a warn policy that gave way says so', async () => {
    const pack = read('pack-nothing-left.yaml').replace(
      'compliant_provider: block',
      'compliant_provider: warn',
    );
    const server = await serve({ 'pack.yaml': pack });
    const { dynamicMetadata } = await server.check();
    expect(dynamicMetadata).toMatchObject({ decision: 'allow', outcome: 'WARN' });
    const { unmet, eligible } = dynamicMetadata as {
      readonly unmet: Readonly<Record<string, readonly string[]>>;
      readonly eligible: readonly string[];
    };
    expect(Object.keys(unmet).sort()).toEqual([...eligible].sort());
    for (const codes of Object.values(unmet)) expect(codes).toContain('claim_unknown');
  });

  test('names at most as many targets as a proxy could try', async () => {
    const server = await serve(
      PACK,
      deciding((decision) => ({
        ...decision,
        eligible: Array.from({ length: 100 }, (_, index) =>
          decision.eligible.map((verdict) => ({ ...verdict, target: `t${String(index)}` })),
        ).flat(),
      })),
    );
    const { dynamicMetadata } = await server.check();
    expect(dynamicMetadata?.['eligible']).toHaveLength(64);
    expect(dynamicMetadata?.['priority_groups']).toHaveLength(65);
  });
});

describe('a blocked request', () => {
  test('gets the exact status, type and body, and a word against another try', async () => {
    const server = await serve(NOTHING_LEFT);
    const denial = denialOf(await server.check());
    const block = server.decided[0]?.answer.decision.block;
    expect(denial).toEqual({
      status: 403,
      headers: {
        'content-type': 'application/json',
        'x-should-retry': 'false',
        'x-ambit-decision-id': 'decision-1',
      },
      body: JSON.parse(block?.body ?? '') as unknown,
      metadata: {
        decision: 'deny',
        outcome: 'BLOCK',
        code: 'no_compliant_provider',
        decision_id: 'decision-1',
        bundle: expect.stringMatching(/^sha256:/) as string,
        eligible: [],
      },
      isError: false,
    });
    expect(denial.body).toMatchObject({ error: { code: 'no_compliant_provider' } });
  });

  test('of an API that is not known gets problem details', async () => {
    const server = await serve(PACK);
    const denial = denialOf(await server.check({ path: '/v1/anything' }));
    expect(denial.status).toBe(400);
    expect(denial.headers['content-type']).toBe('application/problem+json');
    expect(denial.body).toMatchObject({ code: 'invalid_request' });
  });

  test('of a service that goes away is an error with 503, and may be tried again', async () => {
    const server = await serve(PACK, (point) => {
      point.refuseFurther();
      return point;
    });
    const response = await server.check();
    expect(denialOf(response)).toMatchObject({
      status: 503,
      isError: true,
      metadata: { decision: 'deny', outcome: 'BLOCK', eligible: [] },
    });
    expect(denialOf(response).headers).not.toHaveProperty('x-should-retry');
    expect(codeOf(response)).toBe('shutting_down');
  });
});

describe('what must never become a yes', () => {
  test('an exception is an error that denies, and is told', async () => {
    const server = await serve(PACK, (point) => ({
      ...point,
      decide: () => {
        throw new Error('a defect');
      },
    }));
    const response = await server.check();
    expect(denialOf(response)).toMatchObject({
      status: 503,
      isError: true,
      metadata: { decision: 'deny' },
    });
    expect(codeOf(response)).toBe('internal_error');
    expect(JSON.stringify(response)).not.toContain('a defect');
    expect(server.defects).toEqual([new Error('a defect')]);
  });

  test.each<[string, (decision: Decision) => Decision]>([
    ['that allows nobody', (decision) => ({ ...decision, eligible: [] })],
    ['that blocks and yet has targets', (decision) => ({ ...decision, outcome: 'block' })],
    [
      'whose outcome nobody knows',
      (decision) => ({ ...decision, outcome: 'ALLOW' as unknown as 'allow' }),
    ],
    [
      'whose targets have no name at Envoy',
      (decision) => ({
        ...decision,
        eligible: decision.eligible.map((verdict) => ({ ...verdict, target: '' })),
      }),
    ],
  ])('a decision %s is a denial', async (_what, change) => {
    const server = await serve(PACK, deciding(change));
    const denial = denialOf(await server.check());
    expect(denial.status).toBe(403);
    expect(denial.metadata).toMatchObject({ decision: 'deny', outcome: 'BLOCK', eligible: [] });
  });

  test('a model name cannot smuggle a target into the answer', async () => {
    const catalog = [
      'apiVersion: ambit/v1',
      'kind: Catalog',
      'metadata: { name: open }',
      'spec: { providers: [{ id: openai, models: any }] }',
      '---',
      'apiVersion: ambit/v1',
      'kind: Policy',
      'metadata: { name: all }',
      'spec: { unrestricted: true }',
    ];
    const server = await serve({ 'open.yaml': catalog.join('\n') });
    const model = 'openai/x,envoy://to-groq-us/groq-us';
    const response = await server.check({ body: { model, messages: [] } });
    // The decision itself allows the provider's model, so only the edge can stop it.
    expect(server.decided[0]?.answer.decision.outcome).toBe('allow');
    expect(codeOf(response)).toBe('unknown_target');
    expect(JSON.stringify(response.dynamicMetadata)).not.toContain('groq-us');
  });

  test('a target whose name has separators is one address in the text of hosts', async () => {
    const pack = read('pack.yaml').replaceAll('id: azure-eu', 'id: "azure,eu"');
    const server = await serve({ 'pack.yaml': pack });
    const { dynamicMetadata } = await server.check();
    expect(dynamicMetadata).toMatchObject({
      eligible: ['openai-zdr', 'azure,eu'],
      hosts: 'envoy://to-openai-zdr/openai-zdr,envoy://to-azure%2Ceu/azure%2Ceu',
    });
  });
});
