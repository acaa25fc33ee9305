import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { readSecret, type Environment } from '../../platform/secret';
import { signerFromPem, trailCrypto } from '../../platform/trail-keys';
import type { AnswerCounter } from '../../ports/answer-counter';
import type { Clock } from '../../ports/clock';
import type { IdSource } from '../../ports/id-source';
import type { AuditConfig, SecretReference } from '../../ports/service-config';
import type { Timers } from '../../ports/timers';
import type { Trail } from '../../ports/trail';
import type { TrailReader } from '../../ports/trail-files';
import type { TrailSigner } from '../../ports/trail-keys';
import { countKilledAnswers } from '../../service/audit/killed-answers';
import type {
  AuditedConfig,
  AuditSurroundings,
  OpenAudit,
  OpenedAudit,
} from '../../service/audit/opened-audit';
import { runAudit } from '../../service/audit/run-audit';
import { mergedWith, wantedRetention } from '../../service/audit/wanted-retention';
import { createBundleArchive } from '../../service/bundles/store-bundle';
import { createEventRecorder } from '../../service/events/event-recorder';
import { openTrail } from '../../service/trail/open-trail';
import { readTrail } from '../../service/trail/read-trail';
import type { TrailSigners } from '../../service/trail/recover-trail';
import { openBundleFiles } from './bundle-files';
import { openCounterFile } from './counter-file';
import { createTrailFiles } from './trail-files';

/** Where bundles are kept, beneath the trail's directory. */
const BUNDLES = 'bundles';

/** What opening needs of the world. */
export interface OpenAuditParts {
  readonly clock: Clock;
  readonly ids: IdSource;
  /** Milliseconds that only grow, as asks say when they began. */
  readonly elapsedMs: () => number;
  readonly timers: Timers;
  /** Where keys may be. */
  readonly environment: Environment;
}

/** Creates what opens the evidence of a service. */
export function createAuditOpener(parts: OpenAuditParts): OpenAudit {
  return async (config, surroundings) => {
    const signers = await readSigners(config.audit, parts.environment);
    if ('problem' in signers) return signers;
    try {
      return { opened: await open(parts, config, { signers, ...surroundings }) };
    } catch (error) {
      const why = error instanceof Error ? error.message : 'unknown';
      return { problem: `the trail in \`${config.audit.directory}\` cannot be opened: ${why}` };
    }
  };
}

interface Wanted extends AuditSurroundings {
  readonly signers: TrailSigners;
}

async function open(
  parts: OpenAuditParts,
  config: AuditedConfig,
  { signers, reports, staleness, onDefect }: Wanted,
): Promise<OpenedAudit> {
  const { directory, mode, queue: maxQueued, attributes, decisions } = config.audit;
  const { clock, ids, elapsedMs, timers } = parts;
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const archive = createBundleArchive(await openBundleFiles(join(directory, BUNDLES)), config);
  const files = createTrailFiles(directory);
  const trail = await openTrail({ files, crypto: trailCrypto, clock, signers });
  try {
    const counter = openCounterFile(directory);
    await stateKilled(trail, counter, files);
    const { nowMs } = clock;
    const events = createEventRecorder({
      ...{ append: trail.append, nowMs, staleness, onDefect },
      processUid: ids.next(nowMs()),
    });
    const record = { attributes, recordsAll: decisions === 'all', elapsedMs };
    const audit = runAudit({
      ...{ mode, trail, counter, archive, record, events },
      ...{ nowMs, maxQueued, timers, reports },
    });
    return {
      ...{ audit, archive, events },
      promiseFor: (set) => promise(trail, wantedRetention(config.audit, set)),
    };
  } catch (error) {
    await trail.close().catch(() => undefined);
    throw error;
  }
}

/** Decisions that a process made which then was killed are lost; how many is stated before anything else is recorded. */
async function stateKilled(
  trail: Trail,
  { before, write }: AnswerCounter,
  reader: TrailReader,
): Promise<void> {
  if (before !== undefined) {
    const fromSequence = before.sequence + 1;
    const entries = readTrail({ reader, crypto: trailCrypto, fromSequence });
    const killed = await countKilledAnswers(before, entries);
    if (killed > 0) await trail.gap({ killed });
  }
  write({ made: 0, accounted: 0, sequence: trail.head()?.sequence ?? 0 });
}

async function promise(
  trail: Trail,
  wanted: ReturnType<typeof wantedRetention>,
): Promise<string | undefined> {
  if (wanted === undefined) return undefined;
  const held = trail.retention();
  const kept = mergedWith(held, wanted);
  try {
    await trail.promise(kept);
  } catch (error) {
    return error instanceof Error ? error.message : 'unknown';
  }
  if (kept.keepMs === wanted.keepMs && kept.immutable === wanted.immutable) return undefined;
  return 'an earlier promise, which nobody may shorten or revoke, is kept';
}

async function readSigners(
  { privateKey, previousKey }: AuditConfig,
  environment: Environment,
): Promise<TrailSigners | { readonly problem: string }> {
  const current = await readSigner(privateKey, environment);
  if ('problem' in current) return current;
  if (previousKey === undefined) return { current };
  const previous = await readSigner(previousKey, environment);
  return 'problem' in previous ? previous : { current, previous };
}

/** Also what `serve --check` asks, so that a key that does not fit is found before it is needed. */
export async function readSigner(
  reference: SecretReference,
  environment: Environment,
): Promise<TrailSigner | { readonly problem: string }> {
  const read = await readSecret(reference, environment);
  if ('problem' in read) return { problem: `the key of the trail: ${read.problem}` };
  const signer = signerFromPem(read.bytes.toString('utf8'));
  if (!('problem' in signer)) return signer;
  const where = 'file' in reference ? reference.file : reference.env;
  return { problem: `the key of the trail: \`${where}\`: ${signer.problem}` };
}
