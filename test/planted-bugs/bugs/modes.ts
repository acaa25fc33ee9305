import { bug, type PlantedBug } from './planted-bug';

/** L9: policies that give way, and policies that only record. */
export const MODES: readonly PlantedBug[] = [
  bug(
    'L9',
    'warn after filters: settled over what the request leaves',
    'engine/settle-warn.ts',
    'candidates.filter(({ hard }) => hard.length === 0)',
    'candidates.filter(({ hard, filters }) => hard.length === 0 && filters.length === 0)',
  ),
  bug(
    'L9',
    'a warn policy gives way for an error',
    'engine/settle-warn.ts',
    "return reason.state === 'contrary'",
    "return reason.state === 'error' || reason.state === 'contrary'",
  ),
  bug(
    'L9',
    'narrow warn policies are settled before wide ones',
    'engine/settle-warn.ts',
    'return [...groups.values()];',
    'return [...groups.values()].reverse();',
  ),
  bug(
    'L9',
    'of equal warn policies the first one holds',
    'engine/settle-warn.ts',
    'return together ? meetable : [];',
    'return together ? meetable : meetable.slice(0, 1);',
  ),
  bug(
    'L9',
    'lists of warn policies give way',
    'engine/judge-subject.ts',
    '...[...groups.enforce, ...groups.warn].flatMap(lists),',
    '...groups.enforce.flatMap(lists),',
  ),
  bug(
    'L9',
    'a shadow policy blocks',
    'engine/judge-subject.ts',
    '...groups.enforce.flatMap(requirements),',
    '...[...groups.enforce, ...groups.shadow].flatMap(requirements),',
  ),
  bug(
    'L9',
    'a WARN answer is in the caller’s order',
    'engine/order-answer.ts',
    'if (gaveWay.size > 0)',
    'if (gaveWay.size < 0)',
  ),
];
