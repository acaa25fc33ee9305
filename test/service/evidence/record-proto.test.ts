import protobuf from 'protobufjs';

import { DecisionRecord } from '../../../src/gen/ambit/v1/record';
import { loadContract } from '../../contract/support/contract';
import { CASES } from '../../laws/support/decisions';
import { check, Spread } from '../../laws/support/runs';
import { jsonOf, recordFrom } from './support/records';
import { FORM } from './support/form-keys';
import { bundleOf, recordOf } from './support/record-of';

const CONTRACT = loadContract();

/** The message that stands for a type of the form. */
function messageOf(type: string): string {
  if (type === 'RecordedDecision') return 'DecisionRecord';
  return type === 'RecordedPlace' ? 'SourcePosition' : type;
}

const camelCase = (name: string): string =>
  name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

test.each(Object.keys(FORM))('%s has the same keys in the contract', (type) => {
  const { fieldsArray } = CONTRACT.lookupType(`ambit.v1.${messageOf(type)}`);
  const fields = fieldsArray.map(({ name }) => camelCase(name));
  expect(fields.toSorted()).toEqual(Object.keys(FORM[type] ?? {}).toSorted());
  expect(fields.length).toBeGreaterThan(1);
});

test('every message of a record is one of the form', () => {
  const types = new Set(Object.keys(FORM).map(messageOf));
  const messages = CONTRACT.lookup('ambit.v1');
  if (!(messages instanceof protobuf.Namespace)) throw new Error('there is no contract');
  const names = messages.nestedArray.map(({ name }) => name);
  const recorded = names.filter((name) => /^Recorded|^DecisionRecord$/.test(name));
  expect(recorded.filter((name) => !types.has(name))).toEqual([]);
  expect(recorded.length).toBeGreaterThan(10);
});

/** What the JSON of a message leaves out where nothing is in it. Empty preferences say something, and stay. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  ...['eligible', 'blocked', 'claims', 'policies', 'reliedOn', 'attributes', 'candidates'],
  ...['reasons', 'unmet'],
]);

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;

/** A value as the JSON of its message has it, by what the contract says is left out. */
function withoutEmpty(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutEmpty);
  const kept = Object.entries(value).filter(([key, each]) => !LEFT_OUT.has(key) || !isEmpty(each));
  return Object.fromEntries(kept.map(([key, each]) => [key, withoutEmpty(each)]));
}

test('a record is the JSON of its message, and outlasts the wire', () => {
  const spread = new Spread();
  check(recordFrom, 600, (record) => {
    const made = jsonOf(record);
    const message = DecisionRecord.fromJSON(made);
    const onTheWire = DecisionRecord.decode(DecisionRecord.encode(message).finish());
    expect(DecisionRecord.toJSON(message)).toEqual(withoutEmpty(made));
    expect(DecisionRecord.toJSON(onTheWire)).toEqual(withoutEmpty(made));
    for (const key of keysWithin(made)) spread.add(key);
  });
  spread.expectAtLeast(10, ...Object.values(FORM).flatMap(Object.keys));
});

/** Every key that stands anywhere in a value. */
function keysWithin(value: unknown): ReadonlySet<string> {
  if (typeof value !== 'object' || value === null) return new Set();
  return new Set([
    ...(Array.isArray(value) ? [] : Object.keys(value)),
    ...Object.values(value).flatMap((each) => [...keysWithin(each)]),
  ]);
}

test('an empty list of candidates is told from none by the block', () => {
  check(CASES, 400, ({ set, request }) => {
    const bundle = bundleOf({ set, request });
    const record = recordOf({ bundle, request: { ...request, candidates: [] } });
    expect(record.block).toMatchObject({ layer: 'identity' });
  });
});
