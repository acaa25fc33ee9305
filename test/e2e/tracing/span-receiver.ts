import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { findDefinitions } from '../sinks/otlp';
import { startChild } from '../support/child';
import { findFreePort } from '../support/ports';

/** A span as the receiver read it. */
export interface ReadSpan {
  readonly service: string;
  readonly trace: string;
  readonly span: string;
  readonly parent: string;
  readonly name: string;
  readonly kind: number;
  /** Everything of it, as text. */
  readonly whole: string;
}

/** A receiver that reads spans with OpenTelemetry's own definitions. */
export interface ProtoReceiver {
  readonly port: number;
  readonly spans: () => readonly ReadSpan[];
  stop(): Promise<void>;
}

/** Starts a receiver that keeps its files in a directory. */
export async function startProtoReceiver(directory: string): Promise<ProtoReceiver> {
  const port = await findFreePort();
  const file = join(directory, 'spans.jsonl');
  const child = startChild({
    name: 'the receiver of spans',
    command: ['python3', join(__dirname, 'span-receiver.py'), String(port), file],
    logFile: join(directory, 'span-receiver.log'),
    env: { PYTHONPATH: findDefinitions(), PYTHONDONTWRITEBYTECODE: '1' },
  });
  const url = `http://127.0.0.1:${String(port)}/v1/traces`;
  const headers = { 'content-type': 'application/json' };
  await child.ready(async () => (await fetch(url, { method: 'POST', headers, body: '{}' })).ok);
  const spans = (): readonly ReadSpan[] => {
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as ReadSpan);
  };
  return { port, spans, stop: () => child.stop('SIGKILL').then(() => undefined) };
}
