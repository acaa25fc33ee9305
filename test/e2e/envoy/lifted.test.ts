import { join } from 'node:path';

import { onlyRequest } from '../support/seen';
import { useRig } from '../support/use-rig';

/** Both ways to walk the targets, where Ambit is shown no body. */
const BLIND = ['recommended-blind', 'portable-blind'] as const;

describe.each(BLIND)('%s', (variant) => {
  const rig = useRig({
    variant,
    prepare: (started) => started.useAmbit(join(__dirname, 'lifted.yaml')),
  });

  beforeEach(() => {
    rig().reset();
  });

  test('a request that streams goes only where the claims cover streams', async () => {
    expect((await rig().chat()).status).toBe(200);
    expect(rig().requests()).toEqual({ 'openai-zdr': 1, 'groq-us': 0, 'azure-eu': 0 });
    rig().reset();
    expect((await rig().chat({ body: { stream: true } })).status).toBe(200);
    expect(rig().requests()).toEqual({ 'openai-zdr': 0, 'groq-us': 0, 'azure-eu': 1 });
    expect(JSON.parse(onlyRequest(rig(), 'azure-eu').body)).toHaveProperty('stream', true);
  });

  test.each([
    ['in the words of OpenRouter', { provider: { zdr: true } }],
    ['in the words of Vercel', { providerOptions: { gateway: { zeroDataRetention: true } } }],
  ])('a narrowing that is one value is heeded, and goes no further: %s', async (_words, body) => {
    expect((await rig().chat({ body })).status).toBe(200);
    expect(rig().requests()).toEqual({ 'openai-zdr': 0, 'groq-us': 0, 'azure-eu': 1 });
    expect(onlyRequest(rig(), 'azure-eu').body).not.toMatch(/provider/);
  });
});
