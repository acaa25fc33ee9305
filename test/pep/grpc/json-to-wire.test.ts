import { DecideRequest } from '../../../src/gen/ambit/v1/request';
import { encodeJson } from '../../../src/pep/grpc/json-to-wire';
import type { Violation } from '../../../src/pep/grpc/violations';
import { DECIDE_SCHEMA } from '../../../src/pep/grpc/wire-schema';

/** The message that a JSON value stands for. */
function messageOf(value: unknown): DecideRequest {
  const encoded = encodeJson(value, DECIDE_SCHEMA);
  if ('violations' in encoded) throw new Error(JSON.stringify(encoded.violations));
  return DecideRequest.decode(encoded.bytes);
}

function violationsOf(value: unknown): readonly Violation[] {
  const encoded = encodeJson(value, DECIDE_SCHEMA);
  if ('bytes' in encoded) throw new Error('it was encoded');
  return encoded.violations;
}

const inContext = (part: object): object => ({ context: part });
const inPreferences = (part: object): object => inContext({ preferences: part });
const inCandidate = (part: object): object => ({ candidates: [part] });
const inClaim = (part: object): object => inCandidate({ claims: [part] });

describe('both spellings of a key', () => {
  it.each([
    [{ requestId: 'r' }, { request_id: 'r' }],
    [{ minBundle: { digest: 'd' } }, { min_bundle: { digest: 'd' } }],
    [inContext({ modelIdStyle: 1 }), inContext({ model_id_style: 1 })],
    [inPreferences({ maxPrice: { prompt: 1 } }), inPreferences({ max_price: { prompt: 1 } })],
    [inPreferences({ maxRetentionDays: 0 }), inPreferences({ max_retention_days: 0 })],
    [inClaim({ boolValue: false }), inClaim({ bool_value: false })],
    [inClaim({ expiresAt: 'x' }), inClaim({ expires_at: 'x' })],
  ])('mean the same: %j', (camel, snake) => {
    expect(messageOf(camel)).toEqual(messageOf(snake));
    expect(messageOf(camel)).not.toEqual(messageOf({}));
  });

  it.each([
    [{ requestId: 'r', request_id: 'r' }, 'request_id'],
    [inPreferences({ no_training: true, noTraining: false }), 'context.preferences.noTraining'],
  ])('are one field, which is there once: %j', (value, path) => {
    expect(violationsOf(value)).toEqual([{ path, problem: 'is there twice, in two spellings' }]);
  });
});

describe('a key that is no field', () => {
  it.each([
    [{ requestid: 'r' }, 'requestid'],
    [{ RequestId: 'r' }, 'RequestId'],
    [{ 'request-id': 'r' }, 'request-id'],
    [{ '': 1 }, ''],
    [{ toString: 1 }, 'toString'],
    [{ messages: [] }, 'messages'],
    [JSON.parse('{"__proto__":{"context":{}}}'), '__proto__'],
    [inContext({ messages: 'x' }), 'context.messages'],
    [inPreferences({ only: ['a'], deny: ['a'] }), 'context.preferences.deny'],
    [inCandidate({ id: 'x' }), 'candidates[0].id'],
  ])('is told with its path: %j', (value, path) => {
    expect(violationsOf(value)).toMatchObject([{ path: path === '' ? 'request' : path }]);
  });

  it('is told with the fields that there are', () => {
    expect(violationsOf({ candidate: [] })).toEqual([
      {
        path: 'candidate',
        problem:
          'is no field; the fields are `requestId`, `context`, `candidates`, `detail`, `minBundle`',
      },
    ]);
  });
});

describe('a value of another type', () => {
  const NO_TEXT = 'is no text';
  it.each<[object, string, string]>([
    [{ requestId: 7 }, 'requestId', NO_TEXT],
    [{ requestId: ['r'] }, 'requestId', NO_TEXT],
    [{ context: [] }, 'context', 'is no object'],
    [{ context: 'x' }, 'context', 'is no object'],
    [{ candidates: { ref: 'a' } }, 'candidates', 'is no list'],
    [{ candidates: ['a'] }, 'candidates[0]', 'is no object'],
    [inContext({ models: 'm' }), 'context.models', 'is no list'],
    [inContext({ models: ['m', 7] }), 'context.models[1]', NO_TEXT],
    [inContext({ scope: [] }), 'context.scope', 'is no object'],
    [inContext({ scope: { a: 1 } }), 'context.scope["a"]', NO_TEXT],
    [inContext({ attributes: { a: { b: 'c' } } }), 'context.attributes["a"]', NO_TEXT],
    [inPreferences({ only: 'a' }), 'context.preferences.only', 'is no list'],
    [inPreferences({ only: { values: ['a'] } }), 'context.preferences.only', 'is no list'],
    [inPreferences({ only: ['a', 1] }), 'context.preferences.only[1]', NO_TEXT],
    [
      inPreferences({ noTraining: 'false' }),
      'context.preferences.noTraining',
      'is neither `true` nor `false`',
    ],
    [
      inPreferences({ noTraining: 0 }),
      'context.preferences.noTraining',
      'is neither `true` nor `false`',
    ],
    [
      inPreferences({ maxPrice: { prompt: '1' } }),
      'context.preferences.maxPrice.prompt',
      'is no number',
    ],
  ])('is told with its path: %j', (value, path, problem) => {
    expect(violationsOf(value)).toEqual([{ path, problem }]);
  });

  it.each<[object, string]>([
    [{ requestId: null }, 'requestId'],
    [{ context: null }, 'context'],
    [{ candidates: null }, 'candidates'],
    [{ candidates: [null] }, 'candidates[0]'],
    [{ detail: null }, 'detail'],
    [inContext({ scope: null }), 'context.scope'],
    [inContext({ scope: { a: null } }), 'context.scope["a"]'],
    [inPreferences({ only: null }), 'context.preferences.only'],
    [inPreferences({ noTraining: null }), 'context.preferences.noTraining'],
    [inPreferences({ maxRetentionDays: null }), 'context.preferences.maxRetentionDays'],
  ])('is `null` as well, which is not the same as absent: %j', (value, path) => {
    expect(violationsOf(value)).toMatchObject([{ path }]);
  });

  it('is told together with all the others', () => {
    const wrong = { ...inContext({ tenant: 1, api: {} }), candidates: [{ ref: 1 }, 2], x: 1 };
    expect(violationsOf(wrong).map(({ path }) => path)).toEqual([
      'context.tenant',
      'context.api',
      'candidates[0].ref',
      'candidates[1]',
      'x',
    ]);
  });

  it.each([null, [], 'x', 7, true])('is a request that is none: %j', (value) => {
    expect(violationsOf(value)).toEqual([{ path: 'request', problem: 'is no object' }]);
  });
});

