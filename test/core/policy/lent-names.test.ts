import type { PolicyDocument } from '../../../src/core/model/policy-set';
import { lentNames } from '../../../src/core/policy/lent-names';
import { allow, at, deny, file, policy, provider, setOf } from '../engine/support/build';

const TABLES = new Map([
  ['vercel', new Map([['bedrock', 'amazon-bedrock']])],
  ['ngrok', new Map<string, string>()],
]);

const DECLARING: Partial<PolicyDocument> = {
  dialect: 'ngrok',
  providers: [provider('acme', { aliases: ['other', 'bedrock'] })],
};

const LISTING: Partial<PolicyDocument> = {
  dialect: 'vercel',
  policies: [policy('p', { lists: [allow('provider', { provider: 'bedrock' })] })],
};

/** What is found where one file declares an alias that a list of another one means otherwise. */
const found = (
  declaring: Partial<PolicyDocument> = {},
  listing: Partial<PolicyDocument> = {},
  ...others: readonly Partial<PolicyDocument>[]
) => {
  const all = [{ ...DECLARING, ...declaring }, { ...LISTING, ...listing }, ...others];
  return lentNames({ ...setOf(...all.map((each) => file(each))), providerTables: TABLES });
};

const word = (line: number) => ({ file: 'policy.yaml', line, column: 7, endColumn: 14 });

describe('an alias that an allow list of another dialect means otherwise', () => {
  it('is an error where a dialect declares it, at the provider', () => {
    expect(found()).toEqual([
      {
        severity: 'error',
        code: 'duplicate_provider_name',
        message: '`bedrock` names provider `acme`, and `vercel` means `amazon-bedrock` by it',
        help: 'give the provider another alias, or declare in a native file whose name it is',
        position: at(10),
        endColumn: 2,
        related: [{ position: at(81), message: 'this list allows the other one' }],
      },
    ]);
  });

  it('is shown where it stands, if the file says where', () => {
    const positionWith = (aliases: object) => {
      const named = provider('acme', {
        aliases: ['other', 'bedrock'],
        places: { id: word(1), ...aliases },
      });
      return found({ providers: [named] })[0]?.position;
    };
    expect(positionWith({ aliases: [word(2), word(3)] })).toEqual(word(3));
    expect(positionWith({})).toEqual(at(10));
  });

  it('is found at each list that allows it', () => {
    const lists = [
      allow('provider', { provider: 'x' }, { provider: 'bedrock' }),
      allow('model', { provider: 'bedrock', model: 'm' }),
      allow('model', { model: 'm' }),
    ];
    const related = found({}, { policies: [policy('p', { lists })] }).map((each) => each.related);
    expect(related).toEqual([
      [expect.objectContaining({ position: at(82) })],
      [expect.objectContaining({ position: at(81) })],
    ]);
  });

  it('is compared in the canonical form', () => {
    const tables = new Map([['vercel', new Map([['caf\u00e9', 'coffee']])]]);
    const alias = (name: string) =>
      file({ dialect: 'ngrok', providers: [provider('acme', { aliases: [name] })] });
    const lists = [allow('provider', { provider: 'caf\u00e9' })];
    const listing = file({ dialect: 'vercel', policies: [policy('p', { lists })] });
    const count = (name: string, ...others: readonly ReturnType<typeof file>[]) =>
      lentNames({ ...setOf(alias(name), listing, ...others), providerTables: tables }).length;
    expect(count('cafe\u0301')).toBe(1);
    expect(count('CAF\u00c9')).toBe(0);
    const native = file({ providers: [provider('acme', { aliases: ['cafe\u0301'] })] });
    expect(count('caf\u00e9', native)).toBe(0);
  });

  it.each<[string, Partial<PolicyDocument>, Partial<PolicyDocument>]>([
    ['its file is native, which means it for all', { dialect: 'native' }, {}],
    ['its file is of the same dialect', { dialect: 'vercel' }, {}],
    [
      'both mean one provider, however it is spelt',
      { providers: [provider('Amazon-Bedrock', { aliases: ['bedrock'] })] },
      {},
    ],
    ['nobody has it for an alias', { providers: [provider('acme')] }, {}],
    ['the other dialect does not know the name', {}, { dialect: 'openrouter' }],
    [
      'the other one denies it',
      {},
      { policies: [policy('p', { lists: [deny('provider', { provider: 'bedrock' })] })] },
    ],
    [
      'the names of the policy are those of its own dialect',
      {},
      {
        policies: [
          policy('p', {
            providerNames: 'ngrok',
            lists: [allow('provider', { provider: 'bedrock' })],
          }),
        ],
      },
    ],
  ])('is nothing where %s', (_what, declaring, listing) => {
    expect(found(declaring, listing)).toEqual([]);
  });

  it('is nothing where a native file says for all whose it is', () => {
    const native = { providers: [provider('acme', { aliases: ['bedrock'] })] };
    expect(found({}, {}, native)).toEqual([]);
  });

  it('is nothing where no dialect has names of its own', () => {
    expect(lentNames(setOf(file(DECLARING), file(LISTING)))).toEqual([]);
  });
});
