import type { parse } from '@bufbuild/cel';

/** A parsed expression with the offsets of its nodes. */
export type ParsedCel = ReturnType<typeof parse>;

/** A node of a parsed expression. */
export type CelNode = ParsedCel['expr'];

/** A call of a function or an operator. */
export type CelCall = Extract<CelNode['exprKind'], { readonly case: 'callExpr' }>['value'];

/** A macro over the items of a range. */
export type CelComprehension = Extract<
  CelNode['exprKind'],
  { readonly case: 'comprehensionExpr' }
>['value'];

/** A text constant's value; undefined for every other node. */
function textConstant(node: CelNode | undefined): string | undefined {
  if (node?.exprKind.case !== 'constExpr') return undefined;
  const { constantKind } = node.exprKind.value;
  return constantKind.case === 'stringValue' ? constantKind.value : undefined;
}

/** A variable's name; undefined for every other node. */
export function variableName(node: CelNode | undefined): string | undefined {
  return node?.exprKind.case === 'identExpr' ? node.exprKind.value.name : undefined;
}

/** The name that `variable.name` or `variable["name"]` reads; undefined for every other node. */
export function readName(node: CelNode, variable: string): string | undefined {
  const { exprKind } = node;
  if (exprKind.case === 'selectExpr') {
    const isRead = variableName(exprKind.value.operand) === variable;
    return isRead ? exprKind.value.field : undefined;
  }
  if (exprKind.case !== 'callExpr' || exprKind.value.function !== '_[_]') return undefined;
  const [operand, index] = exprKind.value.args;
  return variableName(operand) === variable ? textConstant(index) : undefined;
}

/** The nodes right below a node. */
export function childNodes(node: CelNode): readonly CelNode[] {
  const { exprKind } = node;
  switch (exprKind.case) {
    case 'selectExpr':
      return present([exprKind.value.operand]);
    case 'callExpr':
      return present([exprKind.value.target, ...exprKind.value.args]);
    case 'listExpr':
      return exprKind.value.elements;
    case 'structExpr':
      return exprKind.value.entries.flatMap(({ keyKind, value }) =>
        present([keyKind.case === 'mapKey' ? keyKind.value : undefined, value]),
      );
    case 'comprehensionExpr': {
      const { iterRange, accuInit, loopCondition, loopStep, result } = exprKind.value;
      return present([iterRange, accuInit, loopCondition, loopStep, result]);
    }
    case 'constExpr':
    case 'identExpr':
    case undefined:
      return [];
  }
}

function present(nodes: readonly (CelNode | undefined)[]): readonly CelNode[] {
  return nodes.filter((node) => node !== undefined);
}
