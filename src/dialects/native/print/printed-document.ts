import { Document, isMap, isScalar, visit, type ToStringOptions } from 'yaml';
import type { KINDS } from '../names';

/** A word beside a statement: where it comes from, or what was decided about it. */
export interface Comment {
  /** The keys and places that lead to the statement, from `spec` on. */
  readonly path: readonly (string | number)[];
  readonly text: string;
}

/** A native document before it is text. */
export interface PrintedDocument {
  readonly kind: (typeof KINDS)[number];
  readonly name: string;
  readonly spec: object;
  /** Lines that stand above it. */
  readonly head: readonly string[];
  readonly comments: readonly Comment[];
}

const FORMAT: ToStringOptions = { lineWidth: 0, flowCollectionPadding: false };

/** What other readers of YAML take for true, false or nothing; in quotes it is text to all. */
const TAKEN_WORDS = /^(?:y|n|yes|no|on|off|true|false|null|~)$/iu;

/** The documents as one text, each after the first behind `---`. */
export function printText(documents: readonly PrintedDocument[]): string {
  return documents.map(printOne).join('---\n');
}

function printOne({ kind, name, spec, head, comments }: PrintedDocument): string {
  const document = new Document({ apiVersion: 'ambit/v1', kind, metadata: { name }, spec });
  if (document.contents !== null && head.length > 0) {
    document.contents.commentBefore = head.map((line) => ` ${onOneLine(line)}`).join('\n');
  }
  for (const comment of comments) annotate(document, comment);
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value === 'string' && TAKEN_WORDS.test(node.value))
        node.type = 'QUOTE_DOUBLE';
    },
  });
  return document.toString(FORMAT);
}

/** A comment stands behind a value of one word, and above the key of any other. */
function annotate(document: Document, { path, text }: Comment): void {
  const whole = ['spec', ...path];
  const line = ` ${onOneLine(text)}`;
  const node = document.getIn(whole, true);
  if (isScalar(node)) {
    node.comment = line;
    return;
  }
  const key = whole.at(-1);
  const owner = document.getIn(whole.slice(0, -1), true);
  if (!isMap(owner)) return;
  const pair = owner.items.find((each) => isScalar(each.key) && each.key.value === key);
  if (pair !== undefined && isScalar(pair.key)) pair.key.commentBefore = line;
}

/** What a file holds must not end its comment. */
function onOneLine(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ');
}
