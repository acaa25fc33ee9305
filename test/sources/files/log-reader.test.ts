import { mkdirSync, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';

import type { LogLine, LogReader } from '../../../src/ports/log-lines';
import { LOG_PIECE_BYTES, MAX_LINE_BYTES } from '../../../src/sources/files/limits';
import { createLineSplitter } from '../../../src/sources/files/line-splitter';
import { createLogReader } from '../../../src/sources/files/log-reader';
import { pick, seededSource } from '../../generators/source';
import { runs, SEED, Spread } from '../../laws/support/runs';
import { makeDirectory } from './support/temporary';
import type { TemporaryDirectory } from './support/temporary';

let directory: TemporaryDirectory;

beforeEach(() => {
  directory = makeDirectory();
});

afterEach(() => {
  directory.remove();
});

async function linesIn(path: string, reader: LogReader = createLogReader()): Promise<unknown> {
  const lines: LogLine[] = [];
  for await (const piece of reader.read(path)) {
    if ('failure' in piece) return piece;
    lines.push(...piece.lines);
  }
  return lines;
}

describe('a log', () => {
  it.each([
    ['', []],
    ['\n\n \n\r\n', []],
    ['a', [[1, 'a']]],
    [
      'a\nb\n',
      [
        [1, 'a'],
        [2, 'b'],
      ],
    ],
    [
      'a\r\n\nüb',
      [
        [1, 'a\r'],
        [3, 'üb'],
      ],
    ],
  ])('%j has its lines with their numbers', async (text, lines) => {
    const path = directory.at('log');
    writeFileSync(path, text);
    const expected = lines.map(([number, line]) => ({ number, text: line }));
    expect(await linesIn(path)).toEqual(expected);
    expect(await linesIn('-', createLogReader(Readable.from([text])))).toEqual(expected);
  });

  it('of many pieces is read whole', async () => {
    const path = directory.at('log');
    const count = Math.ceil((LOG_PIECE_BYTES * 3) / 10);
    writeFileSync(path, Array.from({ length: count }, (_, index) => String(index)).join('\n'));
    const lines = (await linesIn(path)) as readonly {
      readonly number: number;
      readonly text: string;
    }[];
    expect(lines).toHaveLength(count);
    expect(lines.every(({ number, text }) => text === String(number - 1))).toBe(true);
  });

  it('that is not there, or is a directory, is a failure', async () => {
    mkdirSync(directory.at('sub'));
    expect(await linesIn(directory.at('nothing'))).toEqual({ failure: 'there is no such file' });
    expect(await linesIn(directory.at('sub'))).toEqual({ failure: 'it is a directory' });
  });
});

describe('a line', () => {
  it('may be as long as the limit; a longer one, and one that is not UTF-8, is told and the next one read', async () => {
    const path = directory.at('log');
    const longest = 'x'.repeat(MAX_LINE_BYTES);
    writeFileSync(
      path,
      Buffer.concat([
        Buffer.from(`${longest}\n${longest}x\n`),
        Buffer.from([0xff, 0x0a]),
        Buffer.from('end'),
      ]),
    );
    expect(await linesIn(path)).toEqual([
      { number: 1, text: longest },
      { number: 2, problem: `it is longer than ${String(MAX_LINE_BYTES)} bytes` },
      { number: 3, problem: 'it is not UTF-8 text' },
      { number: 4, text: 'end' },
    ]);
  });
});

describe('splitting', () => {
  it('does not depend on where pieces end', () => {
    const spread = new Spread();
    for (let run = 0; run < runs(2000); run += 1) {
      const source = seededSource(SEED + run);
      const length = source.below(40);
      const bytes = Buffer.from(
        Array.from({ length }, () => pick(source, [0x0a, 0x0a, 0x61, 0x62, 0x20, 0xc3, 0xbc])),
      );
      const whole = createLineSplitter(5);
      const expected = [...whole.push(bytes), ...whole.end()];
      const parts = createLineSplitter(5);
      const lines: LogLine[] = [];
      for (let start = 0; start < length;) {
        const end = start + 1 + source.below(6);
        lines.push(...parts.push(bytes.subarray(start, end)));
        start = end;
      }
      lines.push(...parts.end());
      expect(lines).toEqual(expected);
      for (const line of lines) spread.add('text' in line ? 'text' : line.problem);
    }
    spread.expectAtLeast(500, 'text', 'it is not UTF-8 text', 'it is longer than 5 bytes');
  });
});
