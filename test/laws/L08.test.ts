import type { Decision } from '../../src/core/model/decision';
import type { PolicySet } from '../../src/core/model/policy-set';
import type { Reason } from '../../src/core/model/reason';
import { LAYER_ORDER } from '../oracle/reasons';
import { agreedAnswer, CASES, isRefusedWhole } from './support/decisions';
import { mapPolicies, onlyEnforcing, policiesOf } from './support/edits';
import { openCase } from './support/open-cases';
import { check, Spread } from './support/runs';
import { document, policy, requestFor, setOf, target } from './support/small-world';
import { without } from '../support/without';

/** The order in which one policy after the other narrows: widest scope first, then id. */
function policyOrder(set: PolicySet): readonly string[] {
  return set.documents
    .flatMap(({ binding, document: { policies } }) =>
      policies.map(({ id, scope }) => ({
        id,
        keys: new Set([...(binding?.keys() ?? []), ...scope.keys()]).size,
      })),
    )
    .sort((a, b) => a.keys - b.keys || (a.id < b.id ? -1 : 1))
    .map(({ id }) => id);
}

/** Narrows step by step by what the verdicts say, and tells the step that left nothing. */
function lastStep({ verdicts }: Decision, set: PolicySet) {
  const order = ['', ...policyOrder(set)];
  let running = [...verdicts];
  for (const layer of LAYER_ORDER) {
    const entered = running;
    for (const policyId of order) {
      const falls = (reason: Reason): boolean =>
        reason.layer === layer && reason.policy === policyId;
      running = running.filter(({ reasons }) => !reasons.some(falls));
      if (running.length === 0) {
        const providers = entered.map(({ provider }) => provider).filter((name) => name !== '');
        return { layer, policy: policyId, providersConsidered: [...new Set(providers)] };
      }
    }
  }
  return undefined;
}

const LIST_LAYERS = ['provider_lists', 'model_lists'];

describe('L8: which reason leads', () => {
  test('the block is that of the layer and policy at which the running set became empty', () => {
    const spread = new Spread();
    check(CASES, 1_500, ({ set: generated, request }) => {
      // What warn policies leave is settled before request filters and belongs to L9.
      const set = onlyEnforcing(generated);
      const decision = agreedAnswer({ set, request });
      const { block } = decision;
      if (block === undefined || decision.verdicts.length === 0 || isRefusedWhole(decision)) {
        spread.add('no step');
        return;
      }
      const step = lastStep(decision, set);
      if (step?.layer === 'request_filters' && LIST_LAYERS.includes(block.layer)) {
        spread.add('the name itself');
        return;
      }
      const { layer, policy: leading, providersConsidered } = block;
      expect({ layer, policy: leading, providersConsidered }).toEqual(step);
      spread.add(layer);
    });
    spread.expectAtLeast(15, ...LAYER_ORDER.filter((one) => one !== 'identity'));
  });

  test('code, status and message are the leading policy`s', () => {
    const spread = new Spread();
    const codes: Readonly<Record<string, string>> = {
      request_filters: 'request_filters_leave_none',
      provider_lists: 'provider_not_allowed',
      model_lists: 'model_not_allowed',
      requirements: 'no_compliant_provider',
    };
    check(CASES, 1_200, ({ set: generated, request }) => {
      const set = mapPolicies(generated, (one) => [
        {
          ...one,
          block: {
            ...without(one.block, 'wording'),
            message: `${one.id} says no to {model}: {providers}`,
          },
        },
      ]);
      const { block } = agreedAnswer({ set, request });
      if (block === undefined) {
        return;
      }
      const leading = policiesOf(set).find(({ id }) => id === block.policy);
      spread.add(leading === undefined ? 'no policy' : String(leading.block.status));
      expect(codes[block.layer] ?? block.code).toBe(block.code);
      if (leading === undefined) {
        expect(block.httpStatus).toBe(block.code === 'invalid_request' ? 400 : 403);
      } else {
        const names =
          block.providersConsidered.length === 0 ? 'none' : block.providersConsidered.join(', ');
        const model = request.context.model ?? request.context.models[0] ?? '';
        expect(block.httpStatus).toBe(leading.block.status);
        expect(block.message).toBe(`${leading.id} says no to ${model}: ${names}`);
      }
    });
    spread.expectAtLeast(10, 'no policy', '400', '403', '404', '409', '422', '451');
  });

  test('a policy that only warns leads only where it took out the last one', () => {
    const spread = new Spread();
    check(openCase, 800, (one) => {
      const { block } = agreedAnswer(one);
      const mode = policiesOf(one.set).find(({ id }) => id === block?.policy)?.mode;
      if (block?.layer === 'requirements' && mode === 'warn') {
        const enforced = agreedAnswer({ ...one, set: onlyEnforcing(one.set) });
        expect(enforced.outcome).not.toBe('block');
        spread.add('warn leads');
      }
      spread.add(block === undefined ? 'no block' : 'block');
    });
    spread.expectAtLeast(30, 'block', 'no block');
  });

  test('where the named provider or model leaves no candidate, lists judge the name itself', () => {
    const deny = (subject: 'provider' | 'model', effect: 'allow' | 'deny', text: string) => ({
      subject,
      effect,
      entries: [
        {
          pattern: { [subject]: text },
          text,
          future: false,
          position: { file: 'l.yaml', line: 1, column: 1 },
        },
      ],
      position: { file: 'l.yaml', line: 1, column: 1 },
    });
    const blockOf = (model: string, ...lists: ReturnType<typeof deny>[]) => {
      const policies = [policy('lists', [], { lists, block: { status: 451 } })];
      const set = setOf(document({ targets: [target('t', { model: 'm' })], policies }));
      const request = without(requestFor([], { model }), 'candidates');
      const { block } = agreedAnswer({ set, request });
      return block === undefined ? undefined : [block.code, block.policy, block.httpStatus];
    };
    expect(blockOf('gone')).toEqual(['unknown_model', '', 403]);
    expect(blockOf('gone', deny('model', 'allow', 'm'))).toEqual([
      'model_not_allowed',
      'lists',
      451,
    ]);
    expect(blockOf('gone', deny('model', 'deny', 'GONE'))).toEqual([
      'model_not_allowed',
      'lists',
      451,
    ]);
    expect(blockOf('gone', deny('model', 'deny', 'm'))).toEqual(['unknown_model', '', 403]);
    expect(blockOf('acme/gone', deny('provider', 'allow', 'other'))).toEqual([
      'provider_not_allowed',
      'lists',
      451,
    ]);
    expect(blockOf('acme/gone', deny('provider', 'deny', 'acme'))).toEqual([
      'provider_not_allowed',
      'lists',
      451,
    ]);
    // A name that has candidates is not judged (L12): its targets are.
    expect(blockOf('m', deny('model', 'allow', 'm'))).toBeUndefined();
  });
});
