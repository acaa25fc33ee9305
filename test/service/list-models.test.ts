import { compileBundle } from '../../src/core/engine/compile';
import { EMPTY_CONTEXT } from '../../src/core/model/request';
import type { DecisionRequest } from '../../src/core/model/request';
import type { PolicySet } from '../../src/core/model/policy-set';
import { canonicalId } from '../../src/core/policy/identifier';
import { findModel, listModels } from '../../src/service/list-models';
import type { ModelList, ModelsAsk } from '../../src/service/list-models';
import type { LoadedPolicies } from '../../src/service/policy-loader';
import { STALE } from '../../src/service/refusals';
import { decisionCase } from '../generators/requests';
import type { Case } from '../generators/requests';
import type { Source } from '../generators/source';
import { agreedAnswer } from '../laws/support/decisions';
import { openCase } from '../laws/support/open-cases';
import { check, Spread } from '../laws/support/runs';
import { file, policy, provider, setOf, target } from '../core/engine/support/build';
import { createTestPoint, loadText, START_MS } from './support/world';
import type { TestPoint } from './support/world';

const AT_ONCE = (): Promise<void> => Promise.resolve();

/** Asks as the edge does: the same request, with and without a model. */
function asked(request: DecisionRequest, pressure?: ModelsAsk['pressure']): ModelsAsk {
  const { context } = request;
  const of = (changed: DecisionRequest) =>
    ({ requestId: '', detail: 'summary', request: changed }) as const;
  return {
    ask: of(request),
    withModel: (model) => of({ ...request, context: { ...context, model } }),
    pressure,
  };
}

const PLAIN: DecisionRequest = {
  context: EMPTY_CONTEXT,
  caller: { rewritesModel: true, ownsClaims: false },
  problems: [],
};

function namesOf(list: ModelList): readonly string[] {
  return 'models' in list ? list.models.map(({ name }) => name) : [];
}

function pointOver(set: PolicySet): TestPoint {
  const bundle = compileBundle(set, 'generated');
  const loaded: LoadedPolicies = {
    bundle,
    set,
    tests: [],
    findings: [],
    sources: [],
    expansions: {},
  };
  return createTestPoint(loaded);
}

/** Everything that clients may ask for by name, in file order. */
function declaredNames({ documents }: PolicySet): readonly string[] {
  const targets = documents.flatMap(({ document }) => document.targets);
  return [...new Set(targets.flatMap(({ serves, model }) => serves ?? [model]).map(canonicalId))];
}

/** A case whose request says what a caller of the list can say, and nothing about a model. */
function withoutModel({ set, request }: Case): Case {
  const { tenant, scope, api, modelIdStyle } = request.context;
  const context = {
    ...EMPTY_CONTEXT,
    ...(tenant === undefined ? {} : { tenant }),
    scope,
    ...(api === undefined ? {} : { api }),
    modelIdStyle,
  };
  return { set, request: { context, caller: request.caller, problems: [] } };
}

function cases(make: (source: Source) => Case, count: number): readonly Case[] {
  const made: Case[] = [];
  check(make, count, (one) => void made.push(withoutModel(one)));
  return made;
}

describe('the list of models', () => {
  it.each([
    ['any bundles', decisionCase],
    ['bundles that leave something', openCase],
  ])('holds exactly the names for which a decision leaves something: %s', async (_, make) => {
    const spread = new Spread();
    for (const { set, request } of cases(make, 300)) {
      const expected = declaredNames(set).filter((model) => {
        const context = { ...request.context, model };
        const decision = agreedAnswer({ set, request: { ...request, context } }, START_MS);
        spread.add(decision.outcome);
        return decision.outcome !== 'block';
      });
      const { point } = pointOver(set);
      const list = await listModels(point, asked(request), AT_ONCE);
      expect(namesOf(list)).toEqual(expected);
      spread.add('block' in list ? 'refused' : expected.length === 0 ? 'empty' : 'some');
    }
    spread.expectAtLeast(40, 'allow', 'block', 'some');
    spread.expectAtLeast(make === decisionCase ? 20 : 0, 'refused', 'empty');
  });

  it('holds a model exactly where the question for that model alone finds it', async () => {
    const spread = new Spread();
    for (const { set, request } of cases(openCase, 200)) {
      const { point } = pointOver(set);
      const listed = namesOf(await listModels(point, asked(request), AT_ONCE));
      for (const name of [...declaredNames(set), 'acme/m-small', 'relay:m-small', 'm-nothing']) {
        const found = 'model' in findModel(point, asked(request), name);
        expect([name, found]).toEqual([name, listed.includes(name)]);
        spread.add(found ? 'found' : 'not found');
      }
    }
    spread.expectAtLeast(100, 'found', 'not found');
  });
});

/** So many models of one provider that a list takes several turns. */
function manyModels(count: number, provider = 'acme'): string {
  const targets = Array.from(
    { length: count },
    (_, index) => `        - { id: ${provider}/${String(index)}, model: m${String(index)} }`,
  );
  return `apiVersion: ambit/v1
kind: Catalog
metadata: { name: many }
spec:
  providers:
    - id: ${provider}
      claims: { training_opt_out: true }
      targets:
${targets.join('\n')}
---
apiVersion: ambit/v1
kind: Policy
metadata: { name: base }
spec:
  requirements: { require_no_training: true }
`;
}

const LENGTH = 100;

