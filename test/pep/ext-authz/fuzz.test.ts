import * as fc from 'fast-check';

import type { CheckRequest } from '../../../src/gen/envoy/service/auth/v3/external_auth';
import { checkToAsk } from '../../../src/pep/ext-authz/check-to-ask';
import { EVERY_FEATURE } from '../../../src/pep/ext-authz/features';
import { DEFAULT_CLIENT_PREFERENCES } from '../../../src/ports/client-preferences';
import { runs, Spread } from '../../laws/support/runs';
import { toWire, type TestCheck } from './support/check-server';

const RUNS = 6000;

/** A text that stands for a prompt, a key or a name, and is to be in no problem. */
const MARK = 'canary-7d20';

const seldom = <T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof(
    { arbitrary: fc.constant(usual), weight: 6 },
    { arbitrary: fc.constantFrom(...others), weight: 1 },
  );

const MODELS = ['m', 'm', 'm', 'n', '', 'models/m', 'm%2f', 'm%252f', '..', 'm%00', `m${MARK}`];

const PATH = fc
  .record({
    shape: fc.constantFrom(
      '/v1/chat/completions',
      '/v1/responses',
      '/v1/messages',
      '/v1/embeddings',
      '/openai/deployments/MODEL/chat/completions',
      '/v1beta/models/MODEL:generateContent',
      '/v1beta/models/MODEL:streamGenerateContent',
      '/model/MODEL/converse',
      '/model/MODEL/invoke',
      '/v1/projects/p/locations/l/publishers/google/models/MODEL:generateContent',
      '/v1/realtime',
      '/v1/models/MODEL',
      '/v1/files',
    ),
    model: fc.constantFrom(...MODELS),
    query: seldom('', '?alt=sse', `?key=${MARK}`, '?model=n', '?%ff', '?a=1&A=2'),
  })
  .map(({ shape, model, query }) => shape.replace('MODEL', model) + query);

/** Keys and values of bodies, alone and combined, in right and in wrong places. */
const FIELD = fc.constantFrom(
  '"model":"m"',
  '"model":"m"',
  '"model":"n"',
  '"model":"models/m"',
  '"model":["m"]',
  '"Model":"n"',
  '"models":["n"]',
  '"provider":{"zdr":true}',
  '"store":false',
  '"store":true',
  `"store":"${MARK}"`,
  '"stream":true',
  '"messages":[]',
  `"messages":[{"role":"user","content":"${MARK}"}]`,
  '"messages":[{"role":"user","content":[{"text":"x"}]}]',
  `"contents":[{"role":"user","parts":[{"text":"${MARK}"}]}]`,
  '"contents":[{"parts":[{"fileData":{}}]}]',
  '"contents":[{"parts":[{"fileData":{},"file_data":{}}]}]',
  '"tools":[{"googleSearch":{}}]',
  '"tools":[{"type":"web_search"}]',
  '"tool_config":{}',
  '"toolConfig":{}',
  '"anthropic_version":"x"',
  '"anthropic_version":"x"',
  '"fallbacks":[]',
  `"${MARK}":1`,
);

const BODY = fc.oneof(
  {
    arbitrary: fc
      .array(FIELD, { maxLength: 4 })
      .map((fields) => `{${[...new Set(fields)].join(',')}}`),
    weight: 8,
  },
  {
    arbitrary: fc.constantFrom('', '', `{"model":"m"`, `"${MARK}"`, '[]', '{"model":"m"}{}'),
    weight: 2,
  },
);

const LIFTED: fc.Arbitrary<Pick<TestCheck, 'lifted'>> = fc.oneof(
  fc.constant({}),
  fc
    .dictionary(
      fc.constantFrom(
        'model',
        'model_state',
        'store',
        'provider.zdr',
        'provider',
        '__proto__',
        'constructor.x',
        MARK,
      ),
      fc.constantFrom<unknown>('m', 'n', true, false, 'missing', 'error', 1, {}, []),
      { maxKeys: 3 },
    )
    .map((lifted) => ({ lifted })),
);

