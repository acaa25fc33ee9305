import { join } from 'node:path';

import { all, giveUpAfter, refuseConnections, waitForAmbit } from '../support/edits';
import { CERTIFICATE_NAMES, CLIENT_KEY, type Rig, type TargetId } from '../support/rig';
import { errorOf, expectOwnKeysOnly, logged } from '../support/seen';
import { useRig } from '../support/use-rig';
import { VARIANTS } from '../support/variants';

/** The middle one of the three targets, `groq-us`, is not eligible. */
const POLICY = join(__dirname, 'pack.yaml');

/** Clients may state an order, so that it is not always that of the file. */
const useAmbit = (rig: Rig): Promise<void> =>
  rig.useAmbit(POLICY, { settings: { AMBIT_CLIENT_PREFERENCES_HEADERS: 'all' } });

type Eligible = Exclude<TargetId, 'groq-us'>;

/** Makes a target fail from now on. */
type Failure = (rig: Rig, target: Eligible) => void;

const answering =
  (status: number): Failure =>
  (rig, target) => {
    rig.providers[target].answerWith(status);
  };

const FAILURES: Readonly<Record<string, Failure>> = {
  'status 503': answering(503),
  'status 500': answering(500),
  'status 429': answering(429),
  'status 401': answering(401),
  'status 404': answering(404),
  'a TCP reset': ({ providers }, target) => {
    providers[target].breakConnections();
  },
  'a certificate for another name': (rig, target) => {
    rig.providers[target].show(rig.issue('other.example', 'trusted'));
  },
  'a certificate of an unknown authority': (rig, target) => {
    rig.providers[target].show(rig.issue(CERTIFICATE_NAMES[target], 'untrusted'));
  },
};

/** What the client asks for, and the order of targets that follows. */
type Order = readonly [asked: string, first: Eligible, next: Eligible];
const AS_IN_FILE: Order = ['openai,azure', 'openai-zdr', 'azure-eu'];
const REVERSED: Order = ['azure,openai', 'azure-eu', 'openai-zdr'];

const CASES = Object.keys(FAILURES).flatMap((what) =>
  [AS_IN_FILE, REVERSED].map(([order, first, next]) => ({ what, order, first, next })),
);

const fail = (rig: Rig, what: string, target: Eligible): void => FAILURES[what]?.(rig, target);

/** That the request ended at the second of two targets, which both got what is theirs, and nobody else got anything. */
async function expectFallback(rig: Rig, [asked, first, next]: Order): Promise<void> {
  const answer = await rig.chat({ headers: { 'ambit-prefer-order': asked } });
  expect(JSON.parse(answer.text)).toEqual({ from: next });
  expect(answer.status).toBe(200);
  expect((await logged(rig, answer, 2)).targets).toEqual([first, next]);
  expect(rig.providers[next].received).toHaveLength(1);
  expect(rig.providers['groq-us'].contacts()).toBe(0);
  expectOwnKeysOnly(rig, [CLIENT_KEY]);
}

describe.each(VARIANTS)('%s', (variant) => {
  const rig = useRig({ variant, edit: waitForAmbit, prepare: useAmbit });

  beforeEach(() => {
    rig().reset();
  });

  test.each(CASES)('$what at $first: $next gets the request', async (given) => {
    fail(rig(), given.what, given.first);
    await expectFallback(rig(), [given.order, given.first, given.next]);
    // It was reached, and what it could not prove to be entitled to it did not get.
    expect(rig().providers[given.first].contacts()).toBeGreaterThan(0);
    const isTrusted = !given.what.startsWith('a certificate');
    expect(rig().providers[given.first].received).toHaveLength(isTrusted ? 1 : 0);
  });

  test.each(CASES)('$what at $first and then at $next: an error in JSON', async (given) => {
    fail(rig(), given.what, given.first);
    fail(rig(), given.what, given.next);
    const answer = await rig().chat({ headers: { 'ambit-prefer-order': given.order } });
    expect(answer.status).toBe(503);
    expect(errorOf(answer)).toMatchObject({ code: 'eligible_targets_unavailable' });
    const { targets } = await logged(rig(), answer, 2);
    expect(targets).toEqual([given.first, given.next]);
    expect(rig().providers['groq-us'].contacts()).toBe(0);
    expectOwnKeysOnly(rig(), [CLIENT_KEY]);
  });
});

describe.each(VARIANTS)('%s, nobody listening at the first target', (variant) => {
  const edit = all(waitForAmbit, refuseConnections('openai-zdr'));
  const rig = useRig({ variant, edit, prepare: useAmbit });

  test('the next one gets the request', () => expectFallback(rig(), AS_IN_FILE));
});

describe.each(VARIANTS)('%s, the first target hanging', (variant) => {
  const edit = all(waitForAmbit, giveUpAfter('3s'));
  const rig = useRig({ variant, edit, prepare: useAmbit });

  test('the next one gets the request', async () => {
    rig().providers['openai-zdr'].answer(() => undefined);
    await expectFallback(rig(), AS_IN_FILE);
    expect(rig().providers['openai-zdr'].received).toHaveLength(1);
  });
});
