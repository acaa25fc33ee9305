import type { PolicyDocument } from '../../../src/core/model/policy-set';
import type { TargetList } from '../../../src/core/model/policy';
import { checkDenyEntries } from '../../../src/core/policy/check-deny-entries';
import {
  allow,
  at,
  deny,
  endpoint,
  file,
  policy,
  provider,
  setOf,
  target,
} from '../engine/support/build';

/** What is found about a list over a catalog of one target, as `severity code at line`. */
function foundFor(list: TargetList, more: Partial<PolicyDocument> = {}): readonly string[] {
  const set = setOf(
    file({
      providers: [provider('acme', { aliases: ['acme-ai'] })],
      targets: [target('t1', { model: 'm-large', region: 'DE', credential: 'key' })],
      policies: [policy('p', { lists: [list] })],
      ...more,
    }),
  );
  return checkDenyEntries(set).map(
    ({ severity, code, position }) => `${severity} ${code} at ${String(position.line)}`,
  );
}

describe('checkDenyEntries', () => {
  it.each([
    { provider: 'acme' },
    { provider: 'ACME-AI' },
    { model: 'M-*' },
    { target: 't1' },
    { region: 'eu' },
    { credential: 'key' },
    { provider: 'acme', model: 'm-large' },
  ])('a ban of %j bans something', (pattern) => {
    expect(foundFor(deny('provider', pattern))).toEqual([]);
  });

  it.each([
    { provider: 'acmee' },
    { model: 'gpt-*' },
    { provider: 'acme', model: 'm-small' },
    { region: 'US' },
    { target: 't2' },
  ])('a ban of %j is an error: a misspelt ban bans nothing', (pattern) => {
    expect(foundFor(deny('provider', pattern))).toEqual(['error deny_matches_nothing at 81']);
  });

  it('each entry is found at its own line', () => {
    const list = deny('provider', { provider: 'acme' }, { provider: 'x' }, { provider: 'y' });
    expect(foundFor(list)).toEqual([
      'error deny_matches_nothing at 82',
      'error deny_matches_nothing at 83',
    ]);
  });

  it('a ban means all that dialects call so, and an allow entry only what its own file says', () => {
    const tables = new Map([
      ['vercel', new Map([['bedrock', 'amazon-bedrock']])],
      ['llmgateway', new Map([['aws-bedrock', 'amazon-bedrock']])],
    ]);
    const codes = (list: TargetList): readonly string[] => {
      const lists = [list];
      const declared = file({
        providers: [provider('aws-bedrock')],
        policies: [policy('p', { lists })],
      });
      return checkDenyEntries({ ...setOf(declared), providerTables: tables }).map(
        ({ code }) => code,
      );
    };
    for (const name of ['amazon-bedrock', 'Bedrock', 'aws-bedrock']) {
      expect(codes(deny('provider', { provider: name }))).toEqual([]);
    }
    expect(codes(deny('provider', { provider: 'vertex' }))).toEqual(['deny_matches_nothing']);
    expect(codes(allow('provider', { provider: 'bedrock' }))).toEqual(['allow_matches_nothing']);
  });

  it('in files of other dialects it is a warning', () => {
    const found = foundFor(deny('provider', { provider: 'x' }), { dialect: 'keeptrusts' });
    expect(found).toEqual(['warning deny_matches_nothing at 81']);
  });

  it('an entry that is meant for the future is fine', () => {
    const list = deny('provider', { provider: 'x' });
    const entries = list.entries.map((entry) => ({ ...entry, future: true }));
    expect(foundFor({ ...list, entries })).toEqual([]);
  });

  it('without any catalog all allow entries are one finding, and bans are found one by one', () => {
    const none = { providers: [], targets: [] };
    const names = [{ provider: 'x' }, { provider: 'y' }] as const;
    expect(foundFor(allow('provider', ...names), none)).toEqual([
      'warning allow_matches_nothing at 81',
    ]);
    expect(foundFor(deny('provider', ...names), none)).toEqual([
      'error deny_matches_nothing at 81',
      'error deny_matches_nothing at 82',
    ]);
  });

  it.each([
    ['providers', { targets: [] }],
    ['targets', { providers: [] }],
  ])('with %s only there is a catalog, and allow entries are found one by one', (_, more) => {
    const list = allow('provider', { provider: 'x' }, { provider: 'y' });
    expect(foundFor(list, more)).toEqual([
      'warning allow_matches_nothing at 81',
      'warning allow_matches_nothing at 82',
    ]);
  });

  it('a catalog in another file is a catalog', () => {
    const lists = [allow('provider', { provider: 'x' }, { provider: 'y' })];
    const set = setOf(
      file({ targets: [target('t')] }),
      file({ policies: [policy('p', { lists })] }),
    );
    expect(checkDenyEntries(set)).toHaveLength(2);
  });

  it('a provider that has no target yet is there to be banned', () => {
    const providers = [provider('acme'), provider('boreal')];
    expect(foundFor(deny('provider', { provider: 'boreal' }), { providers })).toEqual([]);
  });

  it('a ban on an endpoint bans what is declared at it', () => {
    const more = { targets: [target('t1', { endpoint: 'e1' }), target('t2')] };
    expect(foundFor(deny('provider', { endpoint: 'E1' }), more)).toEqual([]);
    expect(foundFor(deny('provider', { endpoint: 'e2' }), more)).toHaveLength(1);
  });

  it('an allow entry that matches nothing is dead weight, and compared as it is spelt', () => {
    expect(foundFor(allow('provider', { provider: 'x' }))).toEqual([
      'warning allow_matches_nothing at 81',
    ]);
    expect(foundFor(allow('model', { model: 'M-LARGE' }))).toEqual([
      'warning allow_matches_nothing at 81',
    ]);
    expect(foundFor(allow('provider', { provider: 'acme' }))).toEqual([]);
  });

  it('regions of endpoints and of model names count', () => {
    const more = {
      endpoints: [
        endpoint('us-1', 'acme', { region: 'US' }),
        endpoint('fr-1', 'acme', { region: 'FR' }),
      ],
      targets: [target('t1', { endpoint: 'us-1' }), target('t2', { model: 'jp.vendor.m' })],
    };
    expect(foundFor(deny('provider', { region: 'US' }), more)).toEqual([]);
    expect(foundFor(deny('provider', { region: 'JP' }), more)).toEqual([]);
    expect(foundFor(deny('provider', { region: 'DE' }), more)).toHaveLength(1);
    // Nothing is at that endpoint.
    expect(foundFor(deny('provider', { region: 'FR' }), more)).toHaveLength(1);
  });

  it('a provider of any model has every model, where the entry names it', () => {
    const more = { providers: [provider('open', { models: 'any' })], targets: [] };
    expect(foundFor(deny('model', { provider: 'open', model: 'gpt-*' }), more)).toEqual([]);
    const placed = { provider: 'open', model: 'gpt-*', region: 'US' };
    expect(foundFor(deny('model', placed), more)).toHaveLength(1);
    // Without the provider, the ban may as well be misspelt.
    expect(foundFor(deny('model', { model: 'gpt-*' }), more)).toHaveLength(1);
    expect(foundFor(deny('model', { provider: 'acme', model: 'gpt-*' }), more)).toHaveLength(1);
  });

  it('an allow entry is compared exactly by region and id, too', () => {
    expect(foundFor(allow('provider', { target: 'T1' }))).toHaveLength(1);
    expect(foundFor(allow('provider', { region: 'eu' }))).toHaveLength(1);
    expect(foundFor(allow('provider', { region: 'DE' }))).toEqual([]);
  });

  describe('a provider that only a dialect knows', () => {
    const providerTables = new Map([['vercel', new Map([['bedrock', 'amazon-bedrock']])]]);
    const severities = (
      list: TargetList,
      { dialect = 'native', ids = ['acme'] as readonly string[] } = {},
    ): readonly string[] => {
      const set = setOf(
        file({ providers: ids.map((id) => provider(id)) }),
        file({ dialect, policies: [policy('p', { lists: [list] })] }),
      );
      return checkDenyEntries({ ...set, providerTables }).map(({ severity }) => severity);
    };
    const unlisted = (pattern: TargetList['entries'][number]['pattern']): readonly string[] =>
      severities(deny('provider', pattern));

    it('may be banned before any file declares it', () => {
      expect(unlisted({ provider: 'Bedrock' })).toEqual(['warning']);
      expect(unlisted({ provider: 'amazon-bedrock' })).toEqual(['warning']);
      expect(unlisted({ provider: 'vertex' })).toEqual(['error']);
      expect(unlisted({ provider: 'bedrock', model: 'm' })).toEqual(['error']);
      expect(unlisted({ model: 'bedrock' })).toEqual(['error']);
    });

    it('is what its name means in a file of that dialect', () => {
      const list = allow('provider', { provider: 'bedrock' });
      const ids = ['acme', 'Amazon-Bedrock'];
      expect(severities(list, { dialect: 'vercel', ids })).toEqual([]);
      expect(severities(list, { dialect: 'ngrok', ids })).toEqual(['warning']);
    });
  });

  it('a word that stands for several entries is found once, and only if none of them is meant', () => {
    const word = (...ids: readonly string[]): readonly string[] => {
      const list = allow('provider', ...ids.map((id) => ({ provider: id })));
      const entries = list.entries.map((entry) => ({ ...entry, position: at(90) }));
      return foundFor({ ...list, entries });
    };
    const once = ['warning allow_matches_nothing at 90'];
    expect(word('x', 'y', 'z')).toEqual(once);
    expect(word('acme', 'x', 'y')).toEqual([]);
    expect(word('x', 'acme', 'y')).toEqual([]);
    expect(word('x', 'y', 'acme')).toEqual([]);
    expect(word('acme', 'acme')).toEqual([]);
  });
});