describe('a text that UTF-8 cannot hold', () => {
  it.each<[object, string]>([
    [{ requestId: '\uD800' }, 'requestId'],
    [{ requestId: 'a\uDC00b' }, 'requestId'],
    [{ requestId: '\uDC00\uD800' }, 'requestId'],
    [inContext({ scope: { a: '\uD800' } }), 'context.scope["a"]'],
    [inContext({ scope: { '\uD800': 'a' } }), 'context.scope["\\ud800"]'],
    [inPreferences({ only: ['\uD800'] }), 'context.preferences.only[0]'],
  ])('is refused, not mended: %j', (value, path) => {
    expect(violationsOf(value)).toEqual([{ path, problem: 'is no text' }]);
  });

  it('is not one of a higher plane', () => {
    expect(messageOf({ requestId: '𝔸\0' }).requestId).toBe('𝔸\0');
  });
});

describe('a map', () => {
  it('has the keys that are written, whatever they are called', () => {
    const scope = JSON.parse('{"__proto__":"a","constructor":"b","":"c"}') as object;
    expect(messageOf(inContext({ scope })).context?.scope).toEqual(
      new Map([
        ['__proto__', 'a'],
        ['constructor', 'b'],
        ['', 'c'],
      ]),
    );
  });
});

describe('numbers', () => {
  const DAYS = 'context.preferences.maxRetentionDays';
  it.each([0, -1, 2 ** 31 - 1, -(2 ** 31)])('of 32 bits are whole and fit: %d', (days) => {
    const { context } = messageOf(inPreferences({ maxRetentionDays: days }));
    expect(context?.preferences?.maxRetentionDays).toBe(days);
  });

  it.each([0.5, 2 ** 31, -(2 ** 31) - 1, 2 ** 32 + 30, 1e300, '30', true, Infinity])(
    'of 32 bits are refused where they are not: %p',
    (days) => {
      expect(violationsOf(inPreferences({ maxRetentionDays: days }))).toEqual([
        { path: DAYS, problem: 'is no whole number of 32 bits' },
      ]);
    },
  );

  it.each([
    [7, 7n],
    ['7', 7n],
    ['-7', -7n],
    ['007', 7n],
    ['9223372036854775807', 2n ** 63n - 1n],
    ['-9223372036854775808', -(2n ** 63n)],
    [Number.MAX_SAFE_INTEGER, 2n ** 53n - 1n],
  ])('of 64 bits may be texts: %p', (revision, value) => {
    expect(messageOf({ minBundle: { revision } }).minBundle?.bound).toEqual({
      $case: 'revision',
      value,
    });
  });

  it.each([
    2 ** 53,
    0.5,
    '',
    ' 7',
    '7.0',
    '1e3',
    '0x7',
    '+7',
    '9223372036854775808',
    '-9223372036854775809',
    '-',
    true,
  ])('of 64 bits are refused where they are not, or may have lost digits: %p', (revision) => {
    expect(violationsOf({ minBundle: { revision } })).toEqual([
      { path: 'minBundle.revision', problem: 'is no whole number of 64 bits' },
    ]);
  });

  it('with a fraction are as they are', () => {
    const { context } = messageOf(inPreferences({ maxPrice: { prompt: 0.1, completion: 0 } }));
    expect(context?.preferences?.maxPrice).toEqual({ prompt: 0.1, completion: 0 });
  });
});

describe('an enum', () => {
  it.each<[object, number]>([
    [{ detail: 'DETAIL_TRACE' }, 3],
    [{ detail: 3 }, 3],
    [{ detail: 99 }, 99],
    [{ detail: 'DETAIL_UNSPECIFIED' }, 0],
  ])('goes by name or number: %j', (value, detail) => {
    expect(messageOf(value).detail).toBe(detail);
  });

  it.each(['', 'detail_trace', 'TRACE', 'DETAIL_TRACE ', 'UNRECOGNIZED', 'toString', '3'])(
    'of a name that no version knows is a number that no version knows: `%s`',
    (name) => {
      expect(messageOf({ detail: name }).detail).toBe(2 ** 31 - 1);
    },
  );

  it.each([true, {}, [], 1.5])('is nothing else: %p', (detail) => {
    expect(violationsOf({ detail })).toMatchObject([{ path: 'detail' }]);
  });
});
