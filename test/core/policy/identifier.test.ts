import { canonicalId, foldedId } from '../../../src/core/policy/identifier';

describe('canonicalId', () => {
  it('brings composed and decomposed letters together', () => {
    expect(canonicalId('Cafe\u0301')).toBe('Caf\u00e9');
    // Syllables and their parts, none of them ASCII.
    expect(canonicalId('\u1112\u1161\u11ab')).toBe('\ud55c');
  });

  it.each(['GPT-4', ' m ', 'm/n', 'ｍ', 'ß'])('leaves %j as it is', (id) => {
    expect(canonicalId(id)).toBe(id);
  });

  it('keeps look-alikes and other cases apart, so that none is allowed by accident', () => {
    const forms = ['acme', 'Acme', 'ACME', 'аcme', 'ａｃｍｅ', 'acme '];
    expect(new Set(forms.map(canonicalId)).size).toBe(forms.length);
  });
});

describe('foldedId', () => {
  it.each([
    ['ACME', 'acme'],
    ['ａｃｍｅ', 'acme'],
    ['Cafe\u0301', 'caf\u00e9'],
    ['ﬁne', 'fine'],
    ['m¹', 'm1'],
  ])('%j is banned as %j', (spelling, id) => {
    expect(foldedId(spelling)).toBe(foldedId(id));
  });

  it('leaves out what nobody sees', () => {
    expect(foldedId('De\u00adep \u200bSeek\u3000')).toBe('deepseek');
  });

  it('keeps different names apart', () => {
    expect(foldedId('acme')).not.toBe(foldedId('acme-ai'));
  });
});
