import { status } from '@grpc/grpc-js';

import type { CallFailure } from '../../../src/pep/incoming';
import { DEFAULT_LIMITS } from '../../../src/ports/service-limits';
import { askHttp } from '../../contract/support/http';
import type { HttpReply } from '../../contract/support/http';
import { until } from '../../contract/support/until';
import { MODEL_POLICY } from '../../contract/support/model-world';
import { createTestPoint, loadText } from '../../service/support/world';
import type { TestPoint } from '../../service/support/world';
import { startApi } from './support/api-stage';
import type { ApiStage } from './support/api-stage';

const HEADERS = { 'x-ambit-tenant': 'red', 'x-ambit-api': 'chat_completions' };
const PATHS = ['/v1/models', '/v1/models/large'];

let tested: TestPoint;
let stage: ApiStage;

beforeEach(async () => {
  tested = createTestPoint(await loadText(MODEL_POLICY), 60_000);
});

afterEach(() => stage.close());

const ask = (path: string, headers: Readonly<Record<string, string>> = HEADERS) =>
  askHttp(stage.address, path, { headers });

const told = ({ status: code, json, headers }: HttpReply): unknown => {
  const { error } = json as { error: { code: string; type: string } };
  return [code, error.type, error.code, headers['retry-after'], headers['x-should-retry']];
};

const OWN_FAILURE = 'server_error';

describe('what is Ambit’s own trouble', () => {
  it('is told so that another try may come later: too much is asked', async () => {
    const failure: CallFailure = {
      code: status.RESOURCE_EXHAUSTED,
      details: 'too much',
      reason: 'overload',
    };
    stage = await startApi(tested.point, { shed: () => ({ failure }) });
    for (const path of [...PATHS, '/nowhere']) {
      expect(told(await ask(path))).toEqual([503, OWN_FAILURE, 'overloaded', '1', undefined]);
    }
    expect(stage.refused).toEqual([failure, failure, failure]);
    expect(tested.records).toEqual([]);
  });

  it('is told so, too, where too many lists are asked for at once', async () => {
    stage = await startApi(tested.point);
    const replies = await Promise.all(Array.from({ length: 40 }, () => ask('/v1/models')));
    const counts = new Map<number, number>();
    for (const reply of replies) counts.set(reply.status, (counts.get(reply.status) ?? 0) + 1);
    expect((counts.get(200) ?? 0) + (counts.get(503) ?? 0)).toBe(40);
    expect(counts.get(200)).toBeGreaterThanOrEqual(16);
    expect(stage.refused).toHaveLength(counts.get(503) ?? 0);
  });

  it('is told so where the policies are too old', async () => {
    stage = await startApi(tested.point);
    tested.clock.moveMs(60_001);
    for (const path of PATHS) {
      expect(told(await ask(path))).toEqual([503, OWN_FAILURE, 'policy_stale', '1', undefined]);
    }
    expect(stage.decided).toHaveLength(2);
  });

  it('is told so where the service goes away', async () => {
    stage = await startApi(tested.point);
    tested.point.refuseFurther();
    for (const path of PATHS) {
      expect(told(await ask(path))).toEqual([503, OWN_FAILURE, 'shutting_down', '1', undefined]);
    }
  });

  it('is told without a word of what it is, where it is a defect', async () => {
    const defect = (): never => {
      throw new Error('a secret');
    };
    stage = await startApi({ ...tested.point, decide: defect });
    for (const path of PATHS) {
      const reply = await ask(path);
      expect(told(reply)).toEqual([503, OWN_FAILURE, 'internal_error', '1', undefined]);
      expect(reply.text).not.toContain('secret');
    }
    expect(stage.defects).toHaveLength(2);
    expect(stage.decided).toEqual([]);
  });
});

describe('who asks', () => {
  it('is refused with 401 where nobody knows any more who it is', async () => {
    const failure: CallFailure = {
      code: status.UNAUTHENTICATED,
      details: 'expired',
      reason: 'identity',
    };
    stage = await startApi(tested.point, { identify: () => ({ failure }) });
    for (const path of [...PATHS, '/nowhere']) {
      const wanted = [401, 'invalid_request_error', 'unauthenticated', undefined, 'false'];
      expect(told(await ask(path))).toEqual(wanted);
    }
    expect(stage.refused).toEqual([failure, failure, failure]);
    expect(tested.records).toEqual([]);
  });
});

describe('what a connection takes', () => {
  it('is given back with its answer, whatever that is', async () => {
    stage = await startApi(tested.point);
    for (const path of [...PATHS, '/v1/models/small', '/nowhere', '/v1/models?x=1']) {
      await ask(path);
    }
    await until(() => stage.held.calls === 0);
    expect(stage.held).toEqual({ calls: 0, bytes: 0 });
  });
});

describe('a name that is longer than requests may have', () => {
  it('is in no list, as nobody can ask for it', async () => {
    const long = 'm'.repeat(65);
    const { point } = createTestPoint(await loadText(MODEL_POLICY.replace('org/large', long)));
    const idsOf = async (): Promise<readonly string[]> => {
      const { json } = await ask('/v1/models');
      return (json as { data: { id: string }[] }).data.map(({ id }) => id);
    };
    stage = await startApi(point);
    expect(await idsOf()).toEqual(['large', long]);
    await stage.close();
    stage = await startApi(point, { limits: { ...DEFAULT_LIMITS, text_bytes: 64 } });
    expect(await idsOf()).toEqual(['large']);
    expect((await ask(`/v1/models/${long}`)).status).toBe(400);
  });
});

describe('a tenant beyond ASCII', () => {
  it('is UTF-8, and nothing else is taken for it', async () => {
    const policy = MODEL_POLICY.replace('[red, blue]', '[rød, blue]');
    stage = await startApi(createTestPoint(await loadText(policy)).point);
    const as = (tenant: string) => ask('/v1/models', { ...HEADERS, 'x-ambit-tenant': tenant });
    expect((await as(Buffer.from('rød').toString('latin1'))).status).toBe(200);
    const wanted = [400, 'invalid_request_error', 'invalid_argument', undefined, 'false'];
    expect(told(await as('rød'))).toEqual(wanted);
  });
});
