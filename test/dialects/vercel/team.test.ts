import { createVercelDialect } from '../../../src/dialects/vercel';
import { findingsOf, parseSettings, policyOf, teamText } from './support';

describe('the settings of a team', () => {
  it('are one policy that blocks in the words of Vercel', () => {
    const { document, findings } = parseSettings(teamText('name: acme', 'zdr: true'));
    expect(findings).toEqual([]);
    expect(document).toMatchObject({
      file: 'vercel.yaml',
      dialect: 'vercel',
      providers: [],
      endpoints: [],
      credentials: [],
      targets: [],
      policies: [
        {
          id: 'vercel/acme',
          mode: 'enforce',
          lists: [],
          block: { status: 403, wording: 'vercel' },
          logSelection: false,
          position: { file: 'vercel.yaml', line: 2, column: 3 },
        },
      ],
    });
    expect(document?.policies[0]?.scope.size).toBe(0);
  });

  it('have a name of their own where the file gives none', () => {
    expect(policyOf('zdr: true').id).toBe('vercel/team');
  });

  it.each([
    ['vercel:\n  team: {zdr: true}', true],
    ['# comment\n\n"vercel": {team: {zdr: true}}', true],
    ["'vercel' : {team: {zdr: true}}", true],
    ['{"vercel": {"team": {"zdr": true}}}', true],
    ['\n{\n  "vercel": {"team": {"zdr": true}}\n}', true],
    ['{ vercel: {team: {zdr: true}}}', true],
    ['pack:\n  vercel: x', false],
    ['apiVersion: ambit/v1\nkind: Policy\nspec:\n  vercel: x', false],
    ['vercels: {}', false],
    ['team: {zdr: true}', false],
  ])('are detected by their key: %j', (text, expected) => {
    expect(createVercelDialect().detects({ name: 'f', text })).toBe(expected);
  });

  it('are read from JSON, too', () => {
    const { document, findings } = parseSettings('{"vercel": {"team": {"zdr": true}}}');
    expect(findings).toEqual([]);
    expect(document?.policies).toHaveLength(1);
  });

  it.each([
    ['', ['error empty_file 1:1']],
    ['vercel: true', ['error wrong_type 1:9']],
    ['vercel: {}', ['error missing_key 1:1']],
    ['vercel:\n  team:', ['error null_value 2:3']],
    ['vercel:\n  team: {}', ['error empty_map 2:3']],
    ['vercel:\n  team: [zdr]', ['error wrong_type 2:9']],
    ['vercel:\n  team: {zdr: true}\n  plan: pro', ['error unknown_key 3:3']],
    ['vercel:\n  team: {zdr: true}\nteam: {}', ['error unknown_key 3:1']],
    [teamText('zrd: true'), ['error unknown_key 3:5']],
    [teamText('zdr: true', 'plan: enterprise'), ['error unknown_key 4:5']],
    [teamText('zdr: "true"'), ['error quoted_boolean 3:10']],
    [teamText('zdr: yes'), ['error yaml_1_1_boolean 3:10']],
    [teamText('name: 7', 'zdr: true'), ['error wrong_type 3:11']],
    [teamText(`name: ${'x'.repeat(101)}`, 'zdr: true'), ['error invalid_text 3:11']],
    ['vercel: {team: {zdr: true}}\n---\nvercel: {team: {zdr: true}}', ['error contradiction 3:1']],
  ])('are read strictly: %j', (text, expected) => {
    expect(findingsOf(text)).toEqual(expected);
    expect(parseSettings(text).document).toBeUndefined();
  });

  it('say the key that was meant', () => {
    const { findings } = parseSettings(teamText('disalow_prompt_training: true'));
    expect(findings[0]?.suggestion?.replacement).toBe('disallow_prompt_training');
  });

  it.each([
    [['allowlist_on: false']],
    [['zdr: false']],
    [['zdr: false', 'disallow_prompt_training: false', 'name: acme']],
  ])('that restrict nothing count as a policy, and lint says so: %j', (lines) => {
    const text = teamText(...lines);
    expect(parseSettings(text).document?.policies).toMatchObject([{ lists: [], requirements: [] }]);
    expect(findingsOf(text)).toEqual(['warning policy_requires_nothing 2:3']);
  });

  it('that have an error are not said to restrict nothing', () => {
    expect(findingsOf(teamText('zdr: false', 'modle_allowlist: [a/b]'))).toEqual([
      'error unknown_key 4:5',
    ]);
  });
});
