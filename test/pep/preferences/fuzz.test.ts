import * as fc from 'fast-check';

import { PREFERENCE_FIELDS } from '../../../src/pep/preferences';
import { PREFERENCE_WORDS } from '../../../src/ports/client-preferences';
import { runs, Spread } from '../../laws/support/runs';
import { ask } from './support/asking';

const CANARY = 'canary-77ab';

const KEYS = [
  ...['gateway', 'only', 'order', 'models', 'has', 'byok', 'tags', 'user', 'zeroDataRetention'],
  ...[
    'zdr',
    'ignore',
    'max_price',
    'prompt',
    'sort',
    'by',
    'plugins',
    'providerTimeouts',
    'system',
  ],
  ...['__proto__', 'constructor', 'toString', CANARY, ''],
];

/** JSON that is shaped like preferences often enough to get far. */
const { value: json } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 1e300, CANARY, '', 'quantization:fp8'),
    fc.array(fc.constantFrom(CANARY, 'a', ''), { maxLength: 3 }),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

const BODY = fc.dictionary(
  fc.constantFrom(...PREFERENCE_FIELDS.keys(), 'messages', '__proto__'),
  json,
  { maxKeys: 3, noNullPrototype: true },
);

const HEADERS = fc.dictionary(
  fc.constantFrom(
    ...PREFERENCE_WORDS.map((word) => `ambit-prefer-${word}`),
    `ambit-prefer-${CANARY}`,
    'x-llmgateway-data-residency',
    'accept',
  ),
  fc.array(fc.constantFrom('', ',', 'a,b', 'true', '0', '1.5', 'eu', 'deny', CANARY), {
    maxLength: 2,
  }),
  { maxKeys: 3, noNullPrototype: true },
);

describe('whatever a client writes', () => {
  test('is read or refused, never throws, and problems repeat nothing of it', () => {
    const spread = new Spread();
    fc.assert(
      fc.property(BODY, HEADERS, (body, headers) => {
        // A body comes out of JSON.parse, where `__proto__` is a key like any other.
        const parsed = JSON.parse(JSON.stringify(body)) as Record<string, unknown>;
        const { preferences, models, problems } = ask({ body: parsed, headers });
        expect(problems.join()).not.toContain(CANARY);
        for (const list of [preferences.only ?? [], preferences.order ?? [], models]) {
          for (const name of list) expect(typeof name === 'string' && name !== '').toBe(true);
        }
        spread.add(problems.length > 0 ? 'refused' : 'taken');
        if (problems.length === 0 && Object.keys(preferences).length > 0) spread.add('narrowing');
      }),
      { numRuns: runs(6000) },
    );
    spread.expectAtLeast(600, 'refused', 'taken');
    spread.expectAtLeast(150, 'narrowing');
  });
});
