import { Preferences, RequestContext } from '../../../src/gen/ambit/v1/context';
import { findWireProblem } from '../../../src/pep/grpc/strict-wire';
import { DECIDE_SCHEMA } from '../../../src/pep/grpc/wire-schema';
import { encodeRequest } from './support/encode-request';

/** A field that has a length. */
function field(number: number, ...content: readonly (number | Buffer | string)[]): Buffer {
  const bytes = Buffer.concat(
    content.map((each) => (typeof each === 'number' ? Buffer.of(each) : Buffer.from(each))),
  );
  return Buffer.concat([Buffer.of((number << 3) | 2, bytes.length), bytes]);
}

const varint = (number: number, ...bytes: readonly number[]): Buffer =>
  Buffer.of(number << 3, ...bytes);

const context = (...content: readonly Buffer[]): Buffer => field(2, ...content);
const preferences = (...content: readonly Buffer[]): Buffer => context(field(8, ...content));
const candidate = (...content: readonly Buffer[]): Buffer => field(3, ...content);

const FULL = encodeRequest({
  requestId: 'r-1',
  context: {
    ...RequestContext.create(),
    tenant: 'ünïcode ✓',
    scope: new Map([
      ['team', 'a'],
      ['gateway', 'b'],
    ]),
    models: ['m', 'n'],
    api: 1,
    preferences: {
      ...Preferences.create(),
      only: { values: ['x'] },
      maxRetentionDays: 0,
      maxPrice: { prompt: 1.5 },
    },
  },
  candidates: [
    {
      ref: 'a',
      claims: [
        {
          name: 'soc2',
          value: { $case: 'stringValue', value: 'type2' },
          apis: [1, 2],
          features: ['batch'],
        },
      ],
    },
    { target: 'b', claims: [] },
  ],
  detail: 1,
  minBundle: { bound: { $case: 'revision', value: -1n } },
});

describe('what every decoder reads alike', () => {
  it.each<[string, Uint8Array]>([
    ['nothing at all', Buffer.alloc(0)],
    ['a request with every kind of field', FULL],
    ['numbers of a list, packed', candidate(field(8, field(7, 1, 2, 3)))],
    ['numbers of a list, one by one', candidate(field(8, varint(7, 1), varint(7, 2)))],
    ['a negative number of 32 bits', preferences(varint(8, ...Array<number>(9).fill(0xff), 1))],
    ['the greatest number of 32 bits', varint(4, 0xff, 0xff, 0xff, 0xff, 0x07)],
    ['entries of two maps with one key', context(field(2, field(1, 'k')), field(9, field(1, 'k')))],
  ])('is %s', (_, bytes) => {
    expect(findWireProblem(bytes, DECIDE_SCHEMA)).toBeUndefined();
  });
});

describe('what decoders differ in', () => {
  it.each<[string, Buffer, string, string]>([
    ['an unknown field', varint(9, 1), '', 'has the field number 9'],
    ['an unknown field inside', preferences(varint(15, 1)), 'context.preferences', 'number 15'],
    ['the field number 0', Buffer.of(0x02, 0), '', 'number 0'],
    ['the tag 0, at which some stop reading', Buffer.of(0x00, 0x00), '', 'number 0'],
    ['a group', Buffer.of((1 << 3) | 3), 'request_id', 'no value of its type'],
    ['a text where a number belongs', field(4, 'x'), 'detail', 'no value of its type'],
    ['a number where a text belongs', varint(1, 5), 'request_id', 'no value of its type'],
    [
      'a packed number that is no list',
      preferences(field(8, 1)),
      'context.preferences.max_retention_days',
      'type',
    ],
    [
      'a message twice',
      Buffer.concat([context(field(8, varint(5, 1))), context()]),
      'context',
      'is there twice',
    ],
    [
      'preferences twice',
      context(field(8, varint(5, 1)), field(8)),
      'context.preferences',
      'twice',
    ],
    ['a text twice', Buffer.concat([field(1, 'a'), field(1, 'b')]), 'request_id', 'twice'],
    [
      'a switch twice',
      preferences(varint(5, 1), varint(5, 0)),
      'context.preferences.zero_data_retention',
      'twice',
    ],
    [
      'two members of a oneof',
      field(5, varint(1, 7), field(2, 'sha256:0')),
      'min_bundle.digest',
      'twice',
    ],
    [
      'a key of a map twice',
      context(field(2, field(1, 'k'), field(2, 'a')), field(2, field(1, 'k'))),
      'context.scope',
      'has a key twice',
    ],
    [
      'the empty key twice',
      context(field(2), field(2, field(2, 'v'))),
      'context.scope',
      'has a key twice',
    ],
    [
      'a key twice in one entry',
      context(field(2, field(1, 'a'), field(1, 'b'))),
      'context.scope.key',
      'twice',
    ],
    ['no UTF-8', field(1, 0xff), 'request_id', 'is no UTF-8'],
    ['a surrogate in UTF-8', context(field(1, 0xed, 0xa0, 0x80)), 'context.tenant', 'is no UTF-8'],
    ['an overlong form', context(field(3, 0xc0, 0xaf)), 'context.model', 'is no UTF-8'],
    ['an enum of 64 bits', context(varint(6, 0x81, 0x80, 0x80, 0x80, 0x10)), 'context.api', 'type'],
    [
      'days that decoders cut to 30',
      preferences(varint(8, 0x9e, 0x80, 0x80, 0x80, 0x10)),
      'context.preferences.max_retention_days',
      'type',
    ],
    [
      'a number of 65 bits',
      preferences(varint(5, ...Array<number>(9).fill(0xff), 2)),
      'context.preferences.zero_data_retention',
      'type',
    ],
    ['a number without end', varint(4, ...Array<number>(11).fill(0xff)), 'detail', 'type'],
    ['a text that is cut short', Buffer.of(0x0a, 5, 0x61), 'request_id', 'is cut short'],
    [
      'a length that leaves its message',
      context(Buffer.of(0x0a, 9)),
      'context.tenant',
      'is cut short',
    ],
    [
      'a price that is cut short',
      preferences(field(11, Buffer.of((1 << 3) | 1, 0, 0))),
      'context.preferences.max_price.prompt',
      'cut short',
    ],
    ['a tag that is cut short', Buffer.of(0x80), '', 'is no protobuf message'],
    [
      'the second candidate',
      Buffer.concat([candidate(field(1, 'a')), candidate(field(1, 0xff))]),
      'candidates[1].ref',
      'UTF-8',
    ],
  ])('is refused: %s', (_, bytes, path, problem) => {
    expect(findWireProblem(bytes, DECIDE_SCHEMA)).toEqual({
      path,
      problem: expect.stringContaining(problem) as string,
    });
  });

  it('is refused wherever a whole message is cut', () => {
    const ends = Array.from({ length: FULL.length }, (_, end) =>
      findWireProblem(FULL.subarray(0, end), DECIDE_SCHEMA),
    );
    // A cut between two fields of the request leaves a message that is whole.
    expect(ends.filter((problem) => problem === undefined)).toHaveLength(6);
  });
});
