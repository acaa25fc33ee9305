import { padEnd, widthOf } from '../text';

/** Columns are not padded beyond this width by default, so that one long cell does not push all others away. */
const MAX_PADDED_WIDTH = 42;

/** A cell as it is measured, and as it is written (with colours). */
export interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

/**
 * Rows of cells as lines, columns aligned, two blanks apart; empty columns and blanks at the end are left out. Cells
 * wider than `maxWidth` columns push the rest of their own row only.
 */
export function alignColumns(
  rows: readonly (readonly Cell[])[],
  maxWidth = MAX_PADDED_WIDTH,
): readonly string[] {
  const columnCount = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columnCount }, (_, index) =>
    Math.min(maxWidth, Math.max(...rows.map((row) => widthOf(row[index]?.text ?? '')))),
  );
  return rows.map((row) => alignRow(row, widths));
}

function alignRow(row: readonly Cell[], widths: readonly number[]): string {
  const lastUsed = row.findLastIndex((cell) => cell.text !== '');
  return row
    .slice(0, lastUsed + 1)
    .map((cell, index) => ({ cell, width: widths[index] ?? 0 }))
    .filter(({ width }) => width > 0)
    .map(({ cell, width }, index, shown) => {
      const fill = index === shown.length - 1 ? '' : padEnd('', width - widthOf(cell.text));
      return (cell.paint === undefined ? cell.text : cell.paint(cell.text)) + fill;
    })
    .join('  ');
}
