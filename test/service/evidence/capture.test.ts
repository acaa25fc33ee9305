import { compileBundle } from '../../../src/core/engine/compile';
import type { DecisionRequest } from '../../../src/core/model/request';
import { claim, document, policy, requestFor, setOf, target } from '../../laws/support/small-world';
import { canaries } from './support/canaries';
import { recordOf } from './support/record-of';

const WORLD = setOf(
  document({
    policies: [
      policy('p', [{ kind: 'gdpr' }], { scope: new Map([['team', ['Recht & Ordnung']]]) }),
    ],
    targets: [target('one', { claims: [claim('gdpr', true, { evidence: 'our contract, § 4' })] })],
  }),
);
const BUNDLE = compileBundle(WORLD, 'sha256:test');

const recorded = (request: DecisionRequest) => recordOf({ bundle: BUNDLE, request });

test('what the files of the bundle state is recorded, although it is no name', () => {
  const scope = new Map([['team', 'Recht & Ordnung']]);
  const record = recorded(requestFor(['one'], { scope }));
  expect(record).toMatchObject({
    request: { scope: { team: 'Recht & Ordnung' } },
    outcome: 'allow',
    claims: [{ name: 'gdpr', evidence: 'our contract, § 4' }],
    replayable: true,
  });
  expect(record).not.toHaveProperty('withheld');
});

test('what no file states is not, in the same place', () => {
  const scope = new Map([['team', 'Recht & Ordnung GmbH']]);
  expect(recorded(requestFor(['one'], { scope }))).toMatchObject({
    request: { scope: { team: '(withheld)' } },
    withheld: ['scope.team'],
    replayable: false,
  });
});

test('a stated text that may be a secret is not recorded either', () => {
  const { text } = canaries({ below: () => 0 }).find(({ kind }) => kind === 'bearer') ?? {};
  const scope = new Map([['team', text ?? '']]);
  const set = setOf(
    document({ policies: [policy('p', [], { scope: new Map([['team', [text ?? '']]]) })] }),
  );
  const bundle = compileBundle(set, 'sha256:test');
  expect(recordOf({ bundle, request: requestFor([], { scope }) })).toMatchObject({
    outcome: 'block',
    withheld: ['scope.team'],
    replayable: false,
  });
});

/** Names of models and accounts as vendors publish them. */
const NAMES = [
  'gpt-4o-mini-2024-07-18',
  'ft:gpt-4o-mini-2024-07-18:my-org:custom:A1b2C3d4',
  'us.anthropic.claude-3-5-sonnet-20241022-v2:0',
  'arn:aws:bedrock:us-east-1:123456789012:foundation-model/amazon.titan-text-express-v1',
  'publishers/google/models/gemini-2.5-flash',
  'claude-3-5-sonnet@20240620',
  'meta-llama/Llama-4-Maverick-17B-128E-Instruct-FP8',
  'deepseek-ai/DeepSeek-R1-Distill-Llama-70B',
  'accounts/fireworks/models/qwen2p5-coder-32b-instruct',
  'Qwen/Qwen3-235B-A22B-Thinking-2507',
  'b7c2d0a4-5f1e-4b9c-8d3a-2e6f7a8b9c0d',
  'spiffe://prod.example/ns/ai/sa/gateway',
  '~latest+beta',
];

test.each(NAMES)('the name %s is recorded, whether or not anybody knows it', (name) => {
  const record = recorded(requestFor([{ model: name, claims: [] }], { model: name, tenant: name }));
  expect(record.request).toMatchObject({
    model: name,
    tenant: name,
    candidates: [{ model: name }],
  });
  expect(record).not.toHaveProperty('withheld');
});

test.each([
  ['https://u:p@acme.example/v1', 'https://acme.example/v1'],
  ['https://acme.example/v1?key=k#part', 'https://acme.example/v1'],
  ['https:u:p@acme.example/v1', '(withheld)'],
  ['u:p@acme.example', '(withheld)'],
])('of the address %s is recorded %s', (endpoint, left) => {
  const record = recorded(requestFor([{ target: 'one', endpoint, claims: [] }]));
  expect(record.request.candidates).toEqual([{ ref: 'c1', target: 'one', endpoint: left }]);
  expect(record.withheld).toContain('candidates.endpoint');
});
