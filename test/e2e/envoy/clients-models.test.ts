/** @jest-environment ./test/clients/environment.cjs */
import { join } from 'node:path';

import OpenAI from 'openai';

import { waitForAmbit } from '../support/edits';
import { useRig } from '../support/use-rig';
import { VARIANTS } from '../support/variants';

describe.each(VARIANTS)('%s', (variant) => {
  const rig = useRig({
    variant,
    edit: waitForAmbit,
    prepare: (started) => started.useAmbit(join(__dirname, 'allow-list.yaml')),
  });

  const openai = (): OpenAI =>
    new OpenAI({
      apiKey: 'key',
      baseURL: `http://127.0.0.1:${String(rig().envoy.port)}/v1`,
      maxRetries: 0,
    });

  test('a client that lists the models sees those that it may use, and no provider is asked', async () => {
    const { data } = await openai().models.list();
    expect(data.map(({ id }) => id)).toEqual(['gpt-5.4-mini']);
    expect(rig().contacts()).toBe(0);
  });

  test('it finds one that it may use', async () => {
    expect(await openai().models.retrieve('gpt-5.4-mini')).toMatchObject({ id: 'gpt-5.4-mini' });
    expect(rig().contacts()).toBe(0);
  });

  test('it does not find one that only a provider outside of its list serves', async () => {
    const found = openai().models.retrieve('gpt-oss');
    await expect(found).rejects.toBeInstanceOf(OpenAI.NotFoundError);
    await expect(found).rejects.toMatchObject({ code: 'provider_not_allowed' });
    expect(rig().contacts()).toBe(0);
  });

  test('nothing but a list is answered there: another method is refused', async () => {
    const answer = await rig().chat({ path: '/v1/models' });
    expect(answer.status).toBe(400);
    expect(rig().contacts()).toBe(0);
  });
});
