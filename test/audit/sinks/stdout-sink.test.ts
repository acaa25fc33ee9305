import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sinkFor } from '../../../src/audit/sinks/sink-for';
import { recordOf } from '../../service/sinks/simulation';

const NEVER = new AbortController().signal;

let directory: string;
let pipe: string;
let writer: number;
let reader: number;

const openReader = (): number => openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);

/** Takes what the pipe holds, up to so many bytes. */
function take(bytes: number): string {
  const buffer = Buffer.alloc(bytes);
  return buffer.toString('utf8', 0, readSync(reader, buffer));
}

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ambit-stdout-'));
  pipe = join(directory, 'pipe');
  execFileSync('mkfifo', [pipe]);
  reader = openReader();
  writer = openSync(pipe, 'w');
});

afterEach(() => {
  closeSync(writer);
  closeSync(reader);
  rmSync(directory, { recursive: true });
});

describe('records on an output', () => {
  it('are lines with their ids', async () => {
    await sinkFor({ kind: 'stdout', name: 'out', fd: writer }).deliver([recordOf(1)], NEVER);
    expect(take(1_000)).toBe(
      '{"log":"trail","id":"t:1","sequence":1,"line":{"sequence":1,"text":"x"}}\n',
    );
  });

  it('begin a line of their own after a write that failed in one', async () => {
    const sink = sinkFor({ kind: 'stdout', name: 'out', fd: writer });
    const delivery = sink.deliver([recordOf(1, 'y'.repeat(1_000_000))], NEVER);
    // What is taken shows that the write is under way, and that a part of it went out.
    let torn = '';
    while (torn === '') {
      await new Promise(setImmediate);
      torn = tryToTake();
    }
    closeSync(reader);
    await expect(delivery).rejects.toThrow('EPIPE');
    reader = openReader();
    const again = sink.deliver([recordOf(2)], NEVER);
    let rest = '';
    while (!rest.endsWith('}\n')) {
      await new Promise(setImmediate);
      rest += tryToTake();
    }
    await again;
    const lines = rest.split('\n');
    expect(lines.at(-2)).toMatch(/^\{"log":"trail","id":"t:2",/u);
    expect(lines.slice(0, -2).join('')).toMatch(/^y*$/u);
  });
});

/** Nothing where the pipe is empty for the moment. */
function tryToTake(): string {
  try {
    return take(100_000);
  } catch {
    return '';
  }
}
