import { find, MANAGER } from '../support/envoy-config';
import { useRig } from '../support/use-rig';

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
