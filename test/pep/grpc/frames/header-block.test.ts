import fc from 'fast-check';

import { keysOfText, textOfKey } from '../../../../src/pep/grpc/frames/block-cursor';
import { FLAG } from '../../../../src/pep/grpc/frames/frame';
import { readBlock } from '../../../../src/pep/grpc/frames/header-block';
import type { ReadBlock } from '../../../../src/pep/grpc/frames/header-block';
import { HeaderTable } from '../../../../src/pep/grpc/frames/header-table';
import { framesOf, isHeaders, sentBy } from './support';

const PATH = '/ambit.v1.DecisionService/Decide';

function read(hex: string, table = new HeaderTable()): ReadBlock | undefined {
  const bytes = Buffer.from(hex, 'hex');
  return readBlock(bytes, { start: 0, end: bytes.length }, table);
}

function text(value: string): string {
  return Buffer.concat([Buffer.of(value.length), Buffer.from(value)]).toString('hex');
}

const LITERAL_PATH = `04${text('/a')}`;
const ADDED_PATH = `44${text('/a')}`;
const LITERAL_TIMEOUT = `00${text('grpc-timeout')}${text('5m')}`;
const ADDED_TIMEOUT = `40${text('grpc-timeout')}${text('5m')}`;
const LATEST = 'be';

describe('a block of headers', () => {
  it.each([
    ['a path by the name in the static table', LITERAL_PATH, true, 't/a', undefined],
    ['one that is never added', `14${text('/a')}`, true, 't/a', undefined],
    ['one whose name is written out', `00${text(':path')}${text('/a')}`, true, 't/a', undefined],
    ['a timeout', LITERAL_TIMEOUT, true, undefined, 't5m'],
    ['both', LITERAL_PATH + LITERAL_TIMEOUT, true, 't/a', 't5m'],
    ['others', `8386410f${'61'.repeat(15)}`, false, undefined, undefined],
    ['a path that is added', ADDED_PATH, false, 't/a', undefined],
    ['another size of the table', `20${LITERAL_PATH}`, false, 't/a', undefined],
    ['a path of the static table', '84', true, undefined, undefined],
  ])('says %s', (_name, hex, ...said) => {
    const [isPlain, pathKey, timeoutKey] = said;
    expect(read(hex)).toEqual({ isPlain, pathKey, timeoutKey });
  });

  it.each([
    ['two paths', LITERAL_PATH + LITERAL_PATH],
    ['two timeouts', LITERAL_TIMEOUT + LITERAL_TIMEOUT],
    ['a text beyond the end', '0405616263'],
    ['a number without its end', 'ff'],
    ['a number that is too long', 'ffffffffff01'],
    ['no value', '04'],
  ])('is not read with %s', (_name, hex) => {
    expect(read(hex)).toBeUndefined();
  });

  it('refers to what earlier ones have added, however much came between', () => {
    const table = new HeaderTable();
    read(ADDED_PATH, table);
    read(ADDED_TIMEOUT, table);
    // The second entry from the latest, and the latest.
    expect(read('bf' + LATEST, table)).toEqual({
      isPlain: true,
      pathKey: 't/a',
      timeoutKey: 't5m',
    });
    read(`40${text('x')}${text('y')}`, table);
    expect(read(LATEST, table)).toEqual({
      isPlain: true,
      pathKey: undefined,
      timeoutKey: undefined,
    });
    expect(read('c0', table)).toMatchObject({ pathKey: 't/a' });
    // Another value under a name that was added.
    expect(read(`0f30${text('/b')}`, table)).toMatchObject({ timeoutKey: 't/b' });
    expect(read(`0f31${text('/b')}`, table)).toMatchObject({ pathKey: 't/b' });
  });

  it('knows nothing of a table that something unread was added to, nor of what was added long ago', () => {
    const forgotten = new HeaderTable();
    read(ADDED_PATH, forgotten);
    forgotten.forget();
    read(ADDED_TIMEOUT, forgotten);
    expect(read(LATEST, forgotten)).toMatchObject({ pathKey: undefined, timeoutKey: undefined });
    const long = new HeaderTable();
    read(`447f01${'2f'.repeat(128)}`, long);
    expect(read(LATEST, long)).toEqual({
      isPlain: true,
      pathKey: undefined,
      timeoutKey: undefined,
    });
    const full = new HeaderTable();
    read(ADDED_PATH, full);
    for (let each = 0; each < 64; each += 1) read(ADDED_TIMEOUT, full);
    // The 65th from the latest, which is the first of all, and the 64th.
    expect(read('fe', full)).toMatchObject({ pathKey: undefined, timeoutKey: undefined });
    expect(read('fd', full)).toMatchObject({ timeoutKey: 't5m' });
  });

  it('changes nothing in a table without room, and does where it has room again', () => {
    const table = new HeaderTable();
    read(ADDED_PATH, table);
    const plain = (hex: string): boolean | undefined => read(hex, table)?.isPlain;
    expect([plain(`20${LITERAL_PATH}`), plain(`20${LITERAL_PATH}`)]).toEqual([false, true]);
    expect([plain(ADDED_PATH), plain(ADDED_TIMEOUT)]).toEqual([true, true]);
    // Nothing is in it any more, nor what was added since.
    expect(read(LATEST, table)).toMatchObject({ pathKey: undefined, timeoutKey: undefined });
    expect(plain('3f21')).toBe(false);
    expect([plain('3f21'), plain(ADDED_PATH)]).toEqual([true, false]);
    expect(read(LATEST, table)).toMatchObject({ pathKey: 't/a' });
    // Emptied on the way to the same size.
    expect(plain('203f21')).toBe(false);
    expect(read(LATEST, table)).toMatchObject({ pathKey: undefined });
  });

  it('is known again, whatever was not read, once the table has been emptied', () => {
    const table = new HeaderTable();
    table.forget();
    expect(read('3fe11f', table)?.isPlain).toBe(false);
    expect(read('20', table)?.isPlain).toBe(false);
    expect(read(ADDED_PATH, table)?.isPlain).toBe(true);
    table.forget();
    expect(read(ADDED_PATH, table)?.isPlain).toBe(false);
  });

  it('is read as Node writes it, whose later calls add nothing', async () => {
    const call = { ':method': 'POST', ':path': PATH, 'grpc-timeout': '1000m', te: 'trailers' };
    const others = { ...call, 'grpc-timeout': '99u' };
    const sent = framesOf(await sentBy([call, call, others, call, others])).filter(isHeaders);
    const table = new HeaderTable();
    const blocks = sent.map(({ payload, flags }) => {
      const start = (flags & FLAG.priority) === 0 ? 0 : 5;
      return readBlock(payload, { start, end: payload.length }, table);
    });
    expect(blocks.map((block) => block?.isPlain)).toEqual([false, true, false, true, true]);
    for (const block of blocks) expect(keysOfText(PATH)).toContain(block?.pathKey);
    expect(blocks.map((block) => textOfKey(block?.timeoutKey ?? ''))).toEqual([
      '1000m',
      '1000m',
      '99u',
      '1000m',
      '99u',
    ]);
  });

  it('of any bytes is read or not, and never throws', () => {
    const outcomes = { read: 0, unread: 0 };
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const block = readBlock(
          Buffer.from(bytes),
          { start: 0, end: bytes.length },
          new HeaderTable(),
        );
        outcomes[block === undefined ? 'unread' : 'read'] += 1;
      }),
      { numRuns: 3000 },
    );
    expect(Math.min(outcomes.read, outcomes.unread)).toBeGreaterThan(100);
  });
});
