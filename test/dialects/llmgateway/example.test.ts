import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogText, decideBoth, eligibleOf, policyText } from './support';

/** The announcement itself, where it lies beside a checkout. */
const SOURCE = join(__dirname, '../../../../shared/sources/000_c5a9221bcf4d1a4e.txt');

const ANSWER = readFileSync(join(__dirname, 'source/answer.json'), 'utf8');

/** The requirements that the announcement lists, in its order, and a claim that meets each. */
const TOGGLES = {
  'SOC 2 (Type 2)': ['requireSoc2Type2', { soc2: 'type2' }],
  'ISO 27001': ['requireIso27001', { iso27001: true }],
  'SOC 2 or ISO 27001 (either is acceptable)': ['requireSoc2OrIso27001', { iso27001: true }],
  'GDPR compliant': ['requireGdpr', { gdpr: true }],
  'No training on prompts': ['blockApiTraining', { training_opt_out: true }],
  'No prompt logging': ['blockPromptLogging', { prompt_logging: false }],
} as const;

/** The model of the printed example, as it is pinned there. */
const PINNED = 'deepseek/deepseek-v3.2';

const CATALOG = catalogText({ deepseek: { training_opt_out: false } }, ['deepseek-v3.2']);

describe('the example of the announcement', () => {
  it('is here as it is printed', () => {
    if (!existsSync(SOURCE)) return;
    const source = readFileSync(SOURCE, 'utf8');
    const { error } = JSON.parse(ANSWER) as { readonly error: { readonly message: string } };
    expect(source).toContain(`"message": "${error.message}"`);
    expect(source).toContain(PINNED);
    for (const toggle of Object.keys(TOGGLES)) expect(source).toContain(`- ${toggle}\n`);
  });

  it.each([[PINNED], ['deepseek-v3.2']])(
    'is blocked with its body, byte for byte where people read, for %s',
    (model) => {
      const { block, eligible } = decideBoth(
        { catalog: CATALOG, settings: policyText('blockApiTraining: true') },
        { model, api: 'chat_completions' },
      );
      const expected = JSON.parse(ANSWER) as { readonly error: { readonly message: string } };
      expect(eligible).toEqual([]);
      expect(JSON.parse(block?.body ?? '')).toEqual(expected);
      expect(block).toMatchObject({
        message: expected.error.message,
        httpStatus: 403,
        contentType: 'application/json',
        code: 'no_compliant_provider',
      });
    },
  );

  it.each(Object.values(TOGGLES))('%s is met only by who states it', (key, claims) => {
    const catalog = catalogText({ silent: {}, stated: claims });
    const settings = policyText(`${key}: true`);
    expect(eligibleOf({ catalog, settings }, { model: 'm' })).toEqual(['stated/m']);
  });
});
