import type { Policy } from '../../core/model/policy';
import type { DialectResult, PolicyDialect, SourceFile } from '../../ports/policy-dialect';
import { readYaml } from '../yaml/read-yaml';
import type { ValueReader } from '../yaml/reader';
import { OPENROUTER_PROVIDERS } from './provider-names';
import { readSettings } from './settings';

/** A top-level `openrouter` key is what no other dialect has: at the start of a line, or behind the brace of a JSON text. */
const YAML_KEY = /^(?:openrouter|"openrouter"|'openrouter')\s*:/mu;
const JSON_KEY = /^\s*\{\s*"?openrouter"?\s*:/u;

/**
 * Reads the settings of an account at OpenRouter, and its guardrails; see docs/dialects/openrouter.md. OpenRouter
 * publishes no file of them: the file is Ambit's, the keys are those of OpenRouter's API.
 */
export function createOpenrouterDialect(): PolicyDialect {
  return {
    name: 'openrouter',
    providers: OPENROUTER_PROVIDERS,
    detects: ({ text }) => YAML_KEY.test(text) || JSON_KEY.test(text),
    parse: parseSettings,
  };
}

function parseSettings(file: SourceFile): DialectResult {
  const { documents, report } = readYaml(file);
  const [first, second] = documents;
  second?.fail(
    'contradiction',
    'a file holds the settings of one account, and this is a second document',
    { help: 'write it into a file of its own' },
  );
  const policies = readRoot(first);
  const findings = report.findings();
  if (policies === undefined || report.hasErrors) return { findings };
  const document = {
    file: file.name,
    dialect: 'openrouter',
    providers: [],
    endpoints: [],
    credentials: [],
    targets: [],
    policies,
  };
  return { document, findings };
}

function readRoot(document: ValueReader | undefined): readonly Policy[] | undefined {
  const root = document?.map();
  const settings = root?.required('openrouter')?.map();
  const policies = settings === undefined ? undefined : readSettings(settings);
  root?.close();
  return policies;
}
