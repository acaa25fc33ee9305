import type { PolicyDialect } from '../../ports/policy-dialect';
import { parseSingleDocument, readUnder } from '../yaml/single-document';
import { hasTopLevelKey } from '../yaml/top-level-key';
import { OPENROUTER_PROVIDERS } from './provider-names';
import { readSettings } from './settings';

/**
 * Reads the settings of an account at OpenRouter, and its guardrails; see docs/dialects/openrouter.md. OpenRouter
 * publishes no file of them: the file is Ambit's, the keys are those of OpenRouter's API.
 */
export function createOpenrouterDialect(): PolicyDialect {
  return {
    name: 'openrouter',
    providers: OPENROUTER_PROVIDERS,
    detects: hasTopLevelKey('openrouter'),
    parse: (file) =>
      parseSingleDocument(file, {
        dialect: 'openrouter',
        what: 'the settings of one account',
        read: (root) =>
          readUnder(root, 'openrouter', (settings) => ({ policies: readSettings(settings) })),
      }),
  };
}
