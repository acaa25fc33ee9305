import { join } from 'node:path';

import { answerOf, openClient } from '../../contract/support/client';
import { answerAsApi } from '../support/api-answers';
import {
  HEADERS,
  MARK,
  OTHER_API,
  PLAIN,
  readLogs,
  REFUSED,
  REFUSED_BY_BODY,
  RICH,
} from '../support/canary';
import { waitForAmbit } from '../support/edits';
import { send, type HttpAnswer } from '../support/http-client';
import { CLIENT_KEY, keyOf, TARGETS, type ChatOptions, type Rig } from '../support/rig';
import { useRig } from '../support/use-rig';
import { readsBody, VARIANTS } from '../support/variants';

const useAmbit = (rig: Rig, policy: string): Promise<void> =>
  rig.useAmbit(join(__dirname, policy), { settings: { AMBIT_LOG_LEVEL: 'debug' } });

/** Nothing that a request carried may be in these. */
const SECRETS = [MARK, CLIENT_KEY, ...TARGETS.map(keyOf)];

const found = (text: string): readonly string[] => SECRETS.filter((each) => text.includes(each));

const textOf = ({ headers, text }: HttpAnswer): string => JSON.stringify([headers, text]);

/** What Ambit tells on request: its metrics, its status and its catalog. */
async function ask(rig: Rig): Promise<string> {
  const port = /"address":"127\.0\.0\.1:(\d+)","msg":"diagnostics"/.exec(rig.ambitOutput())?.[1];
  const metrics = await send({ port: Number(port), method: 'GET', path: '/metrics' });
  expect(metrics.text).toContain('ambit_decisions_total');
  const client = openClient('ambit.v1.PolicyService', `unix:${rig.socketFile}`);
  const status = await answerOf(client, 'GetStatus', {});
  const catalog = await answerOf(client, 'GetCatalog', {});
  client.close();
  const told = JSON.stringify([metrics.text, status, catalog]);
  expect(told).toContain('openai-zdr');
  return told;
}

describe.each(VARIANTS)('%s', (variant) => {
  const rig = useRig({ variant, edit: waitForAmbit });

  const isShown = readsBody(variant);
  const passing = { ...PLAIN, ...HEADERS, ...(isShown ? RICH : {}) };
  const refused = { ...REFUSED, ...(isShown ? REFUSED_BY_BODY : {}) };

  beforeEach(() => {
    rig().reset();
    for (const target of TARGETS) rig().providers[target].answer(answerAsApi('fine'));
  });

  /** One after the other, so that an answer that tells too much is named by its request. */
  async function statusesOf(
    requests: Readonly<Record<string, ChatOptions>>,
  ): Promise<readonly number[]> {
    const statuses = new Set<number>();
    for (const [name, request] of Object.entries(requests)) {
      const answer = await rig().chat(request);
      expect([name, found(textOf(answer))]).toEqual([name, []]);
      statuses.add(answer.status);
    }
    return [...statuses].sort((one, other) => one - other);
  }

  async function expectNothingTold(): Promise<void> {
    expect(found(await readLogs(rig()))).toEqual([]);
    expect(found(await ask(rig()))).toEqual([]);
  }

  test('a prompt that is allowed reaches the provider, and nothing else keeps or tells it', async () => {
    await useAmbit(rig(), 'allow-list.yaml');
    expect(await statusesOf(passing)).toEqual([200]);
    const { received } = rig().providers['openai-zdr'];
    expect(received).toHaveLength(Object.keys(passing).length);
    expect(received.filter(({ body }) => !body.includes(MARK))).toEqual([]);
    rig().providers['openai-zdr'].answerWith(503);
    expect(await statusesOf(passing)).toEqual([200]);
    expect(rig().requests()['azure-eu']).toBe(Object.keys(passing).length);
    await expectNothingTold();
  });

  test('nor one that fails everywhere', async () => {
    await useAmbit(rig(), 'allow-list.yaml');
    rig().providers['openai-zdr'].breakConnections();
    rig().providers['azure-eu'].answerWith(500);
    expect(await statusesOf(passing)).toEqual([503]);
    await expectNothingTold();
  });

  test('nor one that is blocked, or refused', async () => {
    await useAmbit(rig(), 'pack-nothing-left.yaml');
    expect(await statusesOf({ ...passing, ...RICH, ...OTHER_API })).toEqual([403]);
    expect(await statusesOf(refused)).toEqual([400, 413]);
    await expectNothingTold();
    expect(rig().contacts()).toBe(0);
  });

  test('nor one that Ambit did not answer', async () => {
    await useAmbit(rig(), 'allow-list.yaml');
    await rig().killAmbit();
    expect(await statusesOf(passing)).toEqual([503]);
    await useAmbit(rig(), 'allow-list.yaml');
    await expectNothingTold();
    expect(rig().requests()).toMatchObject({ 'groq-us': 0, 'azure-eu': 0 });
  });
});
