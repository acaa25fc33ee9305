import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lintSet } from '../../../src/core/lint/lint-set';
import { checkSet } from '../../../src/core/policy/check-set';
import { createOpenrouterDialect } from '../../../src/dialects/openrouter';
import { NOW_MS, setBesideCatalog } from '../support/beside-catalog';
import { documentOf } from '../support/documents';
import { parseSettings } from './support';

const FOLDER = join(__dirname, '../../golden/openrouter');
const dialect = createOpenrouterDialect();

/** What is said of the settings of the golden tests, with these lines added to their guardrail. */
function findingsWith(...lines: readonly string[]): readonly string[] {
  const read = (name: string): string => readFileSync(join(FOLDER, name), 'utf8');
  const settings = [
    read('settings.yaml').replace('      allowed_models: null\n', ''),
    ...lines.map((line) => `      ${line}\n`),
  ].join('');
  const document = documentOf(parseSettings(settings));
  const set = setBesideCatalog({ dialect, document, catalog: read('catalog.yaml') });
  const findings = [...checkSet(set), ...lintSet(set, NOW_MS)];
  return findings.map(({ severity, code, message }) => `${severity} ${code} ${message}`);
}

describe('lint of settings', () => {
  it('names only what a target does not declare: the forms of an entry are one entry', () => {
    expect(findingsWith()).toEqual([
      expect.stringMatching(
        /^warning undeclared_claim target `openai-priority.large` .*training_opt_out/u,
      ),
      expect.stringMatching(
        /^warning undeclared_claim target `openai-priority.large` .*zero_data_retention/u,
      ),
    ]);
  });

  it.each([
    [
      'allowed_providers: [openai, azure, google-vertex, together, deepinfra, opnai]',
      'allow entry `opnai`',
    ],
    [
      'allowed_models: [openai/gpt-5.2, anthropic/claude-sonnet-4.5, meta-llama/llama-3.3-70b-instruct, a/b]',
      'allow entry `a/b`',
    ],
  ])('names once what matches nothing: %s', (line, entry) => {
    expect(findingsWith(line).filter((text) => text.includes('matches_nothing'))).toEqual([
      `warning allow_matches_nothing ${entry} matches nothing in the catalog`,
    ]);
  });
});
