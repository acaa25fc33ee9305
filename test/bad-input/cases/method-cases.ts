import { encode } from '../../contract/support/raw-call';
import type { MessageCase } from '../support/message-case';
import { ALLOWED, field, groups, numeric } from '../support/wire';

const MEBI = 1024 * 1024;

/** A request of a stream that has an id. */
const onStream = (...fields: readonly Uint8Array[]): Buffer => field(1, field(1, 'r-1'), ...fields);

/** Cases for the other methods of DecisionService, and those of PolicyService. */
export const METHOD_CASES: readonly MessageCase[] = [
  {
    category: 'malformed',
    name: 'text, to a stream',
    method: 'stream',
    bytes: Buffer.from('hello'),
  },
  { category: 'malformed', name: 'text, to a list', method: 'list', bytes: Buffer.from('hello') },
  {
    category: 'truncated',
    name: 'a request on a stream',
    method: 'stream',
    bytes: onStream(field(2)).subarray(0, 5),
  },
  {
    category: 'truncated',
    name: 'a page',
    method: 'catalog',
    bytes: field(2, 'token').subarray(0, 4),
  },
  {
    category: 'truncated',
    name: 'what is to be explained',
    method: 'explain',
    bytes: field(1, ALLOWED).subarray(0, 9),
  },
  {
    category: 'encoding',
    name: 'a token in UTF-16',
    method: 'catalog',
    bytes: field(2, Buffer.of(0xff, 0xfe, 0x31, 0)),
  },
  {
    category: 'invisible',
    name: 'a model that turns the reading direction',
    method: 'list',
    bytes: field(1, field(1, 'red'), field(3, '\u202eegral')),
  },
  {
    category: 'prototype',
    name: 'toString as a model',
    method: 'list',
    bytes: field(1, field(1, 'red'), field(3, 'toString')),
  },
  {
    category: 'huge',
    name: 'one on a stream of more than 1 MiB',
    method: 'stream',
    bytes: () => onStream(field(2, field(4, 'x'.repeat(MEBI)))),
  },
  {
    category: 'huge',
    name: 'a token of 2 KiB',
    method: 'catalog',
    bytes: field(2, 'x'.repeat(2048)),
  },
  {
    category: 'deep',
    name: '100,000 groups, to a list',
    method: 'list',
    bytes: () => groups(15, 100_000),
  },
  {
    category: 'deep',
    name: '100,000 groups, to a stream',
    method: 'stream',
    bytes: () => groups(15, 100_000),
  },
  {
    category: 'deep',
    name: '100,000 groups, to explain',
    method: 'explain',
    bytes: () => groups(15, 100_000),
  },
  {
    category: 'duplicate',
    name: 'a request twice on a stream',
    method: 'stream',
    bytes: Buffer.concat([onStream(), onStream()]),
  },
  {
    category: 'duplicate',
    name: 'a page size twice',
    method: 'list',
    bytes: Buffer.concat([numeric(2, 1), numeric(2, 2)]),
  },
  {
    category: 'version',
    name: 'a field of a later version, to the status',
    method: 'status',
    bytes: numeric(1, 1),
  },
  {
    category: 'version',
    name: 'another bundle',
    method: 'list',
    bytes: Buffer.concat([field(1, field(1, 'red')), field(5, field(2, 'sha256:0'))]),
  },
  { category: 'type', name: 'a text for a number', method: 'catalog', bytes: field(1, '1') },
  { category: 'empty', name: 'no byte, to a stream', method: 'stream', bytes: Buffer.alloc(0) },
  { category: 'empty', name: 'no byte, to explain', method: 'explain', bytes: Buffer.alloc(0) },
  { category: 'unknown key', name: 'in a list', method: 'list', bytes: numeric(15, 1) },
  {
    category: 'unknown value',
    name: 'a detail',
    method: 'list',
    bytes: Buffer.concat([field(1, field(1, 'red')), numeric(4, 99)]),
  },
  {
    category: 'unknown value',
    name: 'a page token',
    method: 'list',
    bytes: Buffer.concat([field(1, field(1, 'red')), field(3, 'x')]),
  },
  {
    category: 'unknown value',
    name: 'a tenant',
    method: 'list',
    bytes: field(1, field(1, 'nobody')),
  },
  {
    category: 'number',
    name: 'a page of size below zero',
    method: 'catalog',
    bytes: numeric(1, -1),
  },
  { category: 'trailing', name: 'the start of a field', method: 'status', bytes: Buffer.of(0x80) },
  {
    category: 'missing',
    name: 'the id of a request on a stream',
    method: 'stream',
    bytes: field(1, encode('DecideRequest', {})),
  },
];
