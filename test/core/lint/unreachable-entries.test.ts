import { unreachableEntries } from '../../../src/core/lint/unreachable-entries';
import { CATALOG, file, markedIn, policy, viewOf } from './support-native';

const WIDE = policy('wide', '{ providers: { allow: [acme] } }');

function find(...policies: readonly string[]): readonly string[] {
  return unreachableEntries(viewOf(file(...policies, CATALOG))).map(
    ({ severity, message }) => `${severity}: ${message}`,
  );
}

describe('list entries that can never matter', () => {
  it.each([
    [
      'an allow entry that a wider allow list leaves out',
      [WIDE, policy('narrow', '{ scope: { team: x }, providers: { allow: [acme, umbra] } }')],
      [
        'warning: allow entry `umbra` of policy `narrow` changes nothing: `providers.allow` of policy `wide` keeps out all that it matches',
      ],
    ],
    [
      'an allow entry whose targets are all denied, by several entries',
      [
        policy('p', '{ models: { deny: [a, c] } }'),
        policy('q', '{ providers: { allow: [acme, umbra] } }'),
      ],
      [
        'warning: allow entry `umbra` of policy `q` changes nothing: `models.deny` of policy `p` keeps out all that it matches',
      ],
    ],
    [
      'a deny entry that an allow list of the policy leaves out',
      [policy('p', '{ providers: { allow: [acme], deny: [umbra] } }')],
      [
        'info: deny entry `umbra` of policy `p` changes nothing: `providers.allow` of policy `p` keeps out all that it matches',
      ],
    ],
    [
      'an entry that another one of its list covers',
      [
        policy(
          'p',
          '{ models: { deny: [{ provider: acme, model: a }, { provider: acme, model: b }] }, providers: { allow: [umbra, { provider: umbra, model: a }] } }',
        ),
      ],
      [
        'warning: allow entry `provider=umbra model=a` of policy `p` changes nothing: entry `umbra` of the list covers it',
        'info: deny entry `provider=acme model=a` of policy `p` changes nothing: `providers.allow` of policy `p` keeps out all that it matches',
        'info: deny entry `provider=acme model=b` of policy `p` changes nothing: `providers.allow` of policy `p` keeps out all that it matches',
      ],
    ],
  ])('are found: %s', (_case, policies, expected) => {
    expect(find(...policies)).toEqual(expected);
  });

  it.each([
    [
      'a list of a policy for others',
      [
        policy('x', '{ scope: { team: x }, providers: { allow: [acme] } }'),
        policy('y', '{ scope: { team: y }, providers: { allow: [umbra] } }'),
      ],
    ],
    [
      'a list of a narrower policy',
      [
        policy('wide', '{ providers: { allow: [acme, umbra] } }'),
        policy('narrow', '{ scope: { team: x }, providers: { allow: [acme] } }'),
      ],
    ],
    [
      'a shadow policy',
      [
        policy('s', '{ mode: shadow, providers: { allow: [acme] } }'),
        policy('p', '{ providers: { allow: [umbra] } }'),
      ],
    ],
    [
      'a requirement',
      [
        policy('r', '{ requirements: { max_retention_days: 0 } }'),
        policy('p', '{ providers: { allow: [acme, umbra] } }'),
      ],
    ],
    [
      'bans that happen to cover a ban',
      [policy('p', '{ models: { deny: [a, c] }, providers: { deny: [umbra] } }')],
    ],
    [
      'a ban for the future',
      [policy('p', '{ providers: { allow: [acme], deny: [{ provider: later, future: true }] } }')],
    ],
    [
      'lists that leave a part of an entry',
      [
        policy('wide', '{ models: { deny: [b] } }'),
        policy('p', '{ providers: { allow: [acme] } }'),
      ],
    ],
  ])('are not found because of %s', (_case, policies) => {
    expect(find(...policies)).toEqual([]);
  });

  it('are none where a provider has more models than those that are listed', () => {
    const open = CATALOG.replace('- id: umbra', '- id: umbra\n      models: any');
    const policies = [
      policy('wide', '{ models: { deny: [a, c] } }'),
      policy('p', '{ providers: { allow: [umbra] } }'),
    ];
    expect(unreachableEntries(viewOf(file(...policies, open)))).toEqual([]);
    const listed = [policy('wide', '{ models: { allow: [b] } }'), policies[1] ?? ''];
    expect(unreachableEntries(viewOf(file(...listed, open)))).toEqual([]);
    const closed = [WIDE, policy('p', '{ models: { allow: [{ provider: umbra, model: z }, b] } }')];
    expect(unreachableEntries(viewOf(file(...closed, open)))).toMatchObject([
      { message: expect.stringContaining('`provider=umbra model=z`') as string },
    ]);
  });

  it('are none where the request may name the region or credential that is asked for', () => {
    const policies = [
      policy('wide', '{ models: { allow: [{ region: DE }] } }'),
      policy('p', '{ providers: { allow: [acme] } }'),
    ];
    expect(find(...policies)).toEqual([]);
    expect(
      find(policies[0]?.replace('region: DE', 'credential: k') ?? '', policies[1] ?? ''),
    ).toEqual([]);
  });

  it('are marked, and point to what stands against them', () => {
    const text = file(
      policy('wide', "{ providers: { allow: ['acme'] } }"),
      policy('narrow', "{ scope: { team: x }, providers: { allow: [acme, 'umbra'] } }"),
      CATALOG,
    );
    const [finding] = unreachableEntries(viewOf(text));
    if (finding === undefined) throw new Error('nothing was found');
    expect(markedIn(text, finding)).toBe("'umbra'");
    expect(finding).toMatchObject({
      code: 'unreachable_entry',
      help: 'remove it, or change what stands against it',
      related: [{ position: { line: 4, column: 22 } }],
    });
  });
});
