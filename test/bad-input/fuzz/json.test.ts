import * as fc from 'fast-check';

import { readRoutingFields } from '../../../src/pep/ext-authz/routing-fields';
import { BODY_FORMS } from '../../../src/pep/ext-authz/body-forms';
import type { ReadPreferences, RoutingReading } from '../../../src/pep/ext-authz/routing-fields';
import { MAX_JSON_DEPTH } from '../../../src/pep/limits';
import { readClientPreferences } from '../../../src/pep/preferences';
import { keepKey, readStrictJson } from '../../../src/pep/strict-json';
import { wireJson } from '../../../src/pep/grpc/wire-json';
import { DEFAULT_CLIENT_PREFERENCES } from '../../../src/ports/client-preferences';
import { runs, Spread } from '../../laws/support/runs';
import { changed, CHANGES } from './text-mutants';

const RUNS = 4000;

const REQUEST = {
  requestId: 'r-1',
  context: {
    tenant: 'red',
    scope: { team: 'search' },
    model: 'large',
    models: ['m'],
    api: 'API_RESPONSES',
    features: ['store'],
    preferences: {
      only: ['acme'],
      maxRetentionDays: 0,
      maxPrice: { prompt: 1.5 },
      noTraining: true,
    },
  },
  candidates: [
    { target: 'acme/large', claims: [{ name: 'gdpr', boolValue: true, apis: ['API_BATCH'] }] },
    { ref: 'x', provider: 'p', model: 'm' },
  ],
  detail: 'DETAIL_SUMMARY',
  minBundle: { revision: '7' },
};

const BODY = {
  model: 'large',
  store: false,
  stream: true,
  input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'CANARY' }] }],
  tools: [{ type: 'function', name: 'f', parameters: { model: 'inner' } }],
  metadata: { model: 'inner', note: 'CANARY' },
};

const written = (value: object): readonly string[] => [
  JSON.stringify(value),
  JSON.stringify(value, null, 1),
];

/** A value as another program would write it: keys the other way round, all letters escaped. */
function rewritten(text: string): string {
  const turned = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(turned);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, each]) => [key, turned(each)]),
    );
  };
  return JSON.stringify(turned(JSON.parse(text)), null, 2).replace(
    /[^\x00-\x7f]/gu, // eslint-disable-line no-control-regex -- all that is not ASCII is meant
    (letter) =>
      [...Array(letter.length).keys()]
        .map((at) => `\\u${letter.charCodeAt(at).toString(16).padStart(4, '0')}`)
        .join(''),
  );
}

describe('a request as JSON, whatever becomes of its text', () => {
  test('means the same however it is written, or is refused in a few words', () => {
    const spread = new Spread();
    const problems = new Set<string>();
    fc.assert(
      fc.property(fc.constantFrom(...written(REQUEST)), CHANGES, (text, changes) => {
        const mutant = changed(text, changes);
        const reading = wireJson.readAsk(mutant);
        spread.add('ask' in reading ? 'read' : 'refused');
        if ('ask' in reading) {
          // Candidates and lists keep their order; only keys have none.
          expect(wireJson.readAsk(rewritten(mutant))).toEqual(reading);
          return;
        }
        problems.add(reading.problem.replace(/`[^`]*`/gu, '').trim());
        expect(reading.problem.length).toBeLessThan(4000);
      }),
      { numRuns: runs(RUNS) },
    );
    spread.expectAtLeast(RUNS * 0.08, 'read', 'refused');
    expect(problems.size).toBeGreaterThanOrEqual(8);
  });
});

const asked: ReadPreferences = (body = {}) =>
  readClientPreferences({ body, headers: new Map() }, DEFAULT_CLIENT_PREFERENCES);

/** Features come in the order of the keys, which means nothing. */
function sorted(reading: RoutingReading): unknown {
  return 'problem' in reading ? reading : { ...reading, features: reading.features.toSorted() };
}

describe('the body of a request, whatever becomes of its text', () => {
  test('gives its one model, or a problem that repeats nothing of it', () => {
    const spread = new Spread();
    const forms = fc.constantFrom(...BODY_FORMS);
    fc.assert(
      fc.property(forms, fc.constantFrom(...written(BODY)), CHANGES, (form, text, changes) => {
        const mutant = changed(text, changes);
        const reading = readRoutingFields({ form }, mutant, asked);
        expect(JSON.stringify(reading)).not.toContain('CANARY');
        spread.add('problem' in reading ? 'refused' : 'read');
        if ('problem' in reading) return;
        const { model } = JSON.parse(mutant) as { readonly model: unknown };
        expect(reading.model).toBe(model);
        expect(sorted(readRoutingFields({ form }, rewritten(mutant), asked))).toEqual(
          sorted(reading),
        );
      }),
      { numRuns: runs(RUNS) },
    );
    spread.expectAtLeast(RUNS * 0.08, 'read', 'refused');
  });
});

describe('strict JSON', () => {
  const key = fc.constantFrom('a', 'b', 'A', '\\u0061', '__proto__', 'toString', '');
  const json = fc.letrec<{ value: string }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom('1', '"a:b"', '"{\\"a\\":1}"', 'null', '"\\\\"', '"\\""', ' [ ] ', '{}'),
      fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(' ,')}]`),
      fc
        .array(fc.tuple(key, fc.constantFrom('', ' ', '\n\t'), tie('value')), { maxLength: 3 })
        .map(
          (items) => `{${items.map(([name, gap, value]) => `"${name}"${gap}:${value}`).join(',')}}`,
        ),
    ),
  })).value;

  /** Every object of the text has as many keys as a parser that keeps doubled ones would count. */
  function hasDouble(text: string): boolean {
    let doubled = false;
    const at = (source: string): void => {
      const seen: Set<string>[] = [];
      for (const [token] of source.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|[{}]/gu)) {
        if (token === '{') seen.push(new Set());
        else if (token === '}') seen.pop();
        else if (token.endsWith(':')) {
          const name = JSON.parse(token.replace(/\s*:$/u, '')) as string;
          const keys = seen.at(-1);
          doubled ||= keys?.has(name) === true;
          keys?.add(name);
        }
      }
    };
    at(text);
    return doubled;
  }

  test('finds every doubled key, however it is spelt, and no other', () => {
    const spread = new Spread();
    fc.assert(
      fc.property(json, (text) => {
        const strictness = {
          maxDepth: MAX_JSON_DEPTH,
          checkedDepth: MAX_JSON_DEPTH,
          foldKey: keepKey,
        };
        const reading = readStrictJson(text, strictness);
        const isDouble = hasDouble(text);
        expect('problem' in reading).toBe(isDouble);
        if ('value' in reading) expect(reading.value).toEqual(JSON.parse(text));
        spread.add(isDouble ? 'doubled' : 'read');
      }),
      { numRuns: runs(RUNS) },
    );
    spread.expectAtLeast(RUNS * 0.05, 'doubled', 'read');
  });
});
