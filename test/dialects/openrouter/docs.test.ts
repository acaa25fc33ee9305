import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SET_FINDING_CODES } from '../../../src/core/policy/set-finding';
import { OPENROUTER_PROVIDERS } from '../../../src/dialects/openrouter/provider-names';
import { FILE_FINDING_CODES } from '../../../src/dialects/yaml/finding-codes';
import { accountText, guardrailText, parseSettings } from './support';

const PAGE = readFileSync(join(__dirname, '../../../docs/dialects/openrouter.md'), 'utf8');

/** The blocks of YAML on the page. */
const BLOCKS = [...PAGE.matchAll(/```yaml\n([\s\S]*?)```/gu)].map(([, text = '']) => text);

/** The keys that a mapping knows, from what is said of one that it does not know. */
function knownKeys(text: string): readonly string[] {
  const { findings } = parseSettings(text);
  const help = findings.find(({ code }) => code === 'unknown_key')?.help ?? '';
  return [...help.matchAll(/`(\w+)`/gu)].map(([, key = '']) => key);
}

describe('the page of the dialect', () => {
  it('shows settings that are right', () => {
    expect(BLOCKS.length).toBeGreaterThan(1);
    expect(BLOCKS.flatMap((text) => parseSettings(text).findings)).toEqual([]);
    expect(BLOCKS.map((text) => parseSettings(text).document?.policies.length)).toEqual([5, 3]);
  });

  it('names every provider that catalogs have under another id', () => {
    const others = [...OPENROUTER_PROVIDERS].filter(([slug, id]) => slug !== id);
    const text = PAGE.replaceAll(/\s+/gu, ' ');
    expect(others.length).toBeGreaterThan(5);
    expect(others.filter(([slug, id]) => !text.includes(`\`${slug}\` is \`${id}\``))).toEqual([]);
  });

  it('names findings that there are', () => {
    const section = PAGE.split('## Findings of this dialect')[1] ?? '';
    const codes = [...section.matchAll(/^\| (.*?) \|/gmu)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`(\w+)`/gu)].map(([, code = '']) => code),
    );
    expect(codes.length).toBeGreaterThan(8);
    const known = new Set([...Object.keys(FILE_FINDING_CODES), ...Object.keys(SET_FINDING_CODES)]);
    expect(codes.filter((code) => !known.has(code))).toEqual([]);
  });

  it('names every key, and where it may stand', () => {
    const rows = [...PAGE.matchAll(/^\| (`.*?) \| (both|account|guardrail) \|/gmu)];
    const keysAt = (place: string): readonly string[] =>
      rows
        .filter(([, , where]) => where === 'both' || where === place)
        .flatMap(([, cell = '']) => [...cell.matchAll(/`(\w+)`/gu)].map(([, key = '']) => key));
    expect(keysAt('account').toSorted()).toEqual(
      knownKeys(accountText('qqqqqqqqqqqq: 1')).toSorted(),
    );
    const ofGuardrail = ['name', ...knownKeys(guardrailText('qqqqqqqqqqqq: 1'))];
    expect(keysAt('guardrail').toSorted()).toEqual(ofGuardrail.toSorted());
  });
});
