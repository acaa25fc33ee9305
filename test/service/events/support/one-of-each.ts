import type { SecurityEvent, ServedBundle } from '../../../../src/ports/security-events';
import type { RequestContext } from '../../../../src/core/model/request';
import { EMPTY_CONTEXT } from '../../../../src/core/model/request';
import { accessChange } from '../../../../src/service/events/access-change';
import { decisionEvents } from '../../../../src/service/events/decision-events';
import {
  callerRefused,
  policyStale,
  trailDamaged,
} from '../../../../src/service/events/service-events';
import {
  bundleActivated,
  bundleRefused,
  eventsLost,
  nameOf,
  type Activation,
} from '../../../../src/service/events/service-events';
import type { Trail } from '../../../../src/ports/trail';
import { withdrawnJson, type Withdrawn } from '../../../../src/service/evidence/withdrawn';
import { FILES } from '../../../cli/support/files';
import { recordOf } from '../../evidence/support/record-of';
import { loadFiles } from '../../support/world';
import { memoryDisk } from '../../trail/support/memory-disk';
import { open, START_MS } from '../../trail/support/trails';
import { eventsIn } from './recorded';

const { 'policy.yaml': POLICY = '', 'catalog.yaml': CATALOG = '' } = FILES;
const WIDER = POLICY.replace('days: 7', 'days: 30');
const WARN = POLICY.replace('spec:', 'spec:\n  mode: warn');
const SHADOW = `${WIDER}---\n${POLICY.replace('name: base', 'name: stricter').replace('spec:', 'spec:\n  mode: shadow')}`;

const WITHDRAWN: Withdrawn = {
  ...{ why: 'late', at: new Date(START_MS).toISOString(), decisions: ['decision-1', 'decision-2'] },
};

const MARK = { uid: 'p-1:kind:1782864000000:1', timeMs: START_MS };

async function served(policy: string, sequence = 1): Promise<ServedBundle> {
  const { bundle, findings } = await loadFiles({ 'policy.yaml': policy, 'catalog.yaml': CATALOG });
  if (bundle === undefined) throw new Error(JSON.stringify(findings));
  return { bundle, sequence, files: ['policy.yaml', 'catalog.yaml'] };
}

/** With who gains and loses what, as the other thread finds it. */
function activationOf(now: ServedBundle, before: ServedBundle): Activation {
  const access = accessChange({ old: before.bundle, new: now.bundle }, START_MS);
  return { now: nameOf(now), before: nameOf(before), access };
}

/** What is told of a request for targets of one provider. */
async function decided(policy: string, provider: string): Promise<readonly SecurityEvent[]> {
  const { bundle } = await served(policy);
  const context: RequestContext = { ...EMPTY_CONTEXT, tenant: 'acme' };
  const candidates = [{ ref: `my-${provider}`, provider, model: 'chat', claims: [] }];
  const caller = { rewritesModel: true, ownsClaims: false };
  return decisionEvents(
    recordOf({ bundle, request: { context, candidates, caller, problems: [] } }),
  );
}

async function stated(
  write: (trail: Trail) => Promise<unknown>,
): Promise<readonly SecurityEvent[]> {
  const { files } = memoryDisk();
  const trail = await open(files);
  await write(trail);
  // Every run has another key, and so has the first line another hash.
  const json = JSON.stringify(await eventsIn(files)).replaceAll(trail.head()?.hash ?? '', 'hash');
  return JSON.parse(json) as readonly SecurityEvent[];
}

/** One event of each kind, made of real decisions, bundles and findings. */
export async function MADE(): Promise<readonly SecurityEvent[]> {
  const before = await served(POLICY);
  const now = await served(WIDER, 2);
  const broken = await loadFiles({ 'policy.yaml': POLICY.replace('max_', 'maxi_') });
  const refused = { kind: 'caller_refused', reason: 'rights', caller: 'edge' } as const;
  const folded = { ...refused, listener: '127.0.0.1:8443', count: 7 };
  return [
    ...(await decided(POLICY, 'keeps')),
    ...(await decided(WARN, 'keeps')),
    ...(await decided(SHADOW, 'keeps')),
    callerRefused({ ...folded, firstMs: START_MS - 59_000, lastMs: START_MS }, MARK),
    bundleActivated(activationOf(now, before), MARK),
    bundleRefused(
      {
        ...{ kind: 'bundle_refused', outcome: 'rejected', active: before },
        findings: broken.findings,
      },
      MARK,
    ),
    policyStale({ ageMs: 6000, maxAgeMs: 5000, digest: before.bundle.digest }, MARK),
    trailDamaged({ code: 'wrong_hash', file: '000000000001.jsonl', line: 2, sequence: 2 }, MARK),
    ...(await stated((trail) => trail.gap({ queue_full: 12, not_written: 3 }))),
    ...(await stated((trail) => trail.append(withdrawnJson(WITHDRAWN)))),
    eventsLost({ caller_refused: 5 }, MARK),
  ];
}
