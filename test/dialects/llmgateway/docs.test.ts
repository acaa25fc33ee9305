import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SET_FINDING_CODES } from '../../../src/core/policy/set-finding';
import { LLMGATEWAY_PROVIDERS } from '../../../src/dialects/llmgateway/provider-names';
import { FILE_FINDING_CODES } from '../../../src/dialects/yaml/finding-codes';
import { parseSettings, partText } from './support';

const PAGE = readFileSync(join(__dirname, '../../../docs/dialects/llmgateway.md'), 'utf8');

/** The blocks of YAML on the page. */
const BLOCKS = [...PAGE.matchAll(/```yaml\n([\s\S]*?)```/gu)].map(([, text = '']) => text);

/** The keys that a part knows, as it says itself when it is asked for one that it does not. */
function keysOf(text: string): readonly string[] {
  const unknown = parseSettings(text).findings.find(({ code }) => code === 'unknown_key');
  return [...(unknown?.help ?? '').matchAll(/`(\w+)`/gu)].map(([, key = '']) => key);
}

describe('the page of the dialect', () => {
  it('shows settings that are right', () => {
    expect(BLOCKS.length).toBeGreaterThan(1);
    expect(BLOCKS.flatMap((text) => parseSettings(text).findings)).toEqual([]);
  });

  it('names every provider that catalogs have under another id', () => {
    const others = [...LLMGATEWAY_PROVIDERS].filter(([name, id]) => name !== id);
    const text = PAGE.replaceAll(/\s+/gu, ' ');
    expect(others.length).toBeGreaterThan(5);
    expect(others.filter(([name, id]) => !text.includes(`\`${name}\` is \`${id}\``))).toEqual([]);
  });

  it('names findings that there are', () => {
    const section = PAGE.split('## Findings of this dialect')[1] ?? '';
    const rows = section.split('\n').filter((line) => line.startsWith('| `'));
    const codes = rows.flatMap((row) =>
      [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/gu)].map(([, code = '']) => code),
    );
    expect(codes.length).toBeGreaterThan(8);
    const known = new Set([...Object.keys(FILE_FINDING_CODES), ...Object.keys(SET_FINDING_CODES)]);
    expect(codes.filter((code) => !known.has(code))).toEqual([]);
  });

  it.each([
    ['policy.', partText('policy', 'qqqqqqqqqqqqqqqq: 1'), 16],
    ['restriction.', partText('restriction', 'qqqqqqqqqqqqqqqq: 1'), 5],
    ['customProviders[].', 'llmgateway: {customProviders: [{qqqqqqqqqqqqqqqq: 1}]}', 2],
    ['', 'llmgateway: {customProviders: [{name: a, attestation: {qqqqqqqqqqqqqqqq: 1}}]}', 9],
  ])('names every key that there is: %s', (place, text, count) => {
    const keys = keysOf(text);
    expect(keys).toHaveLength(count);
    expect(
      keys.filter((key) => !new RegExp(`\`${escaped(place)}${key}\\b`, 'u').test(PAGE)),
    ).toEqual([]);
  });
});

function escaped(text: string): string {
  return text.replaceAll(/[.[\]]/gu, '\\$&');
}
