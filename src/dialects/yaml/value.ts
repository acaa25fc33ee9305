import type { FileFindingCode } from './finding-codes';
import { SECRET_KEY, type FindingDetails, type Report } from './report';
import { quote, type Located, type Span } from './source-text';
import { describeNode, type YamlNode } from './tree';

/** What a value is made from. */
export interface ValueSource {
  readonly node: YamlNode;
  readonly report: Report;
  /** The keys that lead here, such as `spec.requirements.headquarters`; empty for a document. */
  readonly path: string;
  /** The key that the value stands under; absent for documents and items of lists. */
  readonly key?: Located<string>;
}

/** One value of a file, where it stands, and how to report what is wrong with it. */
export class Value {
  readonly node: YamlNode;
  readonly report: Report;
  readonly path: string;
  readonly key: Located<string> | undefined;

  constructor(source: ValueSource) {
    this.node = source.node;
    this.report = source.report;
    this.path = source.path;
    this.key = source.key;
  }

  /** The word that states the value; what a finding about the value marks. */
  get span(): Span {
    return { position: this.node.position, endColumn: this.node.endColumn };
  }

  /** The key, or the value where there is no key; what a finding about the whole statement marks. */
  get label(): Span {
    return this.key ?? this.node;
  }

  /** The value's name in messages. */
  get name(): string {
    return this.path === '' ? 'the document' : quote(this.path);
  }

  /** What the value is, before it is read: to choose between forms that a key allows. */
  get kind(): 'text' | 'number' | 'boolean' | 'null' | 'list' | 'map' {
    if (this.node.kind !== 'scalar') return this.node.kind;
    const { value } = this.node;
    if (value === null) return 'null';
    if (typeof value === 'string') return 'text';
    return typeof value === 'number' ? 'number' : 'boolean';
  }

  /** Reports an error that marks the value. */
  fail(code: FileFindingCode, message: string, details: FindingDetails = {}): void {
    this.report.error(code, this.span, message, details);
  }

  /** Reports that the value has another type than `expected`. What was rejected before is not reported again. */
  failType(expected: string, details: FindingDetails = {}): void {
    if (this.node.kind === 'scalar' && this.node.rejected) return;
    if (this.kind !== 'null') {
      const message = `${this.name} must be ${expected}, and this is ${describeNode(this.node)}`;
      const { replacement, help } = details;
      const isHelped = replacement !== undefined || help !== undefined;
      // A replacement is the value in another form, and what stands under such a key may be a secret.
      const isShown = isHelped && !(replacement !== undefined && SECRET_KEY.test(this.path));
      this.fail('wrong_type', message, isShown ? details : { help: `write ${expected}` });
      return;
    }
    const help = `give it ${expected}, or remove the line`;
    this.report.error('null_value', this.label, `${this.name} has no value`, { help });
  }
}
