import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parseDocument } from 'yaml';

import { filterOf, waitForAmbit } from '../support/edits';
import { errorOf, onlyRequest } from '../support/seen';
import { useRig } from '../support/use-rig';
import { BODY_VARIANTS, configFileOf } from '../support/variants';

/** A chat completion of exactly this many bytes. */
function bodyOf(bytes: number): string {
  const around = { model: 'gpt-5.4-mini', messages: [{ role: 'user', content: '' }] };
  const content = 'x'.repeat(bytes - JSON.stringify(around).length);
  return JSON.stringify({ ...around, messages: [{ role: 'user', content }] });
}

const contentOf = (body: string): string =>
  (JSON.parse(body) as { messages: [{ content: string }] }).messages[0].content;

describe.each(BODY_VARIANTS)('%s', (variant) => {
  const config = parseDocument(readFileSync(configFileOf(variant), 'utf8'));
  const extAuthz = filterOf(config, 'envoy.filters.http.ext_authz');
  const limit = extAuthz.getIn([
    'typed_config',
    'with_request_body',
    'max_request_bytes',
  ]) as number;

  const rig = useRig({
    variant,
    edit: waitForAmbit,
    prepare: (started) => started.useAmbit(join(__dirname, 'pack.yaml')),
  });

  beforeEach(() => {
    rig().reset();
  });

  test.each([
    ['exactly as large as allowed', 0, false],
    ['as large as allowed, in chunks', 0, true],
    ['one byte smaller, in chunks', -1, true],
  ])('a body %s passes whole', async (_what, more, chunked) => {
    const text = bodyOf(limit + more);
    const answer = await rig().chat({ text, chunked });
    expect(answer.status).toBe(200);
    // Compared and not shown: a difference would print megabytes.
    const isWhole = contentOf(onlyRequest(rig(), 'openai-zdr').body) === contentOf(text);
    expect(isWhole).toBe(true);
  });

  test.each([
    ['one byte larger than allowed', false],
    ['one byte larger, in chunks', true],
  ])('a body %s is refused and sent to nobody', async (_what, chunked) => {
    const answer = await rig().chat({ text: bodyOf(limit + 1), chunked });
    expect(answer.status).toBe(413);
    expect(errorOf(answer)).toMatchObject({ code: 'request_too_large' });
    expect(rig().contacts()).toBe(0);
  });

  test.each([true, false])('a small one passes, in chunks: %s', async (chunked) => {
    expect((await rig().chat({ text: bodyOf(500), chunked })).status).toBe(200);
    expect(rig().requests()).toEqual({ 'openai-zdr': 1, 'groq-us': 0, 'azure-eu': 0 });
  });
});
