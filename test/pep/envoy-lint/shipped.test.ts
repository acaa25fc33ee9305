import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { createEnvoyLint } from '../../../src/pep/envoy-lint/envoy-lint';
import { cli } from '../../cli/support/cli';
import { createMemoryReader } from '../../cli/support/memory-reader';

const DEPLOY = join(__dirname, '../../../deploy/envoy');

/** All configurations of Envoy that are shipped: files that state `static_resources`. */
const SHIPPED = readdirSync(DEPLOY)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => ({ name, text: readFileSync(join(DEPLOY, name), 'utf8') }))
  .filter(({ text }) => /^static_resources:/mu.test(text));

/** Targets of every way to name a model and to show a key. */
const HOSTS: readonly (readonly [host: string, apis: string, prefix?: string])[] = [
  ['api.openai.com', 'chat_completions, responses, embeddings'],
  ['api.anthropic.com', 'messages'],
  ['generativelanguage.googleapis.com', 'gemini'],
  [
    'europe-west1-aiplatform.googleapis.com',
    'gemini',
    '/v1/projects/a/locations/b/publishers/google',
  ],
  ['bedrock-runtime.eu-west-1.amazonaws.com', 'messages'],
];

function catalogOf(count: number): string {
  const targets = Array.from({ length: count }, (_, index) => {
    const [host, apis, prefix = '/'] = HOSTS[index % HOSTS.length] ?? ['none', 'none'];
    return `    - { id: t${String(index)}, provider: p, model: m-${String(index)}, apis: [${apis}], endpoint: { host: ${host}, path_prefix: ${prefix} } }`;
  });
  return `apiVersion: ambit/v1
kind: Catalog
metadata: { name: many }
spec:
  providers: [{ id: p }]
  targets:
${targets.join('\n')}
`;
}

async function written(count: number, ...options: readonly string[]): Promise<string> {
  const reader = createMemoryReader({ 'catalog.yaml': catalogOf(count) });
  const run = await cli(['envoy', 'config', 'catalog.yaml', '--context', 'tenant=a', ...options], {
    reader,
  });
  expect(run.stderr).toContain('written');
  return run.stdout;
}

describe('our own configurations', () => {
  it('are all there', () => {
    expect(SHIPPED.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'recommended.yaml',
        'recommended-blind.yaml',
        'portable.yaml',
        'portable-blind.yaml',
      ]),
    );
  });

  it.each(SHIPPED.map((file) => [file.name, file] as const))('%s has no finding', (_, file) => {
    expect(createEnvoyLint().lint([file])).toEqual([]);
  });

  it.each(
    [1, 10, 150].flatMap((count) =>
      ['recommended', 'portable'].flatMap((variant) =>
        ['body', 'metadata'].map((reading) => [count, variant, reading] as const),
      ),
    ),
  )('with %d targets have no finding: %s, %s', async (count, variant, reading) => {
    const text = await written(count, '--variant', variant, '--read', reading);
    expect(text).toContain(`to-t0\n`);
    expect(createEnvoyLint().lint([{ name: 'envoy.yaml', text }])).toEqual([]);
  });
});
