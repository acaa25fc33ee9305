/** An element of a document. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** The text between its children. */
  readonly text: string;
}

const NAME = '[A-Za-z_][\\w.-]*';
const TAG = new RegExp(`^<(${NAME})((?:\\s+${NAME}="[^"<]*")*)\\s*(/?)>`, 'u');
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

/** What XML 1.0 allows a document to hold. */
const ALLOWED = /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u;

/** Reads a document strictly, by the letter of XML 1.0 as far as reports need it. Throws at the first mistake. */
export function parseXml(text: string): XmlElement {
  if (!ALLOWED.test(text)) throw new Error('a character that no document may hold');
  const declared = /^<\?xml version="1\.0" encoding="UTF-8"\?>\s*/u.exec(text)?.[0];
  if (declared === undefined) throw new Error('no declaration');
  const { element, rest } = readElement(text.slice(declared.length));
  if (rest.trim() !== '') throw new Error('something after the end');
  return element;
}

function readElement(text: string): { readonly element: XmlElement; readonly rest: string } {
  const [whole = '', name = '', written = '', closed] = TAG.exec(text) ?? [];
  if (name === '') throw new Error(`no element at \`${text.slice(0, 40)}\``);
  const attributes = readAttributes(written);
  let rest = text.slice(whole.length);
  if (closed === '/') return { element: { name, attributes, children: [], text: '' }, rest };
  const children: XmlElement[] = [];
  let own = '';
  while (!rest.startsWith('</')) {
    const next = rest.indexOf('<');
    if (next === -1) throw new Error(`\`${name}\` has no end`);
    own += decode(rest.slice(0, next));
    rest = rest.slice(next);
    if (rest.startsWith('</')) break;
    const child = readElement(rest);
    children.push(child.element);
    rest = child.rest;
  }
  const end = `</${name}>`;
  if (!rest.startsWith(end)) throw new Error(`\`${name}\` ends as something else`);
  return { element: { name, attributes, children, text: own }, rest: rest.slice(end.length) };
}

function readAttributes(written: string): Readonly<Record<string, string>> {
  const pairs = [...written.matchAll(new RegExp(`(${NAME})="([^"]*)"`, 'gu'))];
  const names = pairs.map(([, name]) => name ?? '');
  if (new Set(names).size !== names.length) throw new Error('an attribute stands twice');
  return Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, decode(value)]));
}

function decode(text: string): string {
  return text.replace(/&(?:([a-z]+);)?/gu, (_, name: string | undefined) => {
    const meant = name === undefined ? undefined : ENTITIES[name];
    if (meant === undefined) throw new Error('an ampersand that is no entity');
    return meant;
  });
}
