import type { MessageCase } from '../support/message-case';
import {
  ALLOWED,
  allowedAnd,
  double,
  field,
  groups,
  numeric,
  varint,
  withCandidate,
  withContext,
  withPreferences,
} from '../support/wire';

const MEBI = 1024 * 1024;

const tooLong =
  (bytes: number): (() => Buffer) =>
  () =>
    withContext(field(4, 'x'.repeat(bytes)));

const CUT = ALLOWED.subarray(0, ALLOWED.length - 3);

/** A request whose candidate claims something. */
const claim = (...fields: readonly Uint8Array[]): Buffer => withCandidate(field(8, ...fields));

/** Cases for Decide. */
export const DECIDE_CASES: readonly MessageCase[] = [
  {
    category: 'malformed',
    name: 'text',
    method: 'decide',
    bytes: Buffer.from('{"candidates":[]}'),
  },
  {
    category: 'malformed',
    name: 'a number of eleven bytes',
    method: 'decide',
    bytes: Buffer.concat([Buffer.of(0x20), Buffer.alloc(10, 0xff), Buffer.of(1)]),
  },
  {
    category: 'malformed',
    name: 'a field of number zero',
    method: 'decide',
    bytes: allowedAnd(Buffer.of(0, 0)),
  },
  { category: 'truncated', name: 'a request', method: 'decide', bytes: CUT },
  {
    category: 'encoding',
    name: 'a tenant in Latin-1',
    method: 'decide',
    bytes: field(2, field(1, Buffer.of(0xfc))),
  },
  {
    category: 'encoding',
    name: 'an overlong slash in a target',
    method: 'decide',
    bytes: field(3, field(2, Buffer.of(0xc0, 0xaf))),
  },
  {
    category: 'encoding',
    name: 'half of a surrogate pair in a model',
    method: 'decide',
    bytes: withContext(field(3, Buffer.of(0xed, 0xa0, 0x80))),
  },
  {
    category: 'invisible',
    name: 'a terminal escape as a tenant',
    method: 'decide',
    bytes: field(2, field(1, '\u001b[2J')),
  },
  {
    category: 'invisible',
    name: 'a NUL behind a target',
    method: 'decide',
    bytes: Buffer.concat([
      field(2, field(1, 'red')),
      field(3, field(1, 'r'), field(2, 'acme/large\0')),
    ]),
  },
  {
    category: 'lookalike',
    name: 'a tenant in another case',
    method: 'decide',
    bytes: field(2, field(1, 'Red')),
  },
  {
    category: 'lookalike',
    name: 'a target in Cyrillic',
    method: 'decide',
    bytes: Buffer.concat([
      field(2, field(1, 'red')),
      field(3, field(1, 'r'), field(2, '\u0430cme/large')),
    ]),
  },
  {
    category: 'lookalike',
    name: 'a reference in two widths',
    method: 'decide',
    bytes: allowedAnd(field(3, field(1, '\uff41cme/large'), field(2, 'acme/large'))),
  },
  {
    category: 'prototype',
    name: '__proto__ as a target',
    method: 'decide',
    bytes: Buffer.concat([field(2, field(1, 'red')), field(3, field(2, '__proto__'))]),
  },
  {
    category: 'prototype',
    name: 'constructor as a tenant',
    method: 'decide',
    bytes: field(2, field(1, 'constructor')),
  },
  {
    category: 'prototype',
    name: '__proto__ as a scope key and an attribute',
    method: 'decide',
    bytes: withContext(
      field(2, field(1, '__proto__'), field(2, 'x')),
      field(9, field(1, '__proto__'), field(2, 'x')),
    ),
  },
  {
    category: 'prototype',
    name: '__proto__ as a claim',
    method: 'decide',
    bytes: claim(field(1, '__proto__'), numeric(2, 1)),
  },
  { category: 'foreign', name: 'a group', method: 'decide', bytes: allowedAnd(groups(15, 1)) },
  {
    category: 'foreign',
    name: 'a group in the place of a message',
    method: 'decide',
    bytes: allowedAnd(groups(5, 1)),
  },
  {
    category: 'foreign',
    name: 'a number of 32 fixed bits',
    method: 'decide',
    bytes: allowedAnd(Buffer.of((4 << 3) | 5, 1, 0, 0, 0)),
  },
  {
    category: 'path',
    name: 'an endpoint that is a file',
    method: 'decide',
    bytes: withCandidate(field(6, 'file:///etc/passwd')),
  },
  {
    category: 'path',
    name: 'an endpoint that climbs',
    method: 'decide',
    bytes: withCandidate(field(6, 'https://api.example/v1/../../')),
  },
  {
    category: 'huge',
    name: 'a request of more than 1 MiB',
    method: 'decide',
    bytes: tooLong(MEBI + 1),
  },
  { category: 'huge', name: 'one of more than 8 MiB', method: 'decide', bytes: tooLong(9 * MEBI) },
  {
    category: 'huge',
    name: '100,000 candidates',
    method: 'decide',
    bytes: () => Buffer.concat(Array<Buffer>(100_000).fill(field(3))),
  },
  {
    category: 'huge',
    name: '100,000 empty names',
    method: 'decide',
    bytes: () => withContext(Buffer.concat(Array<Buffer>(100_000).fill(field(4)))),
  },
  {
    category: 'huge',
    name: 'a model of 513 bytes',
    method: 'decide',
    bytes: withContext(field(3, 'm'.repeat(513))),
  },
  {
    category: 'huge',
    name: 'a target of 257 bytes',
    method: 'decide',
    bytes: field(3, field(2, 't'.repeat(257))),
  },
  {
    category: 'huge',
    name: '65 attributes',
    method: 'decide',
    bytes: withContext(
      ...Array.from({ length: 65 }, (_, index) => field(9, field(1, `k${String(index)}`))),
    ),
  },
  {
    category: 'deep',
    name: '100,000 groups',
    method: 'decide',
    bytes: () => allowedAnd(groups(15, 100_000)),
  },
  {
    category: 'contradictory',
    name: 'both bounds of the bundle',
    method: 'decide',
    bytes: allowedAnd(field(5, numeric(1, 1), field(2, 'x'))),
  },
  {
    category: 'contradictory',
    name: 'a target, and another provider',
    method: 'decide',
    bytes: withCandidate(field(3, 'boreal')),
  },
  {
    category: 'contradictory',
    name: 'two values of one claim',
    method: 'decide',
    bytes: claim(field(1, 'gdpr'), numeric(2, 1), field(4, 'no')),
  },
  {
    category: 'contradictory',
    name: 'only and not the same provider',
    method: 'decide',
    bytes: withPreferences(field(1, field(1, 'acme')), field(2, field(1, 'acme'))),
  },
  {
    category: 'duplicate',
    name: 'preferences twice, the second empty',
    method: 'decide',
    bytes: withContext(field(8, field(1, field(1, 'boreal'))), field(8)),
  },
  {
    category: 'duplicate',
    name: 'a scope key twice',
    method: 'decide',
    bytes: withContext(
      field(2, field(1, 'team'), field(2, 'a')),
      field(2, field(1, 'team'), field(2, 'b')),
    ),
  },
  {
    category: 'duplicate',
    name: 'a reference twice',
    method: 'decide',
    bytes: allowedAnd(field(3, field(2, 'acme/large'))),
  },
  {
    category: 'version',
    name: 'a field of a later version',
    method: 'decide',
    bytes: allowedAnd(numeric(15, 1)),
  },
  {
    category: 'version',
    name: 'a bundle that is newer',
    method: 'decide',
    bytes: allowedAnd(field(5, numeric(1, 8))),
  },
  { category: 'type', name: 'a number for a context', method: 'decide', bytes: numeric(2, 1) },
  {
    category: 'type',
    name: 'a whole number for a price',
    method: 'decide',
    bytes: withPreferences(field(11, numeric(1, 1))),
  },
  {
    category: 'type',
    name: 'a number for a claim that is true or false',
    method: 'decide',
    bytes: claim(field(1, 'gdpr'), double(3, 1)),
  },
  { category: 'empty', name: 'no byte', method: 'decide', bytes: Buffer.alloc(0) },
  { category: 'empty', name: 'no candidate', method: 'decide', bytes: field(2, field(1, 'red')) },
  {
    category: 'empty',
    name: 'a tenant without a letter',
    method: 'decide',
    bytes: field(2, field(1)),
  },
  { category: 'empty', name: 'an empty only', method: 'decide', bytes: withPreferences(field(1)) },
  { category: 'empty', name: 'an empty bound', method: 'decide', bytes: allowedAnd(field(5)) },
  {
    category: 'unknown key',
    name: 'in the context',
    method: 'decide',
    bytes: withContext(numeric(15, 1)),
  },
  {
    category: 'unknown key',
    name: 'in the preferences',
    method: 'decide',
    bytes: withPreferences(numeric(15, 1)),
  },
  {
    category: 'unknown key',
    name: 'in a claim',
    method: 'decide',
    bytes: claim(field(1, 'gdpr'), numeric(2, 1), numeric(15, 1)),
  },
  {
    category: 'unknown value',
    name: 'an api',
    method: 'decide',
    bytes: withContext(numeric(6, 999)),
  },
  {
    category: 'unknown value',
    name: 'a feature',
    method: 'decide',
    bytes: withContext(field(7, 'telepathy')),
  },
  {
    category: 'unknown value',
    name: 'a claim',
    method: 'decide',
    bytes: claim(field(1, 'zdr'), numeric(2, 1)),
  },
  {
    category: 'number',
    name: 'days below zero',
    method: 'decide',
    bytes: withPreferences(numeric(8, -1)),
  },
  {
    category: 'number',
    name: 'days beyond 32 bits',
    method: 'decide',
    bytes: withPreferences(numeric(8, 2 ** 32)),
  },
  {
    category: 'number',
    name: 'a revision below zero',
    method: 'decide',
    bytes: allowedAnd(field(5, numeric(1, -1))),
  },
  {
    category: 'number',
    name: 'a revision beyond exact numbers',
    method: 'decide',
    bytes: allowedAnd(field(5, numeric(1, 9_007_199_254_740_993n))),
  },
  {
    category: 'number',
    name: 'a price that is no number',
    method: 'decide',
    bytes: withPreferences(field(11, double(1, NaN))),
  },
  {
    category: 'number',
    name: 'a price without end',
    method: 'decide',
    bytes: withPreferences(field(11, double(1, Infinity))),
  },
  {
    category: 'number',
    name: 'a price below zero',
    method: 'decide',
    bytes: withPreferences(field(11, double(2, -0.01))),
  },
  {
    category: 'number',
    name: 'a claim that is no number',
    method: 'decide',
    bytes: claim(field(1, 'retention_days'), double(3, NaN)),
  },
  {
    category: 'number',
    name: 'a length that is longer than a file can be',
    method: 'decide',
    bytes: Buffer.concat([Buffer.of(0x12), varint(2n ** 40n)]),
  },
  { category: 'trailing', name: 'a NUL', method: 'decide', bytes: allowedAnd(Buffer.of(0)) },
  {
    category: 'trailing',
    name: 'a line break',
    method: 'decide',
    bytes: allowedAnd(Buffer.from('\n')),
  },
  {
    category: 'missing',
    name: 'the tenant',
    method: 'decide',
    bytes: field(3, field(2, 'acme/large')),
  },
  {
    category: 'missing',
    name: 'the reference and the target',
    method: 'decide',
    bytes: Buffer.concat([field(2, field(1, 'red')), field(3, field(3, 'acme'))]),
  },
  {
    category: 'missing',
    name: 'the name of a claim',
    method: 'decide',
    bytes: claim(numeric(2, 1)),
  },
  {
    category: 'missing',
    name: 'the value of a claim',
    method: 'decide',
    bytes: claim(field(1, 'gdpr')),
  },
];
