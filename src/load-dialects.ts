import { UsageError } from './cli/usage-error';
import { BLOCK_STATUSES } from './core/model/policy';
import type { BlockStatus } from './core/model/policy';
import type { PolicyDialect } from './ports/policy-dialect';

/**
 * All dialects, with the status of a pack's block: where none is given, what the environment says. They are loaded when
 * they are needed, because the expression library costs more than most commands.
 */
export async function loadDialects(
  keeptrustsStatus = packStatus(),
): Promise<readonly PolicyDialect[]> {
  const { createDialects } = await import('./dialects/create-dialects.js');
  const { compileCel } = await import('./dialects/expression/cel-compiler.js');
  return createDialects({ compileExpression: compileCel, keeptrustsStatus });
}

/** What the environment says of packs; their documents name two statuses for a block. */
function packStatus(): BlockStatus | undefined {
  const text = process.env['AMBIT_KEEPTRUSTS_STATUS'] ?? '';
  if (text === '') return undefined;
  const blockStatus = BLOCK_STATUSES.find((status) => String(status) === text);
  if (blockStatus !== undefined) return blockStatus;
  const message = `\`AMBIT_KEEPTRUSTS_STATUS\` is \`${text}\`, which no block can have`;
  throw new UsageError(message, `set it to one of ${BLOCK_STATUSES.join(', ')}, or leave it out`);
}
