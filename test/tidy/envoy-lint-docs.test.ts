import { createEnvoyLint } from '../../src/pep/envoy-lint/envoy-lint';
import { tableRows, textOf } from './support/project-files';

describe('docs/envoy-lint.md', () => {
  const codes = textOf('docs/envoy-lint.md').split('## Codes')[1] ?? '';

  it('has a row for each code, in the order of the rules, with what they say', () => {
    const rows = tableRows(codes).filter(([code = '']) => /^[a-z_]+$/u.test(code));
    const plain = (text: string): string => text.replaceAll('`', '');
    const rules = createEnvoyLint().rules.map(({ code, severity, meaning, remedy }) => [
      code,
      severity,
      plain(meaning),
      plain(remedy),
    ]);
    expect(rows).toEqual(rules);
    expect(new Set(rules.map(([code]) => code)).size).toBe(rules.length);
  });
});
