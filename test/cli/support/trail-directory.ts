import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createTrailFiles } from '../../../src/audit/files/trail-files';
import { decide } from '../../../src/core/engine/decide';
import { generateTrailKeys, signerFromPem } from '../../../src/platform/trail-keys';
import { digestOf } from '../../../src/platform/digest';
import type { Bundle } from '../../../src/core/engine/bundle';
import type { DecisionRequest } from '../../../src/core/model/request';
import { loadStoredBundle } from '../../../src/service/bundles/load-stored-bundle';
import { storedBundleFile, type StoredBundle } from '../../../src/service/bundles/stored-bundle';
import { recordDecision } from '../../../src/service/evidence/record-decision';
import { storedFrom } from '../../service/bundles/support/store';
import { open } from '../../service/trail/support/trails';
import { DIALECTS } from '../../support/dialects';
import { createMemoryReader, type MemoryFiles } from './memory-reader';

/** A directory with a trail, its stored bundles and its public key. */
export interface TrailDirectory {
  readonly trail: string;
  readonly bundles: string;
  readonly key: string;
  /** Stores the bundle of these files, under another digest if one is given. */
  store(files: MemoryFiles, digest?: string): Promise<Bundle>;
  /** Appends records or texts of them, and seals. */
  append(...records: readonly object[]): Promise<void>;
  /** Appends a gap. */
  gap(counts: Readonly<Record<string, number>>): Promise<void>;
  remove(): void;
}

/** Makes one in the system's directory for temporary files. */
export function trailDirectory(): TrailDirectory {
  const directory = mkdtempSync(join(tmpdir(), 'ambit-records-'));
  const trail = join(directory, 'trail');
  const bundles = join(trail, 'bundles');
  const key = join(directory, 'trail.pub.pem');
  mkdirSync(bundles, { recursive: true });
  const pair = generateTrailKeys();
  writeFileSync(key, pair.publicPem);
  const current = signerFromPem(pair.privatePem);
  if ('problem' in current) throw new Error(current.problem);
  const opened = () => open(createTrailFiles(trail), { current });
  return {
    ...{ trail, bundles, key },
    store: async (files, digest) => {
      const paths = Object.keys(files).map((path) => ({ path }));
      const stored = await storedFrom(createMemoryReader(files), paths);
      const name = storedBundleFile(digest ?? stored.digest) ?? '';
      const text = JSON.stringify({ ...stored, digest: digest ?? stored.digest });
      writeFileSync(join(bundles, name), text);
      return loaded(stored);
    },
    append: async (...records) => {
      const writer = await opened();
      for (const record of records) await writer.append(JSON.stringify(record));
      await writer.close();
    },
    gap: async (counts) => {
      const writer = await opened();
      await writer.gap(counts);
      await writer.close();
    },
    remove: () => {
      rmSync(directory, { recursive: true });
    },
  };
}

async function loaded(stored: StoredBundle): Promise<Bundle> {
  const parts = { digestOf, loadDialects: () => Promise.resolve(DIALECTS) };
  const found = await loadStoredBundle(JSON.stringify(stored), stored.digest, parts);
  if ('problem' in found) throw new Error(found.problem);
  return found.bundle;
}

/** What is asked of a bundle, and when. */
export interface Asking {
  readonly bundle: Bundle;
  readonly request: DecisionRequest;
  readonly at: string;
  readonly id: string;
}

/** The record of a decision, as the service makes it. */
export function recordAt({ bundle, request, at, id }: Asking): object {
  const nowMs = Date.parse(at);
  const decision = decide(bundle, request, nowMs);
  const named = { digest: bundle.digest, sequence: 1, stale: false };
  return recordDecision({
    ask: { requestId: '', request, detail: 'reasons' },
    answer: { requestId: '', decisionId: id, detail: 'reasons', decision, bundle: named },
    ...{ via: 'decide', bundle, nowMs, attributes: new Set<string>() },
  });
}
