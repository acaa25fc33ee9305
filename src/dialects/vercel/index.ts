import type { Policy } from '../../core/model/policy';
import type { DialectResult, PolicyDialect, SourceFile } from '../../ports/policy-dialect';
import { readYaml } from '../yaml/read-yaml';
import type { ValueReader } from '../yaml/reader';
import { VERCEL_PROVIDERS } from './provider-names';
import { readTeam } from './team';

/** A top-level `vercel` key is what no other dialect has: at the start of a line, or behind the brace of a JSON text. */
const YAML_KEY = /^(?:vercel|"vercel"|'vercel')\s*:/mu;
const JSON_KEY = /^\s*\{\s*"?vercel"?\s*:/u;

/**
 * Reads the settings of a team on Vercel's AI Gateway; see docs/dialects/vercel.md. Vercel publishes no file of
 * them: the file is Ambit's, the words are Vercel's.
 */
export function createVercelDialect(): PolicyDialect {
  return {
    name: 'vercel',
    providers: VERCEL_PROVIDERS,
    detects: ({ text }) => YAML_KEY.test(text) || JSON_KEY.test(text),
    parse: parseSettings,
  };
}

function parseSettings(file: SourceFile): DialectResult {
  const { documents, report } = readYaml(file);
  const [first, second] = documents;
  second?.fail(
    'contradiction',
    'a file holds the settings of one team, and this is a second document',
    {
      help: 'write it into a file of its own',
    },
  );
  const policy = readSettings(first);
  const findings = report.findings();
  if (policy === undefined || report.hasErrors) return { findings };
  const document = {
    file: file.name,
    dialect: 'vercel',
    providers: [],
    endpoints: [],
    credentials: [],
    targets: [],
    policies: [policy],
  };
  return { document, findings };
}

function readSettings(document: ValueReader | undefined): Policy | undefined {
  const root = document?.map();
  const vercel = root?.required('vercel')?.map();
  const team = vercel?.required('team')?.map();
  const policy = team === undefined ? undefined : readTeam(team);
  vercel?.close();
  root?.close();
  return policy;
}
