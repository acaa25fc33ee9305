import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { MARK, OTHER_API, PLAIN, REFUSED, RICH } from '../support/canary';
import { all, hideBodies, waitForAmbit } from '../support/edits';
import { serveRelay, type Relay } from '../support/relay';
import type { Rig } from '../support/rig';
import { useRig } from '../support/use-rig';
import { readsBody, VARIANTS } from '../support/variants';
import { until } from '../support/wait';

const POLICY = join(__dirname, 'allow-list.yaml');

/** The name of that policy: Ambit keeps it, so what looks for texts in its memory must find this one. */
const KEPT = 'two-of-three';

/** Longer than any text in Ambit, which the snapshot would cut otherwise, in characters. */
const LONGEST_TEXT = 100_000_000;

/** What Ambit's memory holds, as V8 tells it. */
async function takeSnapshot(rig: Rig): Promise<string> {
  const isSnapshot = (name: string): boolean => name.endsWith('.heapsnapshot');
  rig.signalAmbit('SIGUSR2');
  const text = await until('the snapshot', () => {
    const file = readdirSync(rig.directory).find(isSnapshot);
    if (file === undefined) return undefined;
    const written = readFileSync(join(rig.directory, file), 'utf8');
    return written.trimEnd().endsWith('}') ? written : undefined;
  });
  JSON.parse(text);
  return text;
}

async function sendAll(rig: Rig): Promise<void> {
  for (const request of Object.values({ ...PLAIN, ...RICH, ...OTHER_API, ...REFUSED })) {
    await rig.chat(request);
  }
  rig.providers['openai-zdr'].answerWith(503);
  await rig.chat(PLAIN['plain text']);
}

describe.each(VARIANTS)('%s, where Ambit sees no body', (variant) => {
  let relay: Relay | undefined;

  const rig = useRig({
    variant,
    edit: readsBody(variant) ? all(waitForAmbit, hideBodies) : waitForAmbit,
    prepare: async (started) => {
      const behind = join(started.directory, 'behind.sock');
      await started.useAmbit(POLICY, {
        socketFile: behind,
        nodeFlags: [
          '--heapsnapshot-signal=SIGUSR2',
          `--diagnostic-dir=${started.directory}`,
          `--heap-snapshot-string-limit=${String(LONGEST_TEXT)}`,
        ],
      });
      relay = await serveRelay(started.socketFile, behind);
      await sendAll(started);
    },
  });

  afterAll(() => relay?.close());

  test('the prompts reached the providers', () => {
    for (const target of ['openai-zdr', 'azure-eu'] as const) {
      expect(JSON.stringify(rig().providers[target].received)).toContain(MARK);
    }
  });

  test('no prompt reaches Ambit', () => {
    const said = relay?.said().toString('latin1') ?? '';
    // What is lifted from the body does.
    expect(said).toContain('gpt-5.4-mini');
    expect(said.includes(MARK)).toBe(false);
  });

  test('no prompt is in the memory of Ambit', async () => {
    const snapshot = await takeSnapshot(rig());
    expect(snapshot.includes(KEPT)).toBe(true);
    expect(snapshot.includes(MARK)).toBe(false);
  });
});
