import { encode } from '../../contract/support/raw-call';

const VARINT = 0;
const FIXED64 = 1;
const DELIMITED = 2;
const GROUP_START = 3;
const GROUP_END = 4;

const TYPE_BITS = 3;
const PAYLOAD_BITS = 7;

/** A number as protobuf writes it. */
export function varint(value: number | bigint): Buffer {
  const bytes: number[] = [];
  let left = BigInt.asUintN(64, BigInt(value));
  while (left >= 0x80n) {
    bytes.push(Number(left & 0x7fn) | 0x80);
    left >>= BigInt(PAYLOAD_BITS);
  }
  return Buffer.of(...bytes, Number(left));
}

const tag = (number: number, type: number): Buffer => varint((number << TYPE_BITS) | type);

/** A field with a length: text, bytes, or a message of fields. */
export function field(number: number, ...content: readonly (string | Uint8Array)[]): Buffer {
  const bytes = Buffer.concat(content.map((each) => Buffer.from(each as Uint8Array)));
  return Buffer.concat([tag(number, DELIMITED), varint(bytes.length), bytes]);
}

/** A field that is a number. */
export function numeric(number: number, value: number | bigint): Buffer {
  return Buffer.concat([tag(number, VARINT), varint(value)]);
}

/** A field of 64 bits with a fraction. */
export function double(number: number, value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return Buffer.concat([tag(number, FIXED64), bytes]);
}

/** Groups in groups: a field's old form, which some decoders skip by recursion. */
export function groups(number: number, levels: number): Buffer {
  const open = tag(number, GROUP_START);
  const close = tag(number, GROUP_END);
  return Buffer.concat([...Array<Buffer>(levels).fill(open), ...Array<Buffer>(levels).fill(close)]);
}

/** A request that is allowed by the policies of the service under test. */
export const ALLOWED = encode('DecideRequest', {
  context: { tenant: 'red' },
  candidates: [{ target: 'acme/large' }],
});

/** That request, and more behind it. */
export const allowedAnd = (...more: readonly Uint8Array[]): Buffer =>
  Buffer.concat([ALLOWED, ...more]);

/** A request whose context is made of these fields. */
export const withContext = (...fields: readonly Uint8Array[]): Buffer =>
  Buffer.concat([
    field(2, field(1, 'red'), Buffer.concat(fields)),
    field(3, field(2, 'acme/large')),
  ]);

/** A request whose preferences are made of these fields. */
export const withPreferences = (...fields: readonly Uint8Array[]): Buffer =>
  withContext(field(8, ...fields));

/** A request whose one candidate has these fields beside its target. */
export const withCandidate = (...fields: readonly Uint8Array[]): Buffer =>
  Buffer.concat([field(2, field(1, 'red')), field(3, field(2, 'acme/large'), ...fields)]);
