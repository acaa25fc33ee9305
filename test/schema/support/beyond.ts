import { tableRows, textOf } from '../../tidy/support/project-files';

const [, SECTION = ''] = textOf('docs/editors.md').split('## What a schema cannot say');

/** Rows of the list: code, rule. */
const ROWS = tableRows(SECTION).filter(([code]) => /^[a-z_0-9]+$/u.test(code ?? ''));

/** Codes of the findings that only Ambit itself has: the closed list of docs/editors.md. */
export const BEYOND_SCHEMAS: readonly string[] = ROWS.map(([code = '']) => code);
