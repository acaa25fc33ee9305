import fc from 'fast-check';
import { compileBundle } from '../../../../src/core/engine/compile';
import { decide } from '../../../../src/core/engine/decide';
import type { Decision } from '../../../../src/core/model/decision';
import { EMPTY_CONTEXT } from '../../../../src/core/model/request';
import { DEFAULT_SETTINGS, type PolicyDocument } from '../../../../src/core/model/policy-set';
import { contraryClaims } from '../../../../src/dialects/native/print/contrary-claims';
import { printDocument } from '../../../../src/dialects/native/print/print-document';
import type { PolicyDialect } from '../../../../src/ports/policy-dialect';
import { parseNative } from '../../../laws/support/native-files';
import { Spread } from '../../../laws/support/runs';
import { DIALECTS } from '../../../support/dialects';
import { anyPack } from '../../keeptrusts/packs';
import { anyOrganisation } from '../../llmgateway/organisations';
import { anyConfig } from '../../ngrok/gateways';
import { anySettings } from '../../openrouter/accounts';
import { anyTeam } from '../../vercel/teams';

const NOW_MS = Date.UTC(2026, 6, 1);
const PROVIDERS = ['openai', 'anthropic', 'google', 'acme', 'boreal', 'deepseek', 'togetherai'];
const MODELS = ['m', 'n', 'o', 'gpt-5', 'claude', 'anthropic/m', 'x-ai/m'];
const TABLES = new Map(
  DIALECTS.flatMap(({ name, providers }) => (providers ? [[name, providers]] : [])),
);

/** Every other provider states what the settings ask for; of the rest, some state a part. */
const CLAIMS = [
  '{zero_data_retention: true, training_opt_out: true, user_data_collection: deny, retention_days: 0, prompt_logging: false, gdpr: true, soc2: type2, iso27001: true, headquarters: [US], processing_regions: [US], labels: {stealth: "false", tier: gold}}',
  '{training_opt_out: true}',
];

const CATALOG = parseNative(
  `apiVersion: ambit/v1\nkind: Catalog\nmetadata: {name: c}\nspec:\n  providers:\n${PROVIDERS.map(
    (id, index) =>
      `    - {id: ${id}, models: any, claims: ${CLAIMS[index % 2] ?? ''}, targets: [${MODELS.map((model) => `{id: '${id}:${model}', model: ${model}}`).join(', ')}]}\n`,
  ).join('')}`,
  'catalog.yaml',
).document;

/** Settings of each dialect, as files state them. */
const FILES: readonly (readonly [string, fc.Arbitrary<unknown>])[] = [
  ['keeptrusts', anyPack],
  ['llmgateway', anyOrganisation.map((llmgateway) => ({ llmgateway }))],
  ['vercel', anyTeam.map((team) => ({ vercel: { team } }))],
  [
    'ngrok',
    fc.array(anyConfig, { minLength: 1, maxLength: 2 }).map((configs) => ({
      on_http_request: configs.map((config) => ({ type: 'ai-gateway', config })),
    })),
  ],
  ['openrouter', anySettings.map((openrouter) => ({ openrouter }))],
];

interface PlainAnswer {
  readonly outcome: string;
  readonly eligible: readonly string[];
  readonly codes: unknown;
  readonly block: unknown;
}

function answersOf(document: PolicyDocument): readonly PlainAnswer[] {
  if (CATALOG === undefined) throw new Error('the catalog is wrong');
  const documents = [{ document: CATALOG }, { document }];
  const bundle = compileBundle(
    { settings: DEFAULT_SETTINGS, documents, providerTables: TABLES },
    'd',
  );
  return [...MODELS, 'gpt-4o', 'm:1'].map((model) => {
    const context = { ...EMPTY_CONTEXT, model };
    const request = { context, caller: { rewritesModel: true, ownsClaims: false }, problems: [] };
    return plain(decide(bundle, request, NOW_MS));
  });
}

/** What the answer decides, in words that no name of a file or policy stands in. */
function plain({ outcome, eligible, verdicts, block }: Decision): PlainAnswer {
  const codes = verdicts.map(({ ref, reasons }) => [
    ref,
    [...new Set(reasons.map(({ code, claim, state }) => `${code} ${claim} ${state}`))].sort(),
  ]);
  return {
    outcome,
    eligible: eligible.map(({ ref }) => ref),
    codes,
    block: block && [
      block.code,
      block.httpStatus,
      block.layer,
      block.providersConsidered,
      nameless(block.body),
    ],
  };
}

/** Policies may be renamed, so bodies are compared without what stands in backticks after `policy`. */
function nameless(body: unknown): string {
  return JSON.stringify(body).replace(/polic(?:y|ies) `[^`]*`/gu, 'policy');
}

/** What becomes of a file: why there is nothing to compare, or the outcomes that both forms of it have. */
function compareForms(dialect: PolicyDialect, file: unknown): readonly string[] {
  const text = JSON.stringify(file);
  const { document, findings } = dialect.parse({ name: 'f.yaml', text });
  if (document === undefined) return ['malformed'];
  if (contraryClaims(document).length > 0) return ['contrary'];
  const printed = printDocument(document, { findings, source: text });
  if (printed === '') return ['states nothing'];
  const read = parseNative(printed, 'f.yaml');
  expect(read.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  if (read.document === undefined) throw new Error('the printed file is refused');
  const before = answersOf(document);
  expect(answersOf(read.document)).toEqual(before);
  return before.map(({ outcome }) => outcome);
}

describe.each(FILES)('a file of %s', (name, files) => {
  test('decides as a native file when it is printed as one, or is refused', () => {
    const spread = new Spread();
    fc.assert(
      fc.property(files, (file) => {
        for (const dialect of DIALECTS.filter((each) => each.name === name)) {
          compareForms(dialect, file).forEach((kind) => {
            spread.add(kind);
          });
        }
      }),
      { numRuns: 200 },
    );
    spread.expectAtLeast(40, 'allow', 'block');
    if (name === 'ngrok') spread.expectAtLeast(8, 'contrary');
  });
});
