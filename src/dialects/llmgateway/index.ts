import type { DialectResult, PolicyDialect, SourceFile } from '../../ports/policy-dialect';
import { readYaml } from '../yaml/read-yaml';
import type { ValueReader } from '../yaml/reader';
import { LLMGATEWAY_PROVIDERS } from './provider-names';
import { readSettings, type Settings } from './settings';

/** A top-level `llmgateway` key is what no other dialect has: at the start of a line, or behind the brace of a JSON text. */
const YAML_KEY = /^(?:llmgateway|"llmgateway"|'llmgateway')\s*:/mu;
const JSON_KEY = /^\s*\{\s*"?llmgateway"?\s*:/u;

/**
 * Reads the compliance settings of an organisation at LLMGateway; see docs/dialects/llmgateway.md. LLMGateway
 * publishes no file of them: the file is Ambit's, the keys are LLMGateway's own.
 */
export function createLlmgatewayDialect(): PolicyDialect {
  return {
    name: 'llmgateway',
    providers: LLMGATEWAY_PROVIDERS,
    detects: ({ text }) => YAML_KEY.test(text) || JSON_KEY.test(text),
    parse: parseSettings,
  };
}

function parseSettings(file: SourceFile): DialectResult {
  const { documents, report } = readYaml(file);
  const [first, second] = documents;
  second?.fail(
    'contradiction',
    'a file holds the settings of one organisation, and this is a second document',
    { help: 'write it into a file of its own' },
  );
  const settings = readRoot(first);
  const findings = report.findings();
  if (settings === undefined || report.hasErrors) return { findings };
  const document = {
    file: file.name,
    dialect: 'llmgateway',
    endpoints: [],
    credentials: [],
    targets: [],
    ...settings,
  };
  return { document, findings };
}

function readRoot(document: ValueReader | undefined): Settings | undefined {
  const root = document?.map();
  const settings = root?.required('llmgateway')?.map();
  const read = settings === undefined ? undefined : readSettings(settings);
  root?.close();
  return read;
}
