import { createReadStream } from 'node:fs';

import type { LogPiece, LogReader } from '../../ports/log-lines';
import { explainFailure } from '../../platform/explain-failure';
import { LOG_PIECE_BYTES } from './limits';
import { createLineSplitter } from './line-splitter';

/** Creates a reader of files, pipes and standard input. */
export function createLogReader(stdin: NodeJS.ReadableStream = process.stdin): LogReader {
  return {
    read: (path) =>
      readLines(path === '-' ? stdin : createReadStream(path, { highWaterMark: LOG_PIECE_BYTES })),
  };
}

async function* readLines(
  stream: NodeJS.ReadableStream,
): AsyncGenerator<LogPiece, void, undefined> {
  const splitter = createLineSplitter();
  try {
    for await (const piece of stream) {
      yield { lines: splitter.push(typeof piece === 'string' ? Buffer.from(piece) : piece) };
    }
    yield { lines: splitter.end() };
  } catch (error) {
    yield { failure: explainFailure(error) };
  }
}
