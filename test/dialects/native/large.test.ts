import { parse } from './support';

const HEAD = 'apiVersion: ambit/v1\nkind: Catalog\nmetadata: { name: large }\nspec:\n';

function lines(count: number, line: (index: string) => string): string {
  return Array.from({ length: count }, (_, index) => line(String(index))).join('');
}

/** Nine claims with provenance, as a catalog that is kept with care has them. */
const CLAIMS = [
  'zero_data_retention: true',
  'training_opt_out: { value: true, source: "https://example.com/trust", checked_at: 2026-05-01 }',
  'prompt_logging: false',
  'retention_days: 30',
  'soc2: type2',
  'gdpr: true',
  'processing_regions: [eu, US]',
  'price: { prompt: 0.5, completion: 2.5 }',
  'labels: { tier: gold }',
]
  .map((claim) => `              ${claim}\n`)
  .join('');

/** The size of the largest public catalog: 147 providers, 5,307 models. */
function catalog(): string {
  const target = (index: string): string =>
    `        - model: model-${index}\n          claims:\n${CLAIMS}`;
  const provider = (index: string): string =>
    `    - id: provider-${index}\n      targets:\n${lines(36, target)}`;
  const rest = `    - id: provider-147\n      targets:\n${lines(15, target)}`;
  return `${HEAD}  providers:\n${lines(147, provider)}${rest}`;
}

test('a catalog of 5,307 targets with ten claims each', () => {
  const text = catalog();
  const { document, findings } = parse(text);
  expect(findings).toEqual([]);
  expect(document?.targets).toHaveLength(5307);
  expect(document?.targets.at(-1)?.claims).toHaveLength(10);
  expect(document?.targets.at(-1)?.claims[0]?.position.line).toBe(text.split('\n').length - 9);
});

test('lists of 50,000 entries, allowed and denied', () => {
  const allow = lines(50_000, (index) => `      - provider-${index}\n`);
  const deny = lines(50_000, (index) => `      - { provider: provider-${index}, model: m }\n`);
  const spec = `  providers:\n    allow:\n${allow}    deny:\n${deny}`;
  const policy = HEAD.replace('Catalog', 'Policy');
  expect(parse(`${policy}${spec}`).document?.policies[0]?.lists).toHaveLength(2);
  const twice = parse(`${policy}${spec}      - provider-49999\n`);
  expect(twice.findings.map(({ code, position }) => [code, position.line])).toEqual([
    ['contradiction', 50_006],
  ]);
});

test('10,000 wrong words in one list, each with the nearest right ones for the first only', () => {
  const apis = lines(10_000, (index) => `chat_completion${index}, `);
  const { findings } = parse(
    `${HEAD}  targets: [{ provider: p, model: m, apis: [${apis}responses] }]\n`,
  );
  expect(findings).toHaveLength(101);
  expect(findings[0]).toMatchObject({ code: 'unknown_value', position: { line: 5 } });
});
