import * as fc from 'fast-check';

import { DecideRequest } from '../../../src/gen/ambit/v1/request';
import { readWhole } from '../../../src/pep/grpc/decode-request';
import { describeViolations } from '../../../src/pep/grpc/violations';
import { wireJson } from '../../../src/pep/grpc/wire-json';
import { MAX_JSON_DEPTH, MAX_REQUEST_BYTES } from '../../../src/pep/limits';
import type { AskReading } from '../../../src/ports/wire-json';
import { REQUESTS } from './support/requests';
import { runs, SEED } from '../../laws/support/runs';

/** What reading the bytes gives, in the form of what reading the text gives. */
function readBytes(request: DecideRequest): AskReading {
  const read = readWhole(DecideRequest.encode(request).finish());
  return 'ask' in read ? read : { problem: describeViolations(read.violations) };
}

const LISTS: ReadonlySet<string> = new Set([
  'only',
  'ignore',
  'order',
  'processingRegions',
  'quantizations',
  'listValue',
]);

const MAPS: ReadonlySet<string> = new Set(['scope', 'attributes']);

const snake = (key: string): string =>
  key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The JSON of generated code as the contract's: lists whose presence counts are plain, keys may be in snake_case. */
function contractForm(value: unknown, spell: (key: string) => string): unknown {
  if (Array.isArray(value)) return value.map((each) => contractForm(each, spell));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]: [string, unknown]) => {
      if (LISTS.has(key)) return [spell(key), (each as { values?: unknown }).values ?? []];
      return [spell(key), MAPS.has(key) ? each : contractForm(each, spell)];
    }),
  );
}

describe('a request as JSON', () => {
  it('is what the same request is as bytes', () => {
    const spread = { asked: 0, problems: 0, refused: 0 };
    fc.assert(
      fc.property(REQUESTS, fc.boolean(), (request, snakeCase) => {
        const json = contractForm(DecideRequest.toJSON(request), snakeCase ? snake : (key) => key);
        const expected = readBytes(request);
        expect(wireJson.readAsk(JSON.stringify(json))).toEqual(expected);
        if ('problem' in expected) spread.refused += 1;
        else if (expected.ask.request.problems.length > 0) spread.problems += 1;
        else spread.asked += 1;
      }),
      { numRuns: runs(2000), seed: SEED },
    );
    for (const count of Object.values(spread)) expect(count).toBeGreaterThan(runs(100));
  });

  it.each([
    ['', 'the request is no JSON'],
    ['[]', '`request` is no object'],
    ['{"detail":1,"detail":1}', 'the request has the key `detail` twice'],
    ['{"context":{"model":"a","\\u006dodel":"b"}}', 'the request has the key `model` twice'],
    ['{"requestId":"a","request_id":"a"}', '`request_id` is there twice, in two spellings'],
    ['{"context":{"scope":{"a":"b","a":"c"}}}', 'the request has the key `a` twice'],
    [
      `${'{"context":'.repeat(MAX_JSON_DEPTH + 1)}0${'}'.repeat(MAX_JSON_DEPTH + 1)}`,
      'the request is nested deeper than 64 levels',
    ],
    ['{"candidates":[{"ref":"a"},{"ref":""}]}', '`candidates[1].ref` is empty'],
    ['{"detail":7.5,"x":1}', /^`detail` is no whole number.*; `x` is no field/],
  ])('that is none says why: %s', (text, problem) => {
    const read = wireJson.readAsk(text);
    if (!('problem' in read)) throw new Error('it was read');
    expect(read.problem).toEqual(
      typeof problem === 'string' ? problem : (expect.stringMatching(problem) as string),
    );
  });

  it('is limited as bytes are', () => {
    const scope = (count: number): string =>
      JSON.stringify({ context: { attributes: { a: 'x'.repeat(count) } } });
    expect(wireJson.readAsk(scope(MAX_REQUEST_BYTES - 20))).toEqual({
      problem: '`context.attributes["a"]` has a value of more than 256 bytes',
    });
    expect(wireJson.readAsk(scope(MAX_REQUEST_BYTES))).toEqual({
      problem: 'the request has more than 1048576 bytes as a message',
    });
  });

  it('says what an end client got wrong in the ask, so that it becomes a block', () => {
    const text = '{"context":{"api":"API_OF_TOMORROW","model":"","features":["flying"]}}';
    expect(wireJson.readAsk(text)).toMatchObject({
      ask: {
        request: {
          candidates: [],
          problems: [
            'context.model is empty',
            'context.api is not understood',
            'context.features names something that is no feature',
          ],
        },
      },
    });
  });
});

describe('an offer as JSON', () => {
  it('leaves the candidates to the catalog, and has the fields of a listing only', () => {
    const read = wireJson.readOffer('{"context":{"model":"m"},"detail":"DETAIL_SUMMARY"}');
    if (!('ask' in read)) throw new Error(read.problem);
    expect(read.ask).toMatchObject({ detail: 'summary', request: { context: { model: 'm' } } });
    expect(read.ask.request).not.toHaveProperty('candidates');
    expect(wireJson.readOffer('{"candidates":[]}')).toMatchObject({
      problem: expect.stringContaining('`candidates` is no field') as string,
    });
    expect(wireJson.readOffer('{"pageSize":-1}')).toEqual({ problem: '`page_size` is negative' });
  });
});
