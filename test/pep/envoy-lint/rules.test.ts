import { createEnvoyLint } from '../../../src/pep/envoy-lint/envoy-lint';
import { RULES } from '../../../src/pep/envoy-lint/rules';
import { HOLES } from './holes';
import { plant, type Hole } from './support/hole';

const ALL = createEnvoyLint();
const NAMED = HOLES.map((hole) => [`${hole.code}: ${hole.name}`, hole] as const);

/** All codes that are found, each once. */
function codesIn(text: string, lint = ALL): readonly string[] {
  const codes = lint.lint([{ name: 'envoy.yaml', text }]).map(({ code }) => code);
  return [...new Set(codes)].sort();
}

/** All codes that the hole is expected to give. */
function codesOf({ code, also = [] }: Hole): readonly string[] {
  return [code, ...also].sort();
}

describe('the rules of Envoy', () => {
  it.each(NAMED)('find at its word %s', (_, hole) => {
    const { text, marks } = plant(hole);
    const findings = ALL.lint([{ name: 'envoy.yaml', text }]);
    const places = findings
      .filter(({ code }) => code === hole.code)
      .map(({ position: { line, column }, endColumn }) => ({ line, column, endColumn }));
    expect(marks.length).toBeGreaterThan(0);
    expect(places).toEqual(marks);
    expect(codesIn(text)).toEqual(codesOf(hole));
  });

  it.each(RULES.map((rule) => [rule.code, rule] as const))(
    'are each the only one of its code: %s',
    (code, rule) => {
      const others = createEnvoyLint(RULES.filter((each) => each !== rule));
      const own = HOLES.filter((hole) => hole.code === code);
      expect(own.length).toBeGreaterThan(0);
      for (const hole of own) expect(codesIn(plant(hole).text, others)).not.toContain(code);
    },
  );

  it('say of each finding why it matters and what to do, and show no control characters', () => {
    for (const hole of HOLES) {
      for (const { message, help = '' } of ALL.lint([{ name: 'e.yaml', text: plant(hole).text }])) {
        expect(message).toMatch(/^[a-zA-Z`“(][^\p{C}]{20,}[^.]$/u);
        expect(help).toMatch(/^[^\p{C}]{10,}[^.]$/u);
      }
    }
  });
});
