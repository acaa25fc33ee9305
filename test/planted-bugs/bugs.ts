import { DIALECTS } from './bugs/dialects';
import { LEVELS } from './bugs/levels';
import { MODES } from './bugs/modes';
import { NAMES } from './bugs/names';
import { READING } from './bugs/reading';
import { SCOPES } from './bugs/scopes';
import type { PlantedBug } from './bugs/planted-bug';

/** Every planted bug. */
export const PLANTED_BUGS: readonly PlantedBug[] = [
  ...READING,
  ...SCOPES,
  ...MODES,
  ...NAMES,
  ...DIALECTS,
  ...LEVELS,
];
