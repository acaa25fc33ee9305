import { findHeaderFault, MAX_HEADER_BYTES } from '../../../../src/pep/grpc/load/header-fault';

const GOOD = {
  ':method': 'POST',
  ':path': '/ambit.v1.DecisionService/Decide',
  'content-type': 'application/grpc',
  te: 'trailers',
} as const;

type Pairs = readonly (readonly [name: string, value: string])[];

/** Judges headers as Node shows them: the first of those of one name, and all of them in turn. */
function judge(changes: Readonly<Record<string, string | undefined>>, more: Pairs = []) {
  const headers: Readonly<Record<string, string | undefined>> = { ...GOOD, ...changes };
  const raw = [...Object.entries(headers), ...more];
  return findHeaderFault(
    headers,
    raw.flatMap(([name, value]) => (value === undefined ? [] : [name, value])),
  );
}

/** What the headers of a call come to, as HTTP/2 counts. */
const GOOD_BYTES = Object.entries(GOOD).reduce(
  (sum, [name, value]) => sum + name.length + value.length + 32,
  0,
);

describe('headers of a call', () => {
  it.each([['application/grpc'], ['application/grpc+proto']])('are good with %s', (type) => {
    expect(judge({ 'content-type': type })).toBeUndefined();
  });

  it.each([['GET'], ['PUT'], ['CONNECT'], ['post'], [undefined]])('have no method %s', (method) => {
    expect(judge({ ':method': method })).toBe('method');
  });

  it.each([
    ['application/grpc+json'],
    ['application/grpc-web'],
    ['application/grpc-web+proto'],
    ['application/grpc;charset=utf-8'],
    ['application/grpcx'],
    ['Application/grpc'],
    [' application/grpc'],
    ['application/json'],
    [''],
    [undefined],
  ])('have no type %j', (type) => {
    expect(judge({ 'content-type': type })).toBe('type');
  });

  it('have one type, of which only the name counts', () => {
    expect(judge({}, [['content-type', 'application/grpc']])).toBe('type');
    expect(judge({}, [['x-note', 'content-type']])).toBeUndefined();
    expect(judge({}, [['te', 'trailers']])).toBeUndefined();
  });

  it('have so many bytes and no more, in one of them or in many', () => {
    const left = MAX_HEADER_BYTES - GOOD_BYTES;
    const large = (bytes: number): Pairs => [['x', 'y'.repeat(bytes - 33)]];
    expect(judge({}, large(left))).toBeUndefined();
    expect(judge({}, large(left + 1))).toBe('size');
    const many = (count: number): Pairs => Array.from({ length: count }, () => ['x', '']);
    expect(judge({}, many(Math.floor(left / 33)))).toBeUndefined();
    expect(judge({}, many(Math.floor(left / 33) + 1))).toBe('size');
  });
});