const CHECK: fc.Arbitrary<TestCheck> = fc
  .record({
    method: seldom('POST', 'GET', 'CONNECT', 'PUT'),
    path: PATH,
    body: BODY,
    lifted: LIFTED,
    type: seldom('application/json', 'multipart/form-data', 'text/plain'),
    headers: seldom<Readonly<Record<string, string>>>(
      {},
      { upgrade: 'websocket' },
      { 'content-encoding': 'gzip' },
      { 'x-route-model': 'm' },
      { 'x-route-model': 'm,n' },
      { 'ambit-prefer-only': MARK },
    ),
    extensions: fc.constantFrom<Readonly<Record<string, string>>>(
      {},
      { 'ambit.routing_fields': 'cleared' },
      { 'ambit.path': 'rewritten' },
      { 'ambit.routing_fields': 'cleared', 'ambit.model_header': 'x-route-model' },
      { 'ambit.model_header': 'x-route-model' },
    ),
  })
  .map(({ type, headers, lifted, ...rest }) => ({
    ...lifted,
    ...rest,
    headers: { 'content-type': type, ...headers },
  }));

const textOf = (body: TestCheck['body']): string => (typeof body === 'string' ? body : '');

/** The names of models that a naive reader finds in a request: those that a provider could act on. */
function namedModels({
  path = '',
  body = '',
  lifted,
  headers = {},
  extensions = {},
}: TestCheck): ReadonlySet<string> {
  // Only Google writes names so.
  const plainly = (name: string): string =>
    path.includes('enerateContent') ? name.replace(/^models\//, '') : name;
  const inPath = /\/(?:models|model|deployments)\/([^/:?]*)/.exec(path)?.[1];
  const found = new Set(inPath === undefined ? [] : [decodeURIComponent(inPath)]);
  if ('ambit.model_header' in extensions) return found.add(headers['x-route-model'] ?? '');
  for (const [, name = ''] of textOf(body).matchAll(/"models?":\s*\[?"([^"]*)"/gi)) {
    found.add(plainly(name));
  }
  if (body === '' && typeof lifted?.['model'] === 'string') {
    found.add(plainly(lifted['model']));
  }
  return found;
}

/** What a request must not be read with, whatever else it says. */
function isHopeless({ method, path = '', headers = {}, body }: TestCheck): boolean {
  return (
    method === 'CONNECT' ||
    headers['upgrade'] !== undefined ||
    headers['content-encoding'] === 'gzip' ||
    headers['content-type'] !== 'application/json' ||
    /realtime|files|%|key=|model=|a=1/.test(path) ||
    /"(?:Model|fallbacks)"/.test(textOf(body))
  );
}

function read(check: TestCheck): ReturnType<typeof checkToAsk> {
  const wire: CheckRequest = toWire(check);
  return checkToAsk(wire, DEFAULT_CLIENT_PREFERENCES);
}

test('a Check, whatever stands in it, is read as one model or refused, and repeats nothing', () => {
  const spread = new Spread();
  fc.assert(
    fc.property(CHECK, (check) => {
      const result = read(check);
      if ('fault' in result) {
        spread.add('fault');
        expect(check.extensions).toEqual({ 'ambit.model_header': 'x-route-model' });
        return;
      }
      const { context, problems } = result.ask.request;
      expect(problems.join()).not.toContain(MARK);
      if (result.models !== undefined) {
        spread.add('models');
        expect([check.method, context.model]).toEqual(['GET', undefined]);
        return;
      }
      spread.add(problems.length > 0 ? 'refused' : 'read');
      if (problems.length > 0) return;
      // Where a body is cleared, the path and what is seen of the body speak for themselves.
      if (!('ambit.model_header' in (check.extensions ?? {})))
        expect(isHopeless(check)).toBe(false);
      expect(check.method).toBe('POST');
      const named = namedModels(check);
      for (const name of named) expect([context.model, ...context.models]).toContain(name);
      expect(named).toContain(context.model);
      const isUnseen =
        check.body === '' && check.extensions?.['ambit.routing_fields'] === undefined;
      if (isUnseen) expect(context.features).toEqual(expect.arrayContaining([...EVERY_FEATURE]));
    }),
    { numRuns: runs(RUNS) },
  );
  spread.expectAtLeast(RUNS * 0.02, 'read', 'refused', 'fault');
  spread.expectAtLeast(10, 'models');
});
