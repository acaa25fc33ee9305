import { routesOf } from '../support/edits';
import { errorOf } from '../support/seen';
import { useRig } from '../support/use-rig';
import { VARIANTS } from '../support/variants';

const FILTER = 'envoy.filters.http.ext_authz';
const PER_ROUTE = 'type.googleapis.com/envoy.extensions.filters.http.ext_authz.v3.ExtAuthzPerRoute';

describe.each(VARIANTS)('%s', (variant) => {
  const rig = useRig({
    variant,
    edit: (config) => {
      for (const route of routesOf(config)) {
        route.set('typed_per_filter_config', { [FILTER]: { '@type': PER_ROUTE, disabled: true } });
      }
    },
  });

  test('a route for which someone disabled ext_authz passes nothing', async () => {
    const answer = await rig().chat();
    expect(answer.status).toBe(503);
    expect(errorOf(answer)).toMatchObject({
      code: 'policy_unavailable',
      message: expect.stringContaining('no policy decision') as string,
    });
    expect(rig().contacts()).toBe(0);
  });
});
