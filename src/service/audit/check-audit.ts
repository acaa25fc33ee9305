import { TrailError } from '../../ports/trail-error';
import type { AuditProblem, CheckAudit } from '../../ports/audit-check';
import type { AuditLook, LookedAtTrail } from '../../ports/audit-look';
import type { AuditStore } from '../../ports/audit-store';
import type { AuditConfig } from '../../ports/service-config';
import type { TrailSigner } from '../../ports/trail-keys';
import { checkTrail, type TrailCheck } from '../trail/check-trail';
import type { TrailSigners } from '../trail/recover-trail';
import { TrailDamage } from '../trail/trail-error';
import { problemOf } from './audit-health';

/** Looks at a trail whose writer moves files while it is read. */
const MAX_LOOKS = 5;

/** What checking needs of the world. */
export interface CheckAuditParts {
  readonly store: Pick<AuditStore, 'crypto' | 'readSigner'>;
  readonly look: AuditLook;
}

/** Creates what says why a start could not keep evidence. */
export function createAuditCheck(parts: CheckAuditParts): CheckAudit {
  return async (config) => {
    const { problems, signers } = await readKeys(config, parts);
    const ofTrail = await problemOfTrail(config.directory, signers, parts);
    return [
      ...problems,
      ...(ofTrail === undefined ? [] : [ofTrail]),
      ...(await parts.look.sinks(config.sinks)),
    ];
  };
}

interface ReadKeys {
  readonly problems: readonly AuditProblem[];
  /** Undefined: one of the keys cannot be used. */
  readonly signers: TrailSigners | undefined;
}

async function readKeys(config: AuditConfig, { store }: CheckAuditParts): Promise<ReadKeys> {
  const problems: AuditProblem[] = [];
  const read = async (part: 'privateKey' | 'previousKey'): Promise<TrailSigner | undefined> => {
    const reference = config[part];
    const signer = reference === undefined ? undefined : await store.readSigner(reference);
    if (signer === undefined || !('problem' in signer)) return signer;
    problems.push({ part, problem: signer.problem });
    return undefined;
  };
  const [current, previous] = [await read('privateKey'), await read('previousKey')];
  if (current === undefined || problems.length > 0) return { problems, signers: undefined };
  return { problems, signers: { current, ...(previous === undefined ? {} : { previous }) } };
}

/** Without signers nothing is said of what the trail holds. */
async function problemOfTrail(
  directory: string,
  signers: TrailSigners | undefined,
  { store: { crypto }, look }: CheckAuditParts,
): Promise<AuditProblem | undefined> {
  try {
    const trail = await look.directory(directory);
    if (signers === undefined) return undefined;
    const { reader, isHeld } = trail;
    await expectContent(trail, () => checkTrail({ reader, crypto, signers, isHeld }));
    return undefined;
  } catch (error) {
    // What is wrong with the trail is its directory's; that it goes on with another key is the key's.
    const isKey = error instanceof TrailError && !(error instanceof TrailDamage);
    const problem = `the trail in \`${directory}\` cannot be opened: ${problemOf(error)}`;
    return { part: isKey ? 'privateKey' : 'directory', problem };
  }
}

async function expectContent(
  trail: LookedAtTrail,
  check: () => Promise<TrailCheck>,
): Promise<void> {
  const { isEmpty, openFile } = await (trail.isHeld ? again(check) : check());
  if (openFile !== undefined) await trail.expectFile(openFile);
  await trail.expectId(isEmpty);
}

/** Segments are sealed and removed between a look at their names and one at what they hold. */
async function again(check: () => Promise<TrailCheck>): Promise<TrailCheck> {
  for (let left = MAX_LOOKS; left > 1; left -= 1) {
    try {
      return await check();
    } catch (error) {
      if (error instanceof TrailError) throw error;
    }
  }
  return check();
}
