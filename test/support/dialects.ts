import { createDialects } from '../../src/dialects/create-dialects';
import { compileCel } from '../../src/dialects/expression/cel-compiler';
import type { PolicyDialect } from '../../src/ports/policy-dialect';

/** The dialects that the product reads. */
export const DIALECTS: readonly PolicyDialect[] = createDialects({ compileExpression: compileCel });
