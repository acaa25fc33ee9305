import type { BlockStatus } from '../core/model/policy';
import type { ExpressionCompiler, PolicyDialect } from '../ports/policy-dialect';
import { createKeeptrustsDialect } from './keeptrusts';
import { createLlmgatewayDialect } from './llmgateway';
import { createNativeDialect } from './native/native-dialect';
import { createNgrokDialect } from './ngrok';
import { createOpenrouterDialect } from './openrouter';
import { createVercelDialect } from './vercel';

/** What dialects need from outside. */
export interface DialectParts {
  readonly compileExpression: ExpressionCompiler;
  /** The status of a Keeptrusts pack's block, whose documents name two; absent: the dialect's default. */
  readonly keeptrustsStatus?: BlockStatus | undefined;
}

/** Every dialect that Ambit reads, the native one first, as help texts list them. */
export function createDialects({
  compileExpression,
  keeptrustsStatus: blockStatus,
}: DialectParts): readonly PolicyDialect[] {
  return [
    createNativeDialect({ compileExpression }),
    createKeeptrustsDialect(blockStatus === undefined ? {} : { blockStatus }),
    createLlmgatewayDialect(),
    createVercelDialect(),
    createNgrokDialect(),
    createOpenrouterDialect(),
  ];
}
