/** @jest-environment ./test/clients/environment.cjs */
import { join } from 'node:path';

import { thrownBy } from '../../clients/calls';
import { lastOf, LIBRARIES } from '../../clients/libraries';
import { answerAsApi, EMBEDDING } from '../support/api-answers';
import { waitForAmbit } from '../support/edits';
import { TARGETS, type Rig } from '../support/rig';
import { useRig } from '../support/use-rig';
import { VARIANTS } from '../support/variants';
import { until } from '../support/wait';

const MODEL = 'gpt-5.4-mini';

const CASES = LIBRARIES.flatMap((library) =>
  library.calls.map((call) => ({ library, call, title: `${library.name}, ${call.name}` })),
);

const urlOf = ({ envoy }: Rig): string => `http://127.0.0.1:${String(envoy.port)}`;

/** How many requests Envoy has seen the end of, when the one that this sends has ended. */
async function countRequests(rig: Rig): Promise<number> {
  const id = `fence-${String(rig.envoy.requestLog().length)}`;
  await rig.chat({ path: `/${id}` });
  return until('the line of the fence', () => {
    const lines = rig.envoy.requestLog();
    const index = lines.findIndex(({ path }) => path === `/${id}`);
    return index === -1 ? undefined : index;
  });
}

describe.each(VARIANTS)('%s, where two of three targets are eligible', (variant) => {
  const rig = useRig({
    variant,
    edit: waitForAmbit,
    prepare: (started) => started.useAmbit(join(__dirname, 'allow-list.yaml')),
  });

  /** No target of these configurations speaks Gemini's API. */
  const spoken = CASES.filter(({ library }) => library.name !== '@google/genai');

  beforeEach(() => {
    rig().reset();
    for (const target of TARGETS) {
      rig().providers[target].answer(answerAsApi('from ', target));
    }
  });

  test.each(spoken)('$title: the answer of the first', async ({ call }) => {
    const text = await call.run(urlOf(rig()), MODEL);
    expect(text).toBe(call.name === 'embeddings' ? String(EMBEDDING) : 'from openai-zdr');
    expect(rig().requests()).toEqual({ 'openai-zdr': 1, 'groq-us': 0, 'azure-eu': 0 });
  });

  test.each(spoken)('$title: the answer of the second, if the first fails', async ({ call }) => {
    rig().providers['openai-zdr'].answerWith(503);
    const text = await call.run(urlOf(rig()), MODEL);
    expect(text).toBe(call.name === 'embeddings' ? String(EMBEDDING) : 'from azure-eu');
    // The library did not have to try again.
    expect(rig().requests()).toEqual({ 'openai-zdr': 1, 'groq-us': 0, 'azure-eu': 1 });
  });
});

describe.each(VARIANTS)('%s, where no target is eligible', (variant) => {
  const rig = useRig({
    variant,
    edit: waitForAmbit,
    prepare: (started) => started.useAmbit(join(__dirname, 'pack-nothing-left.yaml')),
  });

  const message =
    `no provider for \`${MODEL}\` meets the requirements of policy ` +
    '`nothing-left/data-routing-policy`; providers considered: openai, groq, azure';

  test.each(CASES)('$title: its own error with our message, once', async ({ library, call }) => {
    const before = await countRequests(rig());
    const error = lastOf(await thrownBy(call, urlOf(rig()), MODEL));
    expect(error).toBeInstanceOf(library.classOf(403));
    expect(library.read(error)).toEqual({ status: 403, message, code: 'no_compliant_provider' });
    // The first fence, and the request.
    expect((await countRequests(rig())) - before).toBe(2);
    expect(rig().contacts()).toBe(0);
  });
});