describe('a list that takes several turns', () => {
  it('lets others have their turn, and is recorded as one decision', async () => {
    const { point, records } = createTestPoint(await loadText(manyModels(LENGTH)));
    let pauses = 0;
    const list = await listModels(point, asked(PLAIN), () => {
      pauses += 1;
      return Promise.resolve();
    });
    expect(namesOf(list)).toHaveLength(LENGTH);
    expect(pauses).toBe(3);
    expect(records).toHaveLength(1);
    expect(records[0]?.[1].decision.eligible).toHaveLength(LENGTH);
  });

  it('is that of one bundle, where another one comes into force meanwhile', async () => {
    const { point, store } = createTestPoint(await loadText(manyModels(LENGTH)));
    const next = await loadText(manyModels(LENGTH + 1, 'boreal'));
    const list = await listModels(point, asked(PLAIN), () => {
      store.offer(next);
      return Promise.resolve();
    });
    const providers = 'models' in list ? list.models.map(({ first }) => first.provider) : [];
    expect(new Set(providers)).toEqual(new Set(['boreal']));
    expect(providers).toHaveLength(LENGTH + 1);
    expect(list.answer.bundle?.sequence).toBe(2);
  });

  it('is that of one instant, where a claim ends meanwhile', async () => {
    const ending = manyModels(LENGTH).replace(
      'training_opt_out: true',
      "training_opt_out: { value: true, expires_at: '2026-01-01T00:00:01Z' }",
    );
    const { point, clock } = createTestPoint(await loadText(ending));
    expect(namesOf(await listModels(point, asked(PLAIN), AT_ONCE))).toHaveLength(LENGTH);
    const list = await listModels(point, asked(PLAIN), () => {
      clock.moveMs(600);
      return Promise.resolve();
    });
    expect(list).toMatchObject({ models: [] });
  });

  it('is none where the policies change again and again', async () => {
    const { point, store } = createTestPoint(await loadText(manyModels(LENGTH)));
    const others = [
      await loadText(manyModels(LENGTH, 'boreal')),
      await loadText(manyModels(LENGTH, 'acme')),
    ] as const;
    let turn = 0;
    const list = await listModels(point, asked(PLAIN), () => {
      store.offer(others[turn++ % 2 === 0 ? 0 : 1]);
      return Promise.resolve();
    });
    expect(list).toMatchObject({ block: { code: 'policy_stale', httpStatus: 503 } });
  });

  it('is none where the service begins to refuse in the middle of it', async () => {
    const { point } = createTestPoint(await loadText(manyModels(LENGTH)));
    const list = await listModels(point, asked(PLAIN), () => {
      point.refuseFurther();
      return Promise.resolve();
    });
    expect(list).toMatchObject({ block: { code: 'shutting_down', httpStatus: 503 } });
  });

  it('is none once the policies are stale, at its beginning or later', async () => {
    const { point, clock } = createTestPoint(await loadText(manyModels(LENGTH)), 1000);
    const list = await listModels(point, asked(PLAIN), () => {
      clock.moveMs(1001);
      return Promise.resolve();
    });
    expect(list).toMatchObject({ block: { code: 'policy_stale', httpStatus: 503 } });
    expect(await listModels(point, asked(PLAIN), AT_ONCE)).toMatchObject({
      block: { code: 'policy_stale' },
    });
    expect(findModel(point, asked(PLAIN), 'm1')).toMatchObject({
      block: { code: 'policy_stale' },
      isRefused: true,
    });
  });

  it('is none without a bundle, and under pressure', async () => {
    expect(await listModels(createTestPoint().point, asked(PLAIN), AT_ONCE)).toMatchObject({
      block: { code: 'policy_stale' },
    });
    const { point } = createTestPoint(await loadText(manyModels(1)));
    expect(await listModels(point, asked(PLAIN, STALE), AT_ONCE)).toMatchObject({
      block: { code: 'policy_stale' },
    });
  });
});

describe('one model', () => {
  it('is blocked by whatever keeps it out, or unknown', async () => {
    const { point, records } = createTestPoint(
      await loadText(manyModels(2).replace('training_opt_out: true', 'training_opt_out: false')),
    );
    expect(findModel(point, asked(PLAIN), 'm1')).toMatchObject({
      block: { code: 'no_compliant_provider' },
      isRefused: false,
    });
    expect(findModel(point, asked(PLAIN), 'm7')).toMatchObject({
      block: { code: 'unknown_model' },
      isRefused: false,
    });
    expect(records).toHaveLength(2);
  });

  it('has no name that only a pin makes', async () => {
    const { point } = createTestPoint(await loadText(manyModels(2)));
    expect(findModel(point, asked(PLAIN), 'm1')).toMatchObject({ model: { name: 'm1' } });
    expect(findModel(point, asked(PLAIN), 'acme/m1')).toMatchObject({
      block: { code: 'unknown_model', httpStatus: 404 },
      isRefused: false,
    });
  });

  it('says nothing of what a file serves that is not for whoever asks', () => {
    const providers = [provider('acme', { models: 'any' })];
    const served = target('t', { model: 'acme-secret', serves: ['acme/secret'] });
    const bound = file({ targets: [served] }, { team: ['core'] });
    const set = setOf(file({ providers, policies: [policy('p')] }), bound);
    const { point } = pointOver(set);
    const of = (team: string): DecisionRequest => ({
      ...PLAIN,
      context: { ...EMPTY_CONTEXT, modelIdStyle: 'author', scope: new Map([['team', team]]) },
    });
    expect(findModel(point, asked(of('core')), 'acme/secret')).toHaveProperty('model');
    expect(findModel(point, asked(PLAIN), 'acme/secret')).not.toHaveProperty('model');
    expect(findModel(point, asked(of('ops')), 'acme/secret')).not.toHaveProperty('model');
  });
});
