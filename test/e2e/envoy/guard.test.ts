import { find, MANAGER } from '../support/envoy-config';
import { OWN_FAILURE, serveStub } from '../support/stub-ambit';
import { useRig } from '../support/use-rig';
import { until } from '../support/wait';

const FILTER = 'envoy.filters.http.ext_authz';
const PER_ROUTE = 'type.googleapis.com/envoy.extensions.filters.http.ext_authz.v3.ExtAuthzPerRoute';

const rig = useRig({
  edit: (config) => {
    const ingress = find(config, ['static_resources', 'listeners'], 'ingress');
    const host = find(ingress, [...MANAGER, 'route_config', 'virtual_hosts'], 'ai');
    host.setIn(['routes', 0, 'typed_per_filter_config'], {
      [FILTER]: { '@type': PER_ROUTE, disabled: true },
    });
  },
});

test('a route for which someone disabled ext_authz passes nothing', async () => {
  const answer = await rig().chat();
  expect(answer.status).toBe(503);
  expect(JSON.parse(answer.text)).toMatchObject({
    error: {
      code: 'policy_unavailable',
      message: expect.stringContaining('no policy decision') as string,
    },
  });
  expect(rig().contacts()).toBe(0);
});

describe('where someone lets pass what failed', () => {
  const careless = useRig({
    edit: (config) => {
      const ingress = find(config, ['static_resources', 'listeners'], 'ingress');
      const extAuthz = find(ingress, [...MANAGER, 'http_filters'], FILTER);
      extAuthz.setIn(['typed_config', 'failure_mode_allow'], true);
    },
  });

  test('the guard passes nothing that could not be asked about', async () => {
    const answer = await careless().chat();
    expect(answer.status).toBe(503);
    expect(JSON.parse(answer.text)).toHaveProperty('error.code', 'policy_unavailable');
    expect(careless().contacts()).toBe(0);
  });

  test('the guard passes nothing that Ambit itself failed at', async () => {
    const stub = await serveStub(careless().socketFile, () => OWN_FAILURE);
    const answer = await until('an answer of the stub', async () => {
      const tried = await careless().chat();
      return stub.asked() > 0 ? tried : undefined;
    });
    stub.close();
    expect(answer.status).toBe(503);
    expect(JSON.parse(answer.text)).toHaveProperty('error.code', 'policy_unavailable');
    expect(careless().contacts()).toBe(0);
  });
});
