import { readRecord } from '../../src/service/evidence/read-record';
import type { RecordedDecision } from '../../src/service/evidence/recorded-decision';
import {
  pathsOf,
  valueAt,
  withKey,
  withoutValue,
  withValue,
  type Path,
} from '../dialects/native/mutate';
import type { Json } from '../dialects/native/samples';
import { chance, pick, type Source } from '../generators/source';
import { check, Spread } from '../laws/support/runs';
import { jsonOf, recordFrom } from '../service/evidence/support/records';
import { complaintsOf, isValid, PUBLISHED, RECORD } from './support/validators';
import { ValueMaker } from './support/values';

const SCHEMA = PUBLISHED.get(RECORD) ?? {};

/** True for the place of an instant. Scopes and attributes have keys that others choose. */
function isInstant(path: Path): boolean {
  const isFree = ['scope', 'attributes'].includes(String(path.at(-2)));
  return !isFree && /^(?:at|checkedAt|expiresAt)$/.test(String(path.at(-1)));
}

/** Instants that have the form, and no calendar has them. */
function hasNoSuchInstant(value: Json): boolean {
  return pathsOf(value)
    .filter(isInstant)
    .some((path) => {
      const text = valueAt(value, path);
      const date = new Date(typeof text === 'string' ? text : Number.NaN);
      return Number.isNaN(date.getTime()) || date.toISOString() !== text;
    });
}

/** Claims that a verdict rests on, and that the record does not hold. */
function hasNoSuchClaim(value: Json): boolean {
  const { eligible, claims } = value as unknown as RecordedDecision;
  return eligible.some(({ reliedOn }) => reliedOn.some((place) => place >= claims.length));
}

/** Fails unless the schema and the reader say the same, or the reader alone refuses by one of the two rules. */
function expectAgreement(value: Json, spread: Spread): void {
  const isRead = readRecord(value) !== undefined;
  const complaints = complaintsOf(RECORD, value);
  if (complaints.length > 0) {
    expect({ complaints, isRead }).toEqual({ complaints, isRead: false });
    spread.add('refused');
    return;
  }
  const beyond = [
    ...(hasNoSuchInstant(value) ? ['no such instant'] : []),
    ...(hasNoSuchClaim(value) ? ['no such claim'] : []),
  ];
  expect({ value, isRead }).toEqual({ value, isRead: beyond.length === 0 });
  for (const each of isRead ? ['accepted'] : beyond) spread.add(each);
}

test('records of decisions are valid', () => {
  const spread = new Spread();
  check(recordFrom, 300, (record) => {
    expectAgreement(jsonOf(record) as Json, spread);
  });
  expect(spread.toString()).toMatch(/^accepted: \d+$/);
});

const INSTANTS: readonly Json[] = [
  ...['2024-02-29T00:00:00.000Z', '+010000-01-01T00:00:00.000Z', '0000-12-31T23:59:59.999Z'],
  ...['2026-02-30T00:00:00.000Z', '-000000-01-01T00:00:00.000Z', '+999999-01-01T00:00:00.000Z'],
  ...['2026-01-31T24:00:00.000Z', '2026-01-31T00:00:00Z', 'Jan 1 2026', 1_767_225_600_000],
];

const ODD: readonly Json[] = [
  ...[null, true, 0, -1, 0.5, 1, 2 ** 53, '', 'x', 'allow', [], [1], ['x'], {}, { x: 'y' }],
  ...INSTANTS,
];

const PARTS = Object.values(SCHEMA.$defs ?? {});

/** A record in which one thing is another, gone, or under another key. */
function changed(source: Source): Json {
  const value = jsonOf(recordFrom(source)) as Json;
  const at = pick(source, pathsOf(value));
  if (chance(source, 25)) return withoutValue(value, at);
  if (chance(source, 15)) return withKey(value, at, pick(source, ['at', 'x', '__proto__']));
  if (chance(source, 50)) return withValue(value, at, pick(source, ODD));
  const part = { ...pick(source, PARTS), $defs: SCHEMA.$defs ?? {} };
  return withValue(value, at, new ValueMaker(source, part).make());
}

test('records with one thing changed are judged alike', () => {
  const spread = new Spread();
  check(changed, 3000, (value) => {
    expectAgreement(value, spread);
  });
  spread.expectAtLeast(500, 'accepted', 'refused');
});

test('instants are judged alike', () => {
  const spread = new Spread();
  const withInstant = (source: Source): Json => {
    const value = jsonOf(recordFrom(source)) as Json;
    const at = pick(source, pathsOf(value).filter(isInstant));
    return withValue(value, at, pick(source, INSTANTS));
  };
  check(withInstant, 400, (value) => {
    expectAgreement(value, spread);
  });
  spread.expectAtLeast(20, 'accepted', 'refused', 'no such instant');
});

/** What only the schema decides; in half of the cases verdicts rest on claims that are there. */
function made(source: Source): Json {
  for (;;) {
    const value = new ValueMaker(source, SCHEMA).make();
    if (isValid(RECORD, value)) return chance(source, 50) ? value : withClaims(value);
  }
}

function withClaims(value: Json): Json {
  const record = value as unknown as RecordedDecision;
  const eligible = record.eligible.map(({ reliedOn, ...rest }) => ({
    ...rest,
    reliedOn: reliedOn.filter((place) => place < record.claims.length),
  }));
  return { ...record, eligible } as unknown as Json;
}

test('what is made from the schema alone is accepted, but for two rules that no schema can say', () => {
  const spread = new Spread();
  check(made, 1000, (value) => {
    expectAgreement(value, spread);
  });
  spread.expectAtLeast(100, 'accepted', 'no such claim');
  expect(spread.of('refused')).toBe(0);
});

test('a number beyond those that JSON can hold again is refused by both', () => {
  const spread = new Spread();
  const huge = JSON.parse('1e999') as number;
  check(recordFrom, 60, (record) => {
    const request = { ...record.request, preferences: { maxRetentionDays: huge } };
    expectAgreement({ ...record, request } as unknown as Json, spread);
  });
  spread.expectAtLeast(60, 'refused');
});
