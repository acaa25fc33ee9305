import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FILE_FINDING_CODES } from '../../../src/dialects/yaml/finding-codes';
import { SET_FINDING_CODES } from '../../../src/core/policy/set-finding';
import { VERCEL_PROVIDERS } from '../../../src/dialects/vercel/provider-names';
import { parseSettings } from './support';

const PAGE = readFileSync(join(__dirname, '../../../docs/dialects/vercel.md'), 'utf8');

/** The blocks of YAML on the page. */
const BLOCKS = [...PAGE.matchAll(/```yaml\n([\s\S]*?)```/gu)].map(([, text = '']) => text);

describe('the page of the dialect', () => {
  it('shows settings that are right', () => {
    expect(BLOCKS.length).toBeGreaterThan(1);
    expect(BLOCKS.flatMap((text) => parseSettings(text).findings)).toEqual([]);
  });

  it('names every provider that catalogs have under another id', () => {
    const others = [...VERCEL_PROVIDERS].filter(([slug, id]) => slug !== id);
    const text = PAGE.replaceAll(/\s+/gu, ' ');
    expect(others.filter(([slug, id]) => !text.includes(`\`${slug}\` is \`${id}\``))).toEqual([]);
  });

  it('names findings that there are', () => {
    const section = PAGE.split('## Findings of this dialect')[1] ?? '';
    const codes = [...section.matchAll(/^\| `(\w+)` \|/gmu)].map(([, code = '']) => code);
    expect(codes.length).toBeGreaterThan(8);
    const known = new Set([...Object.keys(FILE_FINDING_CODES), ...Object.keys(SET_FINDING_CODES)]);
    expect(codes.filter((code) => !known.has(code))).toEqual([]);
  });

  it('names every key that a team may state', () => {
    const { findings } = parseSettings('vercel: {team: {qqqqqqqqqqqq: 1}}');
    const help = findings.find(({ code }) => code === 'unknown_key')?.help ?? '';
    const keys = [...help.matchAll(/`(\w+)`/gu)].map(([, key = '']) => key);
    expect(keys).toHaveLength(10);
    expect(keys.filter((key) => !PAGE.includes(`team.${key}`))).toEqual([]);
  });
});
