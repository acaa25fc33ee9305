import { decodeHuffman, encodeHuffman } from '../../../../src/pep/grpc/frames/huffman';

const ALL = '-./:0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';

describe('the Huffman code of HPACK', () => {
  // RFC 7541, appendices C.4 and C.6.
  it.each([
    ['www.example.com', 'f1e3c2e5f23a6ba0ab90f4ff'],
    ['no-cache', 'a8eb10649cbf'],
    ['custom-key', '25a849e95ba97d7f'],
    ['custom-value', '25a849e95bb8e8b4bf'],
    ['302', '6402'],
    ['307', '640eff'],
    ['private', 'aec3771a4b'],
  ])('%s is written as the RFC writes it, and read', (text, hex) => {
    const bytes = encodeHuffman(text);
    expect(Buffer.from(bytes ?? []).toString('hex')).toBe(hex);
    expect(decodeHuffman(Buffer.from(hex, 'hex'))).toBe(text);
  });

  it('reads every character that it writes, in any company', () => {
    for (const first of ALL) {
      for (const second of ALL) {
        const bytes = encodeHuffman(first + second);
        expect(bytes && decodeHuffman(bytes)).toBe(first + second);
      }
    }
  });

  it('does not write what it does not know', () => {
    expect(encodeHuffman('a b')).toBeUndefined();
    expect(encodeHuffman('/ä')).toBeUndefined();
  });

  it.each([
    ['a character that it does not know', 'ffc7'],
    ['padding of zeros', '18'],
    ['padding of a whole byte', '1fff'],
    ['the end of a text within it', 'ffffffff'],
  ])('does not read %s', (_name, hex) => {
    expect(decodeHuffman(Buffer.from(hex, 'hex'))).toBeUndefined();
  });
});
