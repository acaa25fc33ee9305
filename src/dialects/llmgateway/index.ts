import type { PolicyDialect } from '../../ports/policy-dialect';
import { parseSingleDocument, readUnder } from '../yaml/single-document';
import { hasTopLevelKey } from '../yaml/top-level-key';
import { LLMGATEWAY_PROVIDERS } from './provider-names';
import { readSettings } from './settings';

/**
 * Reads the compliance settings of an organisation at LLMGateway; see docs/dialects/llmgateway.md. LLMGateway
 * publishes no file of them: the file is Ambit's, the keys are LLMGateway's own.
 */
export function createLlmgatewayDialect(): PolicyDialect {
  return {
    name: 'llmgateway',
    providers: LLMGATEWAY_PROVIDERS,
    detects: hasTopLevelKey('llmgateway'),
    parse: (file) =>
      parseSingleDocument(file, {
        dialect: 'llmgateway',
        what: 'the settings of one organisation',
        read: (root) => readUnder(root, 'llmgateway', readSettings),
      }),
  };
}
