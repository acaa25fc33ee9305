import type { PolicyDocument } from '../../../src/core/model/policy-set';
import { checkReferences } from '../../../src/core/policy/check-references';
import { credential, endpoint, file, provider, setOf, target } from '../engine/support/build';

const DECLARED = file({
  providers: [provider('acme', { aliases: ['acme-ai'] })],
  endpoints: [endpoint('e', 'acme')],
  credentials: [credential('c', 'acme')],
  targets: [target('t1')],
});

const found = (parts: Partial<PolicyDocument>): readonly string[] =>
  checkReferences(setOf(DECLARED, file(parts))).map(
    ({ severity, code, message }) => `${severity} ${code}: ${message}`,
  );

describe('checkReferences', () => {
  it('finds nothing where every name is declared, in whichever file', () => {
    const other = target('t2', {
      provider: 'acme-ai',
      endpoint: 'e',
      credential: 'c',
      reaches: ['t1'],
    });
    expect(found({ targets: [other] })).toEqual([]);
  });

  it.each([
    ['provider', { provider: 'x' }],
    ['endpoint', { endpoint: 'x' }],
    ['credential', { credential: 'x' }],
    ['target', { reaches: ['t1', 'x'] }],
  ])('a target of an unknown %s is an error', (kind, more) => {
    expect(found({ targets: [target('t2', more)] })).toEqual([
      `error unknown_${kind}: ${kind} \`x\` is not declared in any file`,
    ]);
  });

  it('endpoints and credentials need their provider', () => {
    expect(found({ endpoints: [endpoint('e2', 'x')] })).toHaveLength(1);
    expect(found({ credentials: [credential('c2', 'x')] })).toHaveLength(1);
  });

  it('names in another case are other names', () => {
    expect(found({ targets: [target('t2', { provider: 'Acme' })] })).toHaveLength(1);
  });

  it('packs declare no endpoints and credentials, and are not held to it', () => {
    const targets = [target('t2', { provider: 'x', credential: 'x' })];
    expect(found({ dialect: 'keeptrusts', targets })).toEqual([]);
  });

  it('says what could have been meant', () => {
    const [finding] = checkReferences(
      setOf(DECLARED, file({ targets: [target('t2', { provider: 'x' })] })),
    );
    expect(finding?.help).toBe('declare it, or name one of: acme, acme-ai');
  });

  it('says that nothing is declared', () => {
    const [finding] = checkReferences(setOf(file({ endpoints: [endpoint('e2', 'x')] })));
    expect(finding?.help).toBe('declare it; none is declared yet');
  });

  it('marks no word, for it knows only where the declaration begins', () => {
    const targets = [target('t2', { provider: 'long-name' })];
    const [finding] = checkReferences(setOf(DECLARED, file({ targets })));
    expect(finding?.endColumn).toBe((finding?.position.column ?? 0) + 1);
  });
});
