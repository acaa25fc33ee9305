import { renameSync, rmSync, symlinkSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

import type { Client } from '@grpc/grpc-js';

import { answerOf, openClient } from './support/client';
import type { Message } from './support/client';
import { POLICY_FILE, startService } from './support/service';
import type { TestService } from './support/service';
import { until } from './support/until';

let service: TestService;
let decisions: Client;
let policies: Client;

beforeEach(async () => {
  service = await startService();
  const [address = ''] = service.addresses;
  decisions = openClient('ambit.v1.DecisionService', address);
  policies = openClient('ambit.v1.PolicyService', address);
});

afterEach(async () => {
  decisions.close();
  policies.close();
  await service.stop();
});

const STRICTER = POLICY_FILE.replace(
  'require_no_training: true',
  'max_retention_days: 0\n    soc2: true',
);
const BROKEN = POLICY_FILE.replace('require_no_training: true', 'require_no_trainning: true');

const file = (): string => join(service.directory, 'policy.yaml');
const status = (): Promise<Message> => answerOf(policies, 'GetStatus', {});

async function sequence(): Promise<string> {
  const { active } = (await status()) as { active: { bundle: { sequence: string } } };
  return active.bundle.sequence;
}

async function eligible(): Promise<unknown> {
  const request = { context: { tenant: 'red' }, candidates: [{ target: 'acme/large' }] };
  return (await answerOf(decisions, 'Decide', request))['eligible'] ?? [];
}

describe('a change of the files', () => {
  it.each<[string, () => void]>([
    [
      'written in place',
      () => {
        writeFileSync(file(), STRICTER);
      },
    ],
    [
      'renamed over',
      () => {
        writeFileSync(`${file()}.new`, STRICTER);
        renameSync(`${file()}.new`, file());
      },
    ],
    [
      'removed and written again',
      () => {
        rmSync(file());
        writeFileSync(file(), STRICTER);
      },
    ],
  ])('takes effect without a restart: %s', async (_, change) => {
    expect(await eligible()).toEqual(['acme/large']);
    change();
    await until(async () => (await sequence()) === '2');
    expect(await eligible()).toEqual([]);
  });

  it('takes effect where a link is swapped, as a mounted ConfigMap does', async () => {
    await service.stop();
    service = await startService();
    const [address = ''] = service.addresses;
    policies.close();
    policies = openClient('ambit.v1.PolicyService', address);
    const next = join(service.directory, '..next');
    mkdirSync(next);
    writeFileSync(join(next, 'policy.yaml'), STRICTER);
    symlinkSync(join(next, 'policy.yaml'), `${file()}.link`);
    renameSync(`${file()}.link`, file());
    await until(async () => (await sequence()) === '2');
  });

  it('that is wrong leaves the last good bundle, and shows', async () => {
    writeFileSync(file(), BROKEN);
    await until(async () => Boolean((await status())['last_rejected']));
    expect(await eligible()).toEqual(['acme/large']);
    expect(await status()).toMatchObject({
      state: 'SERVING_STATE_READY',
      active: { bundle: { sequence: '1' } },
      last_rejected: { findings: [{ code: 'unknown_key', line: 31, column: 5 }] },
    });
    const refused = service.log.find(({ level }) => level === 'error');
    expect(JSON.stringify(refused)).toContain('policy.yaml:31:5 unknown_key');
    writeFileSync(file(), POLICY_FILE);
    await until(async () => ((await status())['last_rejected'] ?? null) === null);
    expect(await sequence()).toBe('1');
  });

  it('of several files is taken whole', async () => {
    const second = POLICY_FILE.slice(POLICY_FILE.lastIndexOf('---')).replace(
      'name: base',
      'name: more',
    );
    writeFileSync(
      join(service.directory, 'a.yaml'),
      second.replace('require_no_training: true', 'soc2: true'),
    );
    await until(async () => (await sequence()) === '2');
    expect(await eligible()).toEqual([]);
    rmSync(join(service.directory, 'a.yaml'));
    await until(async () => (await sequence()) === '3');
    expect(await eligible()).toEqual(['acme/large']);
  });
});

describe('a file that is wrong at the start', () => {
  it('starts nothing', async () => {
    await expect(startService(BROKEN)).rejects.toThrow('unknown_key');
  });
});
