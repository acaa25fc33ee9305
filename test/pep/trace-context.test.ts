import { readTraceParent } from '../../src/pep/trace-context';
import type { ReadValues } from '../../src/pep/trace-context';
import { chance, pick, type Source } from '../generators/source';
import { check, Spread } from '../laws/support/runs';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';
const WRITTEN = `00-${TRACE}-${SPAN}-01`;

const reading =
  (values: Readonly<Record<string, readonly (string | Buffer)[]>>): ReadValues =>
  (name) =>
    values[name] ?? [];

const read = (...traceparent: string[]) => readTraceParent(reading({ traceparent }));

describe('a traceparent', () => {
  it('says trace, parent, and whether the trace is kept', () => {
    expect(read(WRITTEN)).toEqual({ traceId: TRACE, spanId: SPAN, isSampled: true });
    expect(read(`00-${TRACE}-${SPAN}-00`)).toMatchObject({ isSampled: false });
    expect(read(`00-${TRACE}-${SPAN}-fe`)).toMatchObject({ isSampled: false });
    expect(read(`00-${TRACE}-${SPAN}-ff`)).toMatchObject({ isSampled: true });
  });

  it('of a later version says the same, whatever stands behind', () => {
    expect(read(`01-${TRACE}-${SPAN}-01-more`)).toMatchObject({ traceId: TRACE, spanId: SPAN });
    expect(read(`cc-${TRACE}-${SPAN}-01`)).toMatchObject({ traceId: TRACE });
  });

  it.each([
    ['nothing', ''],
    ['the version that is none', `ff-${TRACE}-${SPAN}-01`],
    ['a known version with more behind', `${WRITTEN}-more`],
    ['a later version with more that no hyphen parts', `01-${TRACE}-${SPAN}-01.more`],
    ['capitals', WRITTEN.toUpperCase()],
    ['a capital in the trace', WRITTEN.replace('f', 'F')],
    ['zeros as trace', `00-${'0'.repeat(32)}-${SPAN}-01`],
    ['zeros as parent', `00-${TRACE}-${'0'.repeat(16)}-01`],
    ['a short trace', `00-${TRACE.slice(1)}-${SPAN}-01`],
    ['a long parent', `00-${TRACE}-${SPAN}0-01`],
    ['no flags', `00-${TRACE}-${SPAN}`],
    ['flags of one digit', `00-${TRACE}-${SPAN}-1`],
    ['a space before', ` ${WRITTEN}`],
    ['a line behind', `${WRITTEN}\n`],
    ['two in one', `${WRITTEN},${WRITTEN}`],
    ['a letter that is no digit', WRITTEN.replace('f', 'g')],
  ])('with %s is none', (_what, text) => {
    expect(read(text)).toBeUndefined();
  });

  it('that stands twice is none, even where both say the same', () => {
    expect(read(WRITTEN, WRITTEN)).toBeUndefined();
  });
});

describe('a tracestate', () => {
  const samplingOf = (...tracestate: string[]) =>
    readTraceParent(reading({ traceparent: [WRITTEN], tracestate }))?.sampling;

  it.each([
    ['ot=th:8', 'th:8'],
    ['vendor=secret, ot=rv:0123456789abcd;th:c ,other=x', 'rv:0123456789abcd;th:c'],
  ])('`%s` keeps of the list what OpenTelemetry says of sampling', (text, expected) => {
    expect(samplingOf(text)).toBe(expected);
    expect(samplingOf('a=b', text)).toBe(expected);
  });

  it.each(['', 'vendor=secret', 'ot=secret', 'ot=th:8;secret:1', `a=${'x'.repeat(5000)},ot=th:8`])(
    '`%.20s` keeps nothing',
    (text) => {
      expect(samplingOf(text)).toBeUndefined();
    },
  );
});

describe('the binary form of gRPC', () => {
  const BYTES = Buffer.from(`0000${TRACE}01${SPAN}0201`, 'hex');
  const readBinary = (...bytes: (string | Buffer)[]) =>
    readTraceParent(reading({ 'grpc-trace-bin': bytes }));

  it('says the same as the text', () => {
    expect(readBinary(BYTES)).toEqual(read(WRITTEN));
  });

  it('counts only where there is no text', () => {
    const values = { traceparent: ['malformed'], 'grpc-trace-bin': [BYTES] };
    expect(readTraceParent(reading(values))).toBeUndefined();
  });

  it.each([0, 1, 18, 27])('with another byte at %d is none', (at) => {
    const bytes = Buffer.from(BYTES);
    bytes[at] = 9;
    expect(readBinary(bytes)).toBeUndefined();
  });

  it('that is cut, twice, or a text is none', () => {
    expect(readBinary(BYTES.subarray(0, 28))).toBeUndefined();
    expect(readBinary(BYTES, BYTES)).toBeUndefined();
    expect(readBinary(BYTES.toString('latin1'))).toBeUndefined();
  });
});

/** A traceparent, right or with some of its characters replaced by others. */
function writtenBy(source: Source): string {
  const characters = Array.from(WRITTEN);
  const strange = ['g', 'F', '-', '0', '\0', 'é', '\u{1F600}', ''];
  for (let at = 0; at < characters.length; at += 1) {
    if (chance(source, 2)) characters[at] = pick(source, strange);
  }
  return characters.join('');
}

it('whatever stands there is read without an exception, and what is taken has the form of ids', () => {
  const spread = new Spread();
  check(writtenBy, 2000, (text) => {
    const parent = readTraceParent(reading({ traceparent: [text], tracestate: [text] }));
    spread.add(parent === undefined ? 'none' : 'taken');
    expect(parent?.traceId ?? TRACE).toMatch(/^[\da-f]{32}$/u);
    expect(parent?.spanId ?? SPAN).toMatch(/^[\da-f]{16}$/u);
  });
  spread.expectAtLeast(200, 'none');
  spread.expectAtLeast(200, 'taken');
});
