import { APIS, FEATURES } from '../../../src/core/model/api';
import type { RequestContext } from '../../../src/core/model/request';
import { RequestContext as WireContext } from '../../../src/gen/ambit/v1/context';
import { EMPTY_CONTEXT } from '../../../src/core/model/request';
import { contextFromWire } from '../../../src/pep/grpc/context-from-wire';
import type { Complaints } from '../../../src/pep/grpc/preferences-from-wire';
import {
  MAX_ID_BYTES,
  MAX_KEY_BYTES,
  MAX_MAP_ENTRIES,
  MAX_VALUE_BYTES,
} from '../../../src/pep/limits';

/** What reading gives, and whose mistakes it finds: violations as `path problem`. */
function read(wire: Partial<WireContext>): {
  readonly context: RequestContext;
  readonly violations: readonly string[];
  readonly problems: readonly string[];
} {
  const complaints: Complaints = { violations: [], problems: [] };
  const context = contextFromWire({ ...WireContext.create(), ...wire }, complaints);
  const violations = complaints.violations.map(({ path, problem }) => `${path} ${problem}`);
  return { context, violations, problems: complaints.problems };
}

const entries = (count: number): Map<string, string> =>
  new Map(Array.from({ length: count }, (_, index) => [`k${String(index)}`, '']));

describe('a context', () => {
  it('says nothing where nothing is sent, and is then the same whether it is there or not', () => {
    const complaints: Complaints = { violations: [], problems: [] };
    expect(contextFromWire(undefined, complaints)).toBe(EMPTY_CONTEXT);
    expect(read({})).toEqual({ context: EMPTY_CONTEXT, violations: [], problems: [] });
  });

  it('keeps what is empty apart from what is absent', () => {
    expect(read({ tenant: '' }).context).toHaveProperty('tenant', '');
    expect(read({}).context).not.toHaveProperty('tenant');
    expect(read({}).context).not.toHaveProperty('model');
    expect(read({}).context).not.toHaveProperty('api');
  });

  it('has everything that is sent', () => {
    const scope = new Map([['team', 'a']]);
    const attributes = new Map([['purpose', '']]);
    const sent = { tenant: 't', scope, model: 'm', models: ['n'], attributes };
    expect(read({ ...sent, modelIdStyle: 1, api: 1, features: ['store'] }).context).toEqual({
      ...sent,
      modelIdStyle: 'pin',
      api: 'chat_completions',
      features: ['store'],
      preferences: {},
    });
  });

  it('names each model and each feature once', () => {
    const { context } = read({ models: ['a', 'b', 'a'], features: ['store', 'store'] });
    expect(context).toMatchObject({ models: ['a', 'b'], features: ['store'] });
  });

  it.each([
    [0, 'auto'],
    [1, 'pin'],
    [2, 'author'],
  ])('has a style by number: %i', (number, style) => {
    expect(read({ modelIdStyle: number as 0 })).toMatchObject({
      context: { modelIdStyle: style },
      problems: [],
    });
  });

  it('speaks every api, in the order of their numbers, and takes every feature', () => {
    APIS.forEach((api, index) => {
      expect(read({ api: (index + 1) as 1 })).toMatchObject({ context: { api }, problems: [] });
    });
    for (const feature of FEATURES) {
      expect(read({ features: [feature] })).toMatchObject({
        context: { features: [feature] },
        problems: [],
      });
    }
  });
});

describe('what an enforcement point gets wrong', () => {
  it.each<[Partial<WireContext>, Partial<WireContext>, string]>([
    [
      { tenant: 'ü'.repeat(MAX_ID_BYTES / 2) },
      { tenant: `${'ü'.repeat(MAX_ID_BYTES / 2)}x` },
      'context.tenant has more than 256 bytes',
    ],
    ...(['scope', 'attributes'] as const).flatMap(
      (map): [Partial<WireContext>, Partial<WireContext>, string][] => [
        [
          { [map]: entries(MAX_MAP_ENTRIES) },
          { [map]: entries(MAX_MAP_ENTRIES + 1) },
          `context.${map} has more than 64 entries`,
        ],
        [
          { [map]: new Map([['k'.repeat(MAX_KEY_BYTES), '']]) },
          { [map]: new Map([['k'.repeat(MAX_KEY_BYTES + 1), '']]) },
          `context.${map} has a key that is empty or over 64 bytes`,
        ],
        [
          { [map]: new Map([['k', 'v']]) },
          { [map]: new Map([['', 'v']]) },
          `context.${map} has a key that is empty or over 64 bytes`,
        ],
        [
          { [map]: new Map([['"', 'v'.repeat(MAX_VALUE_BYTES)]]) },
          { [map]: new Map([['"', 'v'.repeat(MAX_VALUE_BYTES + 1)]]) },
          `context.${map}["\\""] has a value of more than 256 bytes`,
        ],
      ],
    ),
  ])('is told at the limit only (%#)', (within, beyond, violation) => {
    expect(read(within)).toMatchObject({ violations: [], problems: [] });
    expect(read(beyond)).toMatchObject({ violations: [violation], problems: [] });
  });
});

describe('what an end client gets wrong', () => {
  it('is every number of an enum that this version does not list', () => {
    for (const number of [-1, 3, 99, 2 ** 31 - 1]) {
      expect(read({ modelIdStyle: number as 2 })).toMatchObject({
        context: { modelIdStyle: 'auto' },
        problems: ['context.model_id_style is not understood'],
      });
    }
    for (const number of [-1, APIS.length + 1, 99, 2 ** 31 - 1]) {
      expect(read({ api: number as 1 }).problems).toEqual(['context.api is not understood']);
    }
  });

  it('never shows what the client wrote', () => {
    const secret = 'sk-secret';
    const { problems } = read({ features: [secret], model: secret.repeat(100), models: [''] });
    expect(problems).toHaveLength(3);
    expect(problems.join(' ')).not.toContain(secret);
  });
});
