/**
 * The code of HPACK (RFC 7541, appendix B) for the characters that paths of gRPC methods, names of its headers and its
 * timeouts are made of.
 */
const CODES: Readonly<Record<string, string>> = {
  '-': '010110',
  '.': '010111',
  '/': '011000',
  '0': '00000',
  '1': '00001',
  '2': '00010',
  '3': '011001',
  '4': '011010',
  '5': '011011',
  '6': '011100',
  '7': '011101',
  '8': '011110',
  '9': '011111',
  ':': '1011100',
  A: '100001',
  B: '1011101',
  C: '1011110',
  D: '1011111',
  E: '1100000',
  F: '1100001',
  G: '1100010',
  H: '1100011',
  I: '1100100',
  J: '1100101',
  K: '1100110',
  L: '1100111',
  M: '1101000',
  N: '1101001',
  O: '1101010',
  P: '1101011',
  Q: '1101100',
  R: '1101101',
  S: '1101110',
  T: '1101111',
  U: '1110000',
  V: '1110001',
  W: '1110010',
  X: '11111100',
  Y: '1110011',
  Z: '11111101',
  _: '100010',
  a: '00011',
  b: '100011',
  c: '00100',
  d: '100100',
  e: '00101',
  f: '100101',
  g: '100110',
  h: '100111',
  i: '00110',
  j: '1110100',
  k: '1110101',
  l: '101000',
  m: '101001',
  n: '101010',
  o: '00111',
  p: '101011',
  q: '1110110',
  r: '101100',
  s: '01000',
  t: '01001',
  u: '101101',
  v: '1110111',
  w: '1111000',
  x: '1111001',
  y: '1111010',
  z: '1111011',
};

const BITS_PER_BYTE = 8;

/** Characters by their code, before which a bit is set, so that codes of different lengths differ. */
const CHARACTERS = charactersByCode();

function charactersByCode(): readonly (string | undefined)[] {
  const characters: (string | undefined)[] = [];
  for (const [character, code] of Object.entries(CODES)) {
    characters[parseInt(`1${code}`, 2)] = character;
  }
  return characters;
}

/** The bytes of a text; undefined if one of its characters is none of those above. */
export function encodeHuffman(text: string): Uint8Array | undefined {
  let bits = '';
  for (const character of text) {
    const code = CODES[character];
    if (code === undefined) return undefined;
    bits += code;
  }
  const length = Math.ceil(bits.length / BITS_PER_BYTE);
  const padded = bits.padEnd(length * BITS_PER_BYTE, '1');
  return Uint8Array.from({ length }, (_, index) =>
    parseInt(padded.slice(index * BITS_PER_BYTE, (index + 1) * BITS_PER_BYTE), 2),
  );
}

/** The text of bytes; undefined if one of its characters is none of those above, or what is left is no padding. */
export function decodeHuffman(bytes: Uint8Array): string | undefined {
  let text = '';
  let code = 1;
  for (const byte of bytes) {
    for (let bit = BITS_PER_BYTE - 1; bit >= 0; bit -= 1) {
      code = (code << 1) | ((byte >> bit) & 1);
      const character = CHARACTERS[code];
      if (character === undefined) continue;
      text += character;
      code = 1;
    }
    if (code >= CHARACTERS.length) return undefined;
  }
  // Ones alone, and fewer than a byte.
  return (code & (code + 1)) === 0 ? text : undefined;
}
