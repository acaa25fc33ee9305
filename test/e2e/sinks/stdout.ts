import { execFileSync } from 'node:child_process';
import { closeSync, open, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { startChild } from '../support/child';
import type { Child } from '../support/child';
import { until } from '../support/wait';
import type { ArrivedRecord, SinkRig, TestedSink } from './rig';

/** A named pipe that a program reads, as one reads the output of a process. */
async function startReader(directory: string): Promise<SinkRig> {
  const pipe = join(directory, 'pipe');
  const file = join(directory, 'lines');
  execFileSync('mkfifo', [pipe]);
  writeFileSync(file, '');
  let reader: Child | undefined;
  const start = async (): Promise<void> => {
    const command = [
      'dd',
      `if=${pipe}`,
      `of=${file}`,
      'bs=64k',
      'oflag=append',
      'conv=notrunc',
    ] as const;
    reader = startChild({ name: 'dd', command, logFile: join(directory, 'dd.log') });
    await Promise.resolve();
  };
  await start();
  // Waits for the reader.
  const fd = await promisify(open)(pipe, 'w');
  const kill = async (): Promise<void> => {
    await reader?.stop('SIGKILL');
  };
  return {
    config: { kind: 'stdout', name: 'stdout', fd },
    server: { kill, start, signal: (signal) => reader?.signal(signal) },
    received: () => readAll(file),
    stop: async () => {
      await kill();
      closeSync(fd);
    },
  };
}

/** Reads until nothing comes any more: a pipe has room for what its reader has not seen yet. */
async function readAll(file: string): Promise<readonly ArrivedRecord[]> {
  let before = '';
  const text = await until('the reader', () => {
    const now = readFileSync(file, 'utf8');
    const isSettled = now === before && now.endsWith('\n');
    before = now;
    return isSettled ? now : undefined;
  });
  return readLines(text);
}

/** The records in what was written, without lines that are torn. */
export function readLines(text: string): readonly ArrivedRecord[] {
  return text.split('\n').flatMap((line) => {
    const found = /^\{"log":"trail","id":"([^"]*)","sequence":\d+,"line":(.*)\}$/u.exec(line);
    return found === null ? [] : [{ id: found[1] ?? '', json: found[2] ?? '' }];
  });
}

export const STDOUT: TestedSink = {
  name: 'stdout',
  start: startReader,
  deduplicates: false,
  survivesCrash: false,
};
