import { CLAIM_TYPES, isKnownClaimName, type ClaimName } from '../../core/model/claim';
import { nearestName } from '../yaml/nearest';
import {
  CEL_FUNCTIONS,
  CEL_FUNCTION_NAMES,
  CEL_VALUE_FUNCTIONS,
  CONSTANT_COST,
} from './cel-functions';
import { MAX_EXPRESSION_COST, MAX_EXPRESSION_NODES, MAX_INPUT_ITEMS } from './cel-limits';
import {
  childNodes,
  readName,
  variableName,
  type CelCall,
  type CelComprehension,
  type CelNode,
} from './cel-tree';

/** What is wrong with an expression, and where. */
export interface CelProblem {
  readonly message: string;
  /** The node that is to be marked; absent: the whole expression. */
  readonly node?: CelNode;
  /** The words that the text may have there; one of them is marked. */
  readonly words?: readonly string[];
}

/** The claims that an expression names, or what is wrong with it. */
export type CelCheck = { readonly claims: readonly ClaimName[] } | { readonly problem: CelProblem };

/** What is known while a tree is walked. */
interface Walk {
  readonly claims: Set<ClaimName>;
  /** The names that macros around the node bind. */
  readonly bound: ReadonlySet<string>;
}

/**
 * Checks an expression without evaluating it: only known functions, only named claims, a bounded number of
 * steps. Claims must be named by constants, so that it is known before which of them must be stated.
 */
export function checkCel(root: CelNode): CelCheck {
  const claims = new Set<ClaimName>();
  const problem =
    sizeProblem(root) ??
    nodeProblem(root, { claims, bound: new Set() }) ??
    costProblem(root) ??
    resultProblem(root) ??
    idleProblem(root, claims);
  return problem === undefined ? { claims: [...claims] } : { problem };
}

function sizeProblem(root: CelNode): CelProblem | undefined {
  const nodes = [root];
  for (let at = 0; at < nodes.length && nodes.length <= MAX_EXPRESSION_NODES; at += 1) {
    const node = nodes[at];
    if (node !== undefined) nodes.push(...childNodes(node));
  }
  if (nodes.length <= MAX_EXPRESSION_NODES) return undefined;
  const message = `the expression has more than ${String(MAX_EXPRESSION_NODES)} parts; split it`;
  return { message };
}

function nodeProblem(node: CelNode, walk: Walk): CelProblem | undefined {
  const claim = readName(node, 'claims');
  if (claim !== undefined) return claimProblem(node, claim, walk);
  if (isClaims(node)) {
    const message = 'claims are read one by one, as `claims.NAME`';
    return { node, message, words: ['claims'] };
  }
  const { exprKind } = node;
  switch (exprKind.case) {
    case 'identExpr':
      return variableProblem(node, exprKind.value.name, walk);
    case 'callExpr':
      return functionProblem(node, exprKind.value.function) ?? childProblem(node, walk);
    case 'comprehensionExpr':
      return macroProblem(node, exprKind.value, walk);
    case 'structExpr':
      return exprKind.value.messageName === ''
        ? childProblem(node, walk)
        : {
            node,
            message: 'messages cannot be made in an expression',
            words: [exprKind.value.messageName],
          };
    case 'constExpr':
    case 'selectExpr':
    case 'listExpr':
    case undefined:
      return childProblem(node, walk);
  }
}

function isClaims(node: CelNode): boolean {
  return variableName(node) === 'claims';
}

