import { join } from 'node:path';

import { addTenants, all, waitForAmbit } from '../support/edits';
import type { Answering } from '../support/provider';
import { CLIENT_KEY, TARGETS, type Rig, type TargetId } from '../support/rig';
import { expectOwnKeysOnly } from '../support/seen';
import { useRig } from '../support/use-rig';
import { VARIANTS } from '../support/variants';

/** What each tenant may use by tenants.yaml, in the order of the file. */
const MAY_USE: Readonly<Record<string, readonly [TargetId, TargetId]>> = {
  acme: ['openai-zdr', 'azure-eu'],
  boreal: ['groq-us', 'azure-eu'],
  corvid: ['openai-zdr', 'groq-us'],
};

/** `openai` of `openai-zdr`. */
const providerOf = (target: TargetId): string => target.split('-')[0] ?? '';

/** A request that nothing but its own decision may steer. */
interface Case {
  readonly tenant: string;
  /** The targets that it may reach, in the order that it asks for. */
  readonly targets: readonly [TargetId, TargetId];
  /** Whether the first of them fails. */
  readonly isFailing: boolean;
  /** Text of the prompt: which request this is, and at which target it fails. */
  readonly mark: string;
}

const TENANTS = Object.keys(MAY_USE);

/** All combinations of tenant, order and failure, each more than three times. */
const CASES: readonly Case[] = Array.from({ length: 40 }, (_, index) => {
  const tenant = TENANTS[index % 3] ?? '';
  const [first, second] = MAY_USE[tenant] ?? ['groq-us', 'groq-us'];
  const targets =
    Math.floor(index / 3) % 2 === 0 ? ([first, second] as const) : ([second, first] as const);
  const isFailing = Math.floor(index / 6) % 2 === 0;
  const mark = `request ${String(index)} ${isFailing ? `fails at ${targets[0]}` : 'passes'}.`;
  return { tenant, targets, isFailing, mark };
});

const servedBy = ({ targets, isFailing }: Case): TargetId => targets[isFailing ? 1 : 0];

/** Answers nobody until all requests have arrived somewhere, so that all are in flight at once. */
function createGate(): (target: TargetId) => Answering {
  let arrived = 0;
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return (target) => async (request, response) => {
    arrived += 1;
    if (arrived === CASES.length) open();
    await opened;
    response.writeHead(request.body.includes(`fails at ${target}.`) ? 503 : 200);
    response.end(JSON.stringify({ from: target, body: request.body }));
  };
}

async function ask(rig: Rig, { tenant, targets, mark }: Case): Promise<readonly [string, boolean]> {
  const { status, text } = await rig.chat({
    headers: {
      host: `${tenant}.example`,
      'ambit-prefer-order': targets.map(providerOf).join(','),
    },
    body: { messages: [{ role: 'user', content: mark }] },
  });
  expect(status).toBe(200);
  const { from, body } = JSON.parse(text) as { from: string; body: string };
  return [from, body.includes(mark)];
}

describe.each(VARIANTS)('%s', (variant) => {
  const rig = useRig({
    variant,
    edit: all(waitForAmbit, addTenants(TENANTS)),
    prepare: (started) =>
      started.useAmbit(join(__dirname, 'tenants.yaml'), {
        settings: { AMBIT_CLIENT_PREFERENCES_HEADERS: 'all' },
      }),
  });

  test('40 requests at once, each with its own decision, do not cross', async () => {
    const gate = createGate();
    for (const target of TARGETS) rig().providers[target].answer(gate(target));
    const answers = await Promise.all(CASES.map((each) => ask(rig(), each)));
    expect(answers).toEqual(CASES.map((each) => [servedBy(each), true]));
    for (const target of TARGETS) {
      const bodies = rig().providers[target].received.map(({ body }) => body);
      const seen = CASES.filter(({ mark }) => bodies.some((body) => body.includes(mark)));
      const due = CASES.filter(
        (each) => each.targets[0] === target || (each.isFailing && each.targets[1] === target),
      );
      expect(seen).toEqual(due);
      expect(bodies).toHaveLength(due.length);
    }
    expectOwnKeysOnly(rig(), [CLIENT_KEY]);
  });
});
