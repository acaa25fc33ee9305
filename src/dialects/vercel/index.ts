import type { PolicyDialect } from '../../ports/policy-dialect';
import type { MapReader } from '../yaml/reader';
import { parseSingleDocument, readUnder, type DocumentParts } from '../yaml/single-document';
import { hasTopLevelKey } from '../yaml/top-level-key';
import { VERCEL_PROVIDERS } from './provider-names';
import { readTeam } from './team';

/**
 * Reads the settings of a team on Vercel's AI Gateway; see docs/dialects/vercel.md. Vercel publishes no file of
 * them: the file is Ambit's, the words are Vercel's.
 */
export function createVercelDialect(): PolicyDialect {
  return {
    name: 'vercel',
    providers: VERCEL_PROVIDERS,
    detects: hasTopLevelKey('vercel'),
    parse: (file) =>
      parseSingleDocument(file, {
        dialect: 'vercel',
        what: 'the settings of one team',
        read: (root) => readUnder(root, 'vercel', readSettings),
      }),
  };
}

function readSettings(vercel: MapReader): DocumentParts | undefined {
  return readUnder(vercel, 'team', (team) => ({ policies: [readTeam(team)] }));
}