function childProblem(node: CelNode, walk: Walk): CelProblem | undefined {
  for (const child of childNodes(node)) {
    const problem = nodeProblem(child, walk);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function claimProblem(node: CelNode, name: string, walk: Walk): CelProblem | undefined {
  if (isClaimName(name)) {
    walk.claims.add(name);
    return undefined;
  }
  const known = Object.keys(CLAIM_TYPES);
  const near = nearestName(name, known);
  const help =
    near === undefined
      ? `claims are ${known.join(', ')}, and \`claims["certification:NAME"]\``
      : `write \`claims.${near}\``;
  return { node, message: `\`${name}\` is no claim; ${help}`, words: [name] };
}

function isClaimName(name: string): name is ClaimName {
  return isKnownClaimName(name) || /^(?:certification|label):./u.test(name);
}

function variableProblem(node: CelNode, name: string, walk: Walk): CelProblem | undefined {
  if (name === 'attributes' || walk.bound.has(name)) return undefined;
  return {
    node,
    message: `\`${name}\` is not known; write \`claims.NAME\` or \`attributes.NAME\``,
    words: [name],
  };
}

function functionProblem(node: CelNode, name: string): CelProblem | undefined {
  if (CEL_FUNCTIONS.has(name)) return undefined;
  const message = `the function \`${name}\` is not known; use ${CEL_FUNCTION_NAMES.join(', ')}`;
  return { node, message, words: [name] };
}

/** `all`, `exists` and `exists_one` count; `map` and `filter` would build lists without a bound. */
function macroProblem(node: CelNode, macro: CelComprehension, walk: Walk): CelProblem | undefined {
  const { iterVar, iterVar2, accuVar, accuInit } = macro;
  if (accuInit?.exprKind.case !== 'constExpr') {
    return {
      node,
      message: '`map` and `filter` are not known; use `all`, `exists` or `exists_one`',
      words: ['map', 'filter'],
    };
  }
  const hidden = [iterVar, iterVar2].find((name) => name === 'claims' || name === 'attributes');
  if (hidden !== undefined) {
    return { node, message: `\`${hidden}\` names something else already`, words: [hidden] };
  }
  const bound = new Set([...walk.bound, iterVar, iterVar2, accuVar]);
  return childProblem(node, { ...walk, bound });
}

function costProblem(root: CelNode): CelProblem | undefined {
  if (costOf(root) <= MAX_EXPRESSION_COST) return undefined;
  const message = 'the expression takes too many steps; put fewer macros into each other';
  return { message };
}

function costOf(node: CelNode): number {
  const { exprKind } = node;
  const children = childNodes(node).reduce((sum, child) => sum + costOf(child), 0);
  if (exprKind.case === 'comprehensionExpr') return children * itemsOf(exprKind.value.iterRange);
  return children + (exprKind.case === 'callExpr' ? callCost(exprKind.value) : 1);
}

/** A list in brackets has the items that stand there. At least one, so that its own steps count. */
function itemsOf(range: CelNode | undefined): number {
  return range?.exprKind.case === 'listExpr'
    ? Math.max(range.exprKind.value.elements.length, 1)
    : MAX_INPUT_ITEMS;
}

/** With a constant beside it an operator neither compares nor joins lists; so macros count and compare cheaply. */
function callCost({ function: name, args }: CelCall): number {
  const isJoin = name === '_+_';
  const withConstant = args.some((arg) =>
    isJoin ? isNumber(arg) : arg.exprKind.case === 'constExpr',
  );
  const isOperator = isJoin || name === '_==_' || name === '_!=_';
  return isOperator && withConstant ? CONSTANT_COST : (CEL_FUNCTIONS.get(name) ?? 1);
}

function isNumber(node: CelNode): boolean {
  if (node.exprKind.case !== 'constExpr') return false;
  const { constantKind } = node.exprKind.value;
  return constantKind.case === 'int64Value' || constantKind.case === 'doubleValue';
}

function resultProblem(root: CelNode): CelProblem | undefined {
  const { exprKind } = root;
  const isTruth = exprKind.case === 'constExpr' && exprKind.value.constantKind.case === 'boolValue';
  const isValue =
    (exprKind.case === 'constExpr' && !isTruth) ||
    exprKind.case === 'listExpr' ||
    exprKind.case === 'structExpr' ||
    (exprKind.case === 'callExpr' && CEL_VALUE_FUNCTIONS.has(exprKind.value.function));
  return isValue ? { message: 'the expression must come out true or false' } : undefined;
}

/** `true` alone would look like a rule and demand nothing. */
function idleProblem(root: CelNode, claims: ReadonlySet<ClaimName>): CelProblem | undefined {
  if (claims.size > 0 || readsAttributes(root)) return undefined;
  return { message: 'the expression reads no claim and no attribute, so it decides nothing' };
}

function readsAttributes(node: CelNode): boolean {
  return variableName(node) === 'attributes' || childNodes(node).some(readsAttributes);
}
