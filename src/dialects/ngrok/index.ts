import type { PolicyDialect } from '../../ports/policy-dialect';
import type { MapReader } from '../yaml/reader';
import { parseSingleDocument, type DocumentParts } from '../yaml/single-document';
import { readAccessKey } from './access-key';
import { nameOfFile } from './make-policy';
import { NGROK_PROVIDERS } from './provider-names';
import { readTrafficPolicy } from './traffic-policy';

/** The top-level keys that tell a file of ngrok's: at the start of a line, or anywhere at the top of a JSON text. */
const YAML_KEY = /^(?:on_http_request|access|"on_http_request"|"access")\s*:/mu;
const JSON_KEYS = ['on_http_request', 'access'];
const FLOW_KEY = /^\s*\{\s*"?(?:on_http_request|access)"?\s*:/u;

/** Keys by which the configuration of an access key is told from a traffic policy. */
const ACCESS_KEY_KEYS = ['access', 'router', 'name', 'description', 'metadata'];

/**
 * Reads what ngrok's AI Gateway is configured with: a traffic policy with `ai-gateway` actions, or the configuration
 * of an access key; see docs/dialects/ngrok.md.
 */
export function createNgrokDialect(): PolicyDialect {
  return {
    name: 'ngrok',
    providers: NGROK_PROVIDERS,
    detects: ({ text }) => YAML_KEY.test(text) || FLOW_KEY.test(text) || isJsonOfNgrok(text),
    parse: (file) =>
      parseSingleDocument(file, {
        dialect: 'ngrok',
        what: 'one traffic policy',
        read: (root) => readRoot(root, nameOfFile(file.name)),
      }),
  };
}

/** The configuration of an access key is what the API answers with: JSON whose keys are in any order. */
function isJsonOfNgrok(text: string): boolean {
  if (!/^\s*\{/u.test(text)) return false;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && JSON_KEYS.some((key) => key in value);
  } catch {
    return false;
  }
}

function readRoot(root: MapReader, name: string): DocumentParts | undefined {
  const isAccessKey =
    !root.keys.includes('on_http_request') &&
    ACCESS_KEY_KEYS.some((key) => root.keys.includes(key));
  return isAccessKey ? readAccessKey(root, name) : readTrafficPolicy(root, name);
}
