import { lintSet } from '../../../src/core/lint/lint-set';
import { checkSet } from '../../../src/core/policy/check-set';
import { createVercelDialect } from '../../../src/dialects/vercel';
import { NOW_MS, setBesideCatalog } from '../support/beside-catalog';
import { documentOf, nativeCatalog } from '../support/documents';
import { parseSettings, teamText } from './support';

const CATALOG = nativeCatalog([
  { id: 'openai', targets: [{ model: 'gpt-5' }, { model: 'gpt-5-mini' }] },
  { id: 'amazon-bedrock', targets: [{ model: 'openai/gpt-5' }] },
  { id: 'deepseek', targets: [{ model: 'deepseek-v4' }] },
]);

/** What is found over the settings and the catalog together, as `code line: message`. */
function found(...lines: readonly string[]): readonly string[] {
  const dialect = createVercelDialect();
  const document = documentOf(parseSettings(teamText(...lines)));
  const set = setBesideCatalog({ dialect, document, catalog: CATALOG });
  return [...checkSet(set), ...lintSet(set, NOW_MS)].map(
    ({ code, position, message }) => `${code} ${String(position.line)}: ${message}`,
  );
}

describe('lint of settings beside a catalog', () => {
  it('finds nothing where each name means something', () => {
    expect(
      found(
        'allowlist_on: true',
        'enabled: [openai, bedrock]',
        'model_allowlist: [openai/gpt-5, openai/gpt-5-mini]',
      ),
    ).toEqual([]);
  });

  it('finds nothing in what was known and is not catalogued, nor in what is disabled', () => {
    expect(
      found(
        'allowlist_on: true',
        'disabled: [deepseek, novita]',
        'as_of: 2026-06-01',
        'providers: [bedrock, deepseek, groq, novita, openai, zai]',
      ),
    ).toEqual([]);
  });

  it('finds a provider or model that nothing matches, once', () => {
    expect(
      found(
        'allowlist_on: true',
        'enabled: [openai, bedrok]',
        'model_allowlist: [openai/gpt-5, openai/gpt5-mini]',
      ),
    ).toEqual([
      'allow_matches_nothing 4: allow entry `bedrok` matches nothing in the catalog',
      'allow_matches_nothing 5: allow entry `openai/gpt5-mini` matches nothing in the catalog',
    ]);
  });
});
