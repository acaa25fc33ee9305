import { envoyConfigSpec } from '../../src/cli/commands/envoy-config-spec';
import { ENVOY_CONFIG_FINDING_CODES } from '../../src/pep/envoy-config/finding';
import { tableRows, textOf } from './support/project-files';

const PAGE = textOf('docs/envoy-config.md');
const ROWS = tableRows(PAGE);

describe('docs/envoy-config.md', () => {
  it('tells of every finding, with the meaning that the code gives it', () => {
    const told = ROWS.filter(([, level = '']) => /^(?:error|warning|info)$/.test(level));
    expect(told.map(([code, , meaning]) => [code, meaning])).toEqual(
      Object.entries(ENVOY_CONFIG_FINDING_CODES),
    );
    expect(told.filter(([, , , remedy = '']) => remedy === '')).toEqual([]);
  });

  it('tells of every option', () => {
    const told = ROWS.flatMap(([cell = '']) => cell.match(/--[a-z-]+/g) ?? []);
    const options = envoyConfigSpec.options.map(({ name }) => `--${name}`);
    expect(options.filter((option) => !told.includes(option))).toEqual([]);
  });
});
