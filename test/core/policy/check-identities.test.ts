import type { PolicySet } from '../../../src/core/model/policy-set';
import { checkIdentities } from '../../../src/core/policy/check-identities';
import { allow, at, file, policy, provider, setOf, target } from '../engine/support/build';

const found = (set: PolicySet): readonly string[] =>
  checkIdentities(set).map(({ severity, code, message }) => `${severity} ${code}: ${message}`);

describe('checkIdentities', () => {
  it('finds nothing where all names differ', () => {
    const set = setOf(
      file({ providers: [provider('acme', { aliases: ['acme-ai'] })], targets: [target('t1')] }),
      file({ providers: [provider('boreal')], policies: [policy('p'), policy('q')] }),
    );
    expect(found(set)).toEqual([]);
  });

  it('two policies of one name, in one file or in two', () => {
    const twice = ['error duplicate_policy: policy `p` is declared twice'];
    expect(found(setOf(file({ policies: [policy('p'), policy('p')] })))).toEqual(twice);
    expect(
      found(setOf(file({ policies: [policy('p')] }), file({ policies: [policy('p')] }, {}))),
    ).toEqual(twice);
  });

  it('shows where the first one stands', () => {
    const first = policy('p', { position: at(3) });
    const [finding] = checkIdentities(
      setOf(file({ policies: [first, policy('p', { position: at(9) })] })),
    );
    expect(finding?.position.line).toBe(9);
    expect(finding?.related).toEqual([{ position: at(3), message: 'first declared here' }]);
  });

  it('names that differ only in Unicode composition are one name', () => {
    const set = setOf(file({ policies: [policy('Caf\u00e9'), policy('Cafe\u0301')] }));
    expect(found(set)).toHaveLength(1);
  });

  it.each([
    ['model', { model: 'n' }],
    ['provider', { provider: 'boreal' }],
    ['region', { region: 'DE' }],
    ['endpoint', { endpoint: 'e' }],
    ['credential', { credential: 'c' }],
  ])('one target id with another %s is an error', (_, other) => {
    const set = setOf(file({ targets: [target('t1')] }), file({ targets: [target('t1', other)] }));
    expect(found(set)).toEqual([
      'error duplicate_target: target `t1` is declared twice, as different targets',
    ]);
  });

  it('each declaration is held against the first', () => {
    const targets = [target('t1'), target('t1', { model: 'n' }), target('t1')];
    expect(found(setOf(file({ targets })))).toHaveLength(1);
  });

  it('a second file may add claims to the same target', () => {
    const set = setOf(file({ targets: [target('t1')] }), file({ targets: [target('t1')] }));
    expect(found(set)).toEqual([]);
  });

  it('what a bound file says of a target is looked at when it applies, not here', () => {
    const set = setOf(
      file({ targets: [target('t1')] }),
      file({ targets: [target('t1', { region: 'DE' })] }, { team: ['core'] }),
    );
    expect(found(set)).toEqual([]);
  });

  it('a name of two providers is an error, whichever of them has it as its id', () => {
    const byAlias = setOf(
      file({ providers: [provider('acme'), provider('boreal', { aliases: ['acme'] })] }),
    );
    expect(found(byAlias)).toEqual([
      'error duplicate_provider_name: `acme` names provider `acme` and provider `boreal`',
    ]);
    const both = setOf(
      file({
        providers: [provider('a', { aliases: ['x'] }), provider('b', { aliases: ['x'] })],
      }),
    );
    expect(found(both)).toEqual([
      'error duplicate_provider_name: `x` names provider `a` and provider `b`',
    ]);
    const named = ['a', 'b', 'c'].map((id) => provider(id, { aliases: ['x'] }));
    expect(found(setOf(file({ providers: named })))).toEqual([
      'error duplicate_provider_name: `x` names provider `a` and provider `b`',
      'error duplicate_provider_name: `x` names provider `a` and provider `c`',
    ]);
  });

  it('a provider may have its own id for an alias', () => {
    expect(
      found(setOf(file({ providers: [provider('a', { aliases: ['a', 'x', 'x'] })] }))),
    ).toEqual([]);
  });

  it('a name that one dialect lends and another means otherwise is an error, too', () => {
    const lists = [allow('provider', { provider: 'bedrock' })];
    const set = setOf(
      file({ dialect: 'ngrok', providers: [provider('acme', { aliases: ['bedrock'] })] }),
      file({ dialect: 'vercel', policies: [policy('p', { lists })] }),
    );
    const providerTables = new Map([['vercel', new Map([['bedrock', 'amazon-bedrock']])]]);
    expect(found({ ...set, providerTables })).toEqual([
      'error duplicate_provider_name: `bedrock` names provider `acme`, and `vercel` means `amazon-bedrock` by it',
    ]);
  });
});
