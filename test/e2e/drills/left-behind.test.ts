import { runs } from '../../laws/support/runs';
import { until } from '../support/wait';
import { BAD_CLIENTS } from './support/bad-clients';
import type { Meet } from './support/bad-clients';
import { startFullSite } from './support/full-site';
import type { FullSite } from './support/full-site';
import { heldBy, WITNESS_OPTIONS } from './support/held';

/** Connections of each kind, before they are made more or fewer, and those before that, for which code is compiled. */
const CONNECTIONS = 200;
const WARM_UP = 20;
const AT_ONCE = 20;

/** Bytes that a connection may leave, which is noise: a session of HTTP/2 that nobody frees is 6,000 or more. */
const MOST_LEFT = 2500;

let site: FullSite;

beforeAll(async () => {
  site = await startFullSite(WITNESS_OPTIONS);
});

afterAll(() => site.stop());

async function meetOften(meet: Meet, count: number): Promise<void> {
  for (let met = 0; met < count; met += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, () => meet(site)));
  }
}

async function bytesHeld(): Promise<number> {
  const { heapUsed, external } = await heldBy(site.service);
  return heapUsed + external;
}

describe('a connection that ends badly leaves nothing behind', () => {
  test.each(BAD_CLIENTS)('%s', async (_name, meet) => {
    await meetOften(meet, WARM_UP);
    const before = await bytesHeld();
    const count = runs(CONNECTIONS);
    await meetOften(meet, count);
    let left = 0;
    // What is let go only after a while has not leaked.
    const isLetGo = async (): Promise<true | undefined> => {
      left = Math.round(((await bytesHeld()) - before) / count);
      return left <= MOST_LEFT ? true : undefined;
    };
    await until('what is held to be let go', isLetGo).catch(() => {
      expect(left).toBeLessThanOrEqual(MOST_LEFT);
    });
  });
});
