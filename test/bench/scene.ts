import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { DECIDE_PATH } from './ask-once';
import { findMain, makeBenchFolder } from './bench-folder';
import type { DecideOptions } from './decide-options';
import { frameOf } from './frames';
import type { LoadOrder } from './load-client';
import type { ServerProcess } from './processes';
import { forStream, makeRequests } from './requests';
import type { RequestOrder } from './requests';
import { workloadCatalog, workloadPolicy } from './workload';

/** Milliseconds after which a load is given up. */
const LOAD_LIMIT_MS = 120_000;

/** Only the address that is measured is told, and no port of a running Ambit is in the way. */
const QUIET = ['--diagnostics', 'none'] as const;

/** What one kind of request needs: its files, and how Ambit is started on them. */
export interface Scene {
  readonly folder: string;
  readonly order: RequestOrder;
  readonly framesFile: string;
  readonly firstRequest: Buffer;
  readonly nodeFlags: readonly string[];
  /** Arguments of Node that start Ambit on a free port. */
  readonly ambitArgs: readonly string[];
}

/** Writes policy, catalog and requests. */
export function setScene(
  options: DecideOptions,
  { candidates, detail }: Pick<RequestOrder, 'candidates' | 'detail'>,
): Scene {
  const folder = makeBenchFolder();
  const policy = join(folder, 'policy.yaml');
  const catalog = join(folder, 'catalog.yaml');
  const framesFile = join(folder, 'requests.bin');
  writeFileSync(policy, workloadPolicy(options.logs));
  writeFileSync(catalog, workloadCatalog());
  const { nodeFlags, requests, shuffled } = options;
  const order = { candidates, detail, requests, shuffled };
  const messages = makeRequests(order);
  const [firstRequest] = messages;
  if (firstRequest === undefined) throw new Error('`--requests` is 1 or more');
  const sent = options.kind === 'stream' ? messages.map(forStream) : messages;
  writeFileSync(framesFile, Buffer.concat(sent.map(frameOf)));
  const files = ['--policy', policy, '--catalog', catalog];
  const ambitArgs = [
    ...nodeFlags,
    findMain(options.main),
    'serve',
    ...files,
    '--listen',
    '127.0.0.1:0',
    ...QUIET,
  ];
  return { folder, order, framesFile, firstRequest, nodeFlags, ambitArgs };
}

/** Arguments of Node that start a server which answers everything with these bytes. */
export function emptyServerArgs(
  { folder, nodeFlags }: Scene,
  answer: Uint8Array,
): readonly string[] {
  const file = join(folder, 'answer.bin');
  writeFileSync(file, answer);
  return [...nodeFlags, join(__dirname, 'empty-server.js'), file];
}

/** The file of the load client, run by Node. */
export const LOAD_CLIENT = join(__dirname, 'load-client.js');

/** A load of a scene's requests; warming and window are the caller's to say. */
export function loadOrderOf(
  { kind, inFlight, windowMs }: DecideOptions,
  { framesFile }: Scene,
  server: ServerProcess,
): Omit<LoadOrder, 'warmAnswers' | 'windowAnswers'> {
  return {
    address: server.address,
    path: kind === 'unary' ? DECIDE_PATH : `${DECIDE_PATH}Stream`,
    kind,
    framesFile,
    inFlight,
    windowMs,
    limitMs: LOAD_LIMIT_MS,
    serverPid: server.pid,
  };
}
