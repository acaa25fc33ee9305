import { join } from 'node:path';

import { find, MANAGER, type Path } from '../support/envoy-config';
import { useAudit } from '../support/use-audit';

const ROUTES: Path = [...MANAGER, 'route_config', 'virtual_hosts'];
const SPECIFIER: Path = ['routes', 0, 'route', 'inline_cluster_specifier_plugin', 'extension'];

// The two mistakes that the comments of the shipped file warn of: a provider as the default, and Ambit's list unread.
const audit = useAudit(join(__dirname, 'pack.yaml'), {
  edit: (config) => {
    const ingress = find(config, ['static_resources', 'listeners'], 'ingress');
    const specifier = [...SPECIFIER, 'typed_config'];
    const host = find(ingress, ROUTES, 'ai');
    const group = [...specifier, 'priority_groups', 0];
    host.setIn([...group, 'name'], 'groq-us');
    host.setIn([...group, 'clusters', 0, 'cluster_name'], 'groq-us');
    host.deleteIn([...specifier, 'override_metadata_namespace']);
  },
  send: async ({ rig, settle }) => {
    const answer = await rig.chat();
    expect(answer.status).toBe(200);
    expect(rig.requests()).toEqual({ 'openai-zdr': 0, 'groq-us': 1, 'azure-eu': 0 });
    await settle([answer], 1, 1);
  },
});

test('a prompt that a faulty configuration sends to an ineligible provider is found', () => {
  const { code, document } = audit().run(audit().rig.envoy.attemptLog());
  expect(document).toMatchObject({
    clean: false,
    counts: { decisions: { allow: 1 }, attempts: { all: 1, clean: 0 } },
    // Both the attempt and the request tell of it.
    found: { ineligible_target: 2 },
  });
  const { findings } = document as { findings: readonly { message: string }[] };
  for (const { message } of findings) expect(message).toContain('groq-us');
  expect(code).toBe(1);
});
