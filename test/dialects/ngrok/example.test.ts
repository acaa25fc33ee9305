import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The page itself, where it lies beside a checkout. */
const SOURCES = join(__dirname, '../../../../shared/sources');
const NAME = '004_';
const FOLDER = join(__dirname, '../../golden/ngrok');

/** What is printed of each file; the rest stands around it. */
const WHOLE = ['providers', 'models', 'combined'];
const FRAGMENTS = [
  'disabled-provider',
  'disabled-model',
  'cost-control',
  'compliance',
  'dev',
  'prod',
  'ml-team-gateway',
  'support-team-gateway',
];

const AROUND = ['on_http_request:', '  - type: ai-gateway', '    config:'].join('\n');

function compact(text: string): string {
  return text.replaceAll(/\s+/gu, '');
}

function readPage(): string | undefined {
  if (!existsSync(SOURCES)) return undefined;
  const name = readdirSync(SOURCES).find((each) => each.startsWith(NAME));
  return name === undefined ? undefined : compact(readFileSync(join(SOURCES, name), 'utf8'));
}

describe('the examples of the page', () => {
  it.each([...WHOLE, ...FRAGMENTS])('%s is here as it is printed', (name) => {
    const text = readFileSync(join(FOLDER, `${name}.yaml`), 'utf8');
    const file = text.slice(text.indexOf('on_http_request:'));
    expect(file.startsWith(AROUND)).toBe(true);
    const printed = WHOLE.includes(name) ? file : file.slice(AROUND.length);
    const page = readPage();
    if (page !== undefined) expect(page).toContain(compact(printed));
  });

  it('show the two bodies that the tests expect', () => {
    const tests = compact(readFileSync(join(FOLDER, 'tests.yaml'), 'utf8'));
    const page = readPage();
    for (const words of [
      "Provider 'google' is not allowed by gateway configuration",
      "Model 'gpt-3.5-turbo' is not allowed by gateway configuration",
    ]) {
      expect(tests).toContain(compact(words));
      if (page !== undefined) expect(page).toContain(compact(words));
    }
  });
});
