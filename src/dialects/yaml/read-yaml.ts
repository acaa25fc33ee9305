import { isScalar } from 'yaml';
import type { SourceFile } from '../../ports/policy-dialect';
import { composeTree } from './compose-tree';
import { Report } from './report';
import { SourceText } from './source-text';
import { parseSyntax, type LibraryDocument } from './syntax';
import { checkText } from './text-checks';
import { ValueReader } from './reader';

/** Where a document stands in its file: offsets in UTF-16 units, from its `---` to that of the next one. */
export interface DocumentRange {
  readonly start: number;
  readonly end: number;
}

/** The documents of one file, ready to be read, and the report that collects its findings. */
export interface YamlFile {
  readonly documents: readonly ValueReader[];
  /** One for each of the documents. */
  readonly ranges: readonly DocumentRange[];
  readonly report: Report;
}

/**
 * Reads a YAML file strictly. Total: whatever the text, the result is documents and findings. Documents without
 * any content are left out; a file without any other document is an error (it would check nothing).
 */
export function readYaml(file: SourceFile): YamlFile {
  const report = new Report(new SourceText(file));
  if (!checkText(report)) return { report, documents: [], ranges: [] };
  const parsed = parseSyntax(report).filter(hasContent);
  const documents = parsed.map((document) => readerOf(report, document));
  if (documents.length === 0) reportEmpty(report);
  const ranges = parsed.map(({ range: [start, , end] }) => ({ start, end }));
  return { report, documents, ranges };
}

function hasContent(document: LibraryDocument): boolean {
  const contents: unknown = document.contents;
  if (contents === null) return false;
  return !isScalar(contents) || contents.value !== null || contents.source !== '';
}

function readerOf(report: Report, document: LibraryDocument): ValueReader {
  const start = report.source.span(document.range[0], document.range[0] + 1);
  const node = composeTree(report, document.contents, start);
  return new ValueReader({ node, report, path: '' });
}

function reportEmpty(report: Report): void {
  if (report.hasErrors) return;
  report.error('empty_file', report.source.span(0, 1), 'the file states nothing', {
    help: 'write a policy into it, or do not name it',
  });
}
