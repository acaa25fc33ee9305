import { call, openClient } from '../../contract/support/client';
import { startDrill } from './drill-service';
import type { DrillService } from './drill-service';

const REQUEST = { context: { tenant: 'red' }, candidates: [{ target: 'acme/large' }] };

let service: DrillService;

beforeAll(async () => {
  service = await startDrill({ calls_in_flight: 16 });
});

afterAll(() => service.stop());

it('answers or refuses each of 1,500 calls that a client of gRPC makes at once, and goes on', async () => {
  const client = openClient('ambit.v1.DecisionService', service.address);
  const codeOf = async (): Promise<string> => {
    const outcome = await call(client, 'Decide', REQUEST);
    return 'code' in outcome ? outcome.code : 'OK';
  };
  for (let wave = 0; wave < 3; wave += 1) {
    const codes = new Set(await Promise.all(Array.from({ length: 1500 }, codeOf)));
    expect([...codes].sort()).toEqual(['OK', 'RESOURCE_EXHAUSTED']);
    expect(await codeOf()).toBe('OK');
  }
  client.close();
});
