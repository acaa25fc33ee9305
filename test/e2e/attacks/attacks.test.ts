import { join } from 'node:path';

import { all, closeAtOnce, waitForAmbit } from '../support/edits';
import type { Rig } from '../support/rig';
import { useRig } from '../support/use-rig';
import { readsBody, VARIANTS } from '../support/variants';
import { bytesOf, HONEST_BODY, sendRaw } from './raw';
import { TRICKS } from './tricks';
import type { Fate, Trick } from './tricks';

const POLICY = join(__dirname, '../envoy/pack.yaml');

/** Headers that a provider may get, beside its own key. */
const NEEDED =
  'accept accept-encoding anthropic-version authorization content-length content-type host transfer-encoding user-agent x-forwarded-proto x-request-id'.split(
    ' ',
  );

const NONE = { 'openai-zdr': 0, 'groq-us': 0, 'azure-eu': 0 };

/** What a body may still hold where Ambit has judged it: what an honest one does, and settings without a choice in them. */
const KNOWN_KEYS = ['model', 'messages', 'stream', 'user', 'temperature'];

/** Whatever was sent: what arrived is what Ambit judged, at the target that it named first, and nothing else. */
function expectJudged(rig: Rig): void {
  expect(rig.requests()).toEqual({ ...NONE, 'openai-zdr': 1 });
  const [received] = rig.providers['openai-zdr'].received;
  expect(received?.path).toBe('/v1/chat/completions');
  const headers = received?.headers ?? {};
  expect(Object.keys(headers).filter((name) => !NEEDED.includes(name))).toEqual([]);
  expect(headers.authorization).toBe('Bearer key-of-openai-zdr');
  const body = JSON.parse(received?.body ?? '') as Record<string, unknown>;
  expect(body['model']).toBe('gpt-5.4-mini');
  // Envoy before 1.40 writes null for the settings that a prompt-blind hop keeps and the client has not sent.
  const said = Object.keys(body).filter((key) => body[key] !== null);
  expect(said.filter((key) => !KNOWN_KEYS.includes(key))).toEqual([]);
}

async function tryOut(rig: Rig, trick: Trick, fate: Fate): Promise<void> {
  rig.reset();
  const statuses = await sendRaw(rig.envoy.port, bytesOf(trick.request));
  if (fate === 'judged') {
    expect(statuses[0] === 100 ? statuses[1] : statuses[0]).toBe(200);
    expectJudged(rig);
  } else {
    expect(statuses.filter((status) => status < 400 || status > 599)).toEqual([]);
    expect([rig.contacts(), rig.requests()]).toEqual([0, NONE]);
  }
  // Beside each, an honest request that passes: nothing is refused because everything is.
  rig.reset();
  expect(await sendRaw(rig.envoy.port, bytesOf({ body: HONEST_BODY }))).toEqual([200]);
  expectJudged(rig);
}

describe.each(VARIANTS)('%s', (variant) => {
  const rig = useRig({
    variant,
    edit: all(waitForAmbit, closeAtOnce),
    prepare: (started) => started.useAmbit(POLICY),
  });
  const fateOf = ({ body, blind }: Trick): Fate => (readsBody(variant) ? body : (blind ?? body));

  test.each(TRICKS.map((trick) => [trick.group, trick.name, fateOf(trick), trick] as const))(
    '%s, %s: %s',
    async (_group, _name, fate, trick) => {
      await tryOut(rig(), trick, fate);
    },
  );
});
