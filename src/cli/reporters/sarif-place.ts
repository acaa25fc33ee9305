import type { Finding } from '../../core/model/finding';
import type { SourcePosition } from '../../core/model/source-position';
import { maskedLineOf } from './excerpt';
import type { SourceLines } from './source-lines';

/** UTF-16 units of a line that is shown around the marked word; a whole file may stand on one line. */
const MAX_CONTEXT_CHARS = 500;

/** The files of a log, and their lines. */
export interface SarifSources {
  readonly lines: SourceLines;
  /** Place in `run.artifacts` by file name. */
  readonly indexOf: ReadonlyMap<string, number>;
}

/**
 * A file's name as the reference that SARIF wants: a path from the folder in which the command ran, or `file:` for an
 * absolute one. Every character that means something in a reference is written with `%`.
 */
export function uriOf(file: string): string {
  const encoded = file.replace(/\\/g, '/').split('/').map(encodeSegment).join('/');
  return file.startsWith('/') ? `file://${encoded}` : encoded;
}

// A lone half of a character has no UTF-8, and so no escape.
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment.replace(/\p{Surrogate}/gu, '\uFFFD'));
}

/** Where a finding is: the file, the marked word and its line, secrets starred out. */
export function physicalLocation(finding: Finding, sources: SarifSources): object {
  const { position, endColumn } = finding;
  const artifactLocation = artifactLocationOf(position.file, sources);
  if (position.line < 1) return { artifactLocation };
  const line = maskedLineOf(finding, sources.lines);
  const word = line?.slice(position.column - 1, endColumn - 1);
  return {
    artifactLocation,
    region: {
      ...regionOf(position, endColumn),
      ...(word === undefined ? {} : { snippet: { text: word } }),
    },
    ...(line === undefined || line.length > MAX_CONTEXT_CHARS
      ? {}
      : { contextRegion: { startLine: position.line, snippet: { text: line } } }),
  };
}

/** Another place that belongs to a finding. How long its word is, is not known. */
export function relatedLocation(position: SourcePosition, sources: SarifSources): object {
  const { file, line, column } = position;
  const artifactLocation = artifactLocationOf(file, sources);
  return line < 1
    ? { artifactLocation }
    : { artifactLocation, region: { startLine: line, startColumn: column } };
}

/** A file as locations and edits refer to it. */
export function artifactLocationOf(file: string, { indexOf }: SarifSources): object {
  const index = indexOf.get(file);
  return index === undefined ? { uri: uriOf(file) } : { uri: uriOf(file), index };
}

/** Columns from 1 in UTF-16 units, the end exclusive: as findings have them. Marks never go beyond their line. */
export function regionOf({ line, column }: SourcePosition, endColumn: number): object {
  return { startLine: line, startColumn: column, endColumn: Math.max(endColumn, column) };
}
