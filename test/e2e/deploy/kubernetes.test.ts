import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { containersOf, type Container } from '../../deploy/support/pod-spec';
import { violationsOf } from '../../deploy/support/pod-security';
import { configMap, EXAMPLES, renderExample } from './support/manifests';
import type { ExampleName, Rendered } from './support/manifests';
import { validateManifests } from './support/tools';

/** The minor versions that are maintained, as of the validator's schemas. */
const KUBERNETES_VERSIONS = ['1.35.0', '1.36.0', '1.37.0'] as const;

/** How long Ambit drains unless it is told otherwise, in seconds. */
const DRAIN_SECONDS = 10;

const RENDERED = new Map<ExampleName, Rendered>(
  EXAMPLES.map((name) => [name, renderExample(name)]),
);

/** A volume of a Secret, whose files everyone may read unless it says otherwise. */
interface SecretVolume {
  readonly secretName: string;
  readonly defaultMode?: number;
}

/** The secrets that each example mounts. */
const SECRETS: Readonly<Record<ExampleName, readonly string[]>> = {
  gateway: [],
  envoy: ['provider-keys'],
  'live-policy': [],
};

function rendered(name: ExampleName): Rendered {
  const found = RENDERED.get(name);
  if (found === undefined) throw new Error(`no example ${name}`);
  return found;
}

function containerOf(name: ExampleName, container: string): Container {
  const found = containersOf(rendered(name).pod).find((each) => each.name === container);
  if (found === undefined) throw new Error(`no container ${container}`);
  return found;
}

describe('against the API of Kubernetes', () => {
  const directory = mkdtempSync(join(tmpdir(), 'ambit-manifests-'));
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  function validate(text: string, version: string): { code: number | null; output: string } {
    const file = join(directory, 'rendered.yaml');
    writeFileSync(file, text);
    return validateManifests(file, version);
  }

  const cases = EXAMPLES.flatMap((name) =>
    KUBERNETES_VERSIONS.map((version) => [name, version] as const),
  );

  it.each(cases)('the example %s is valid in %s', (name, version) => {
    const { code, output } = validate(rendered(name).text, version);
    expect({ code, failed: output.match(/^.*(?:ERROR|did not pass|error).*$/gim) }).toEqual({
      code: 0,
      failed: null,
    });
    const checked = output.match(/ passed for resource /g)?.length;
    expect(checked).toBe(rendered(name).manifests.length);
  });

  it.each([
    ['a field that does not exist', /restartPolicy: Always/, 'restartPolicies: Always'],
    ['a value of the wrong type', /failureThreshold: 60/, 'failureThreshold: sixty'],
  ])('%s would be found', (_, from, to) => {
    const text = rendered('gateway').text.replace(from, to);
    expect(text).not.toBe(rendered('gateway').text);
    expect(validate(text, '1.37.0').code).not.toBe(0);
  });
});

describe.each(EXAMPLES)('the Pod of %s', (name) => {
  const { pod, podLabels, manifests } = rendered(name);

  it('keeps to the restricted level of the Pod Security Standards', () => {
    expect(violationsOf(pod)).toEqual([]);
  });

  it('writes into no root file system, and is bounded', () => {
    for (const { securityContext, resources } of containersOf(pod)) {
      expect(securityContext?.readOnlyRootFilesystem).toBe(true);
      expect(securityContext?.runAsUser).toBeGreaterThan(0);
      expect(Object.keys(resources?.requests ?? {}).sort()).toEqual(['cpu', 'memory']);
      expect(resources?.limits).toHaveProperty('memory');
    }
  });

  it('has no token of the API server', () => {
    expect(pod.automountServiceAccountToken).toBe(false);
    const account = manifests.find(({ kind }) => kind === 'ServiceAccount');
    expect(account?.metadata.name).toBe(pod.serviceAccountName);
    expect(account?.automountServiceAccountToken).toBe(false);
  });

  it('starts Ambit first, as a native sidecar that is asked whether it is ready', () => {
    const [first] = pod.initContainers ?? [];
    expect(first).toMatchObject({ name: 'ambit', restartPolicy: 'Always' });
    expect(first?.startupProbe?.httpGet).toEqual({ path: '/readyz', port: 'diagnostics' });
    expect(first?.readinessProbe?.httpGet).toEqual({ path: '/readyz', port: 'diagnostics' });
    expect(first?.livenessProbe?.httpGet).toEqual({ path: '/livez', port: 'diagnostics' });
  });

  it('gives it time to drain', () => {
    expect(pod.terminationGracePeriodSeconds ?? 30).toBeGreaterThan(2 * DRAIN_SECONDS);
  });

  it('shares the socket by a group, and only Ambit writes there', () => {
    expect(pod.securityContext?.fsGroup).toBe(65532);
    const writers = containersOf(pod).filter(({ volumeMounts = [] }) =>
      volumeMounts.some((mount) => mount.name === 'ambit-run' && mount.readOnly !== true),
    );
    expect(writers.map((each) => each.name)).toEqual(['ambit']);
    const volume = pod.volumes?.find((each) => each.name === 'ambit-run');
    expect(volume).toMatchObject({ emptyDir: { medium: 'Memory' } });
  });

  it('mounts the policy as a directory, so that a change arrives', () => {
    const mounts = containerOf(name, 'ambit').volumeMounts ?? [];
    expect(mounts.map(({ mountPath }) => mountPath)).toContain('/etc/ambit/policy');
    expect(mounts.filter(({ subPath }) => subPath !== undefined)).toEqual([]);
  });

  it('opens no secret to every user, which Ambit would warn of', () => {
    const secrets = (pod.volumes ?? []).flatMap(({ secret }) =>
      secret === undefined ? [] : (secret as SecretVolume),
    );
    expect(secrets.map(({ secretName }) => secretName)).toEqual(SECRETS[name]);
    for (const { defaultMode = 0o644 } of secrets) expect(defaultMode & 0o007).toBe(0);
  });

  it('is under the network policy', () => {
    const policies = manifests.filter(({ kind }) => kind === 'NetworkPolicy');
    const selectors = policies.map(({ spec }) => spec?.podSelector?.matchLabels ?? {});
    expect(selectors).toContainEqual({ 'ambit-sidecar': 'true' });
    for (const selector of selectors) expect(podLabels).toMatchObject(selector);
  });

  it('has each volume that it mounts', () => {
    const volumes = new Set(pod.volumes?.map((each) => each.name));
    const mounts = containersOf(pod).flatMap(({ volumeMounts = [] }) => volumeMounts);
    expect(mounts.length).toBeGreaterThan(0);
    for (const mount of mounts) expect(volumes).toContain(mount.name);
  });
});

describe('the ConfigMap of the policy', () => {
  it('is named by what it holds, so that a change is a rollout', () => {
    expect(configMap(rendered('gateway'), 'ambit-policy').metadata.name).toMatch(
      /^ambit-policy-\w{10}$/,
    );
  });

  it('keeps its name where the policy is to change without one', () => {
    const { name } = configMap(rendered('live-policy'), 'ambit-policy').metadata;
    expect(name).toBe('ambit-policy');
    const volume = rendered('live-policy').pod.volumes?.find((each) => each.name === name);
    expect(volume).toMatchObject({ configMap: { name } });
  });
});

describe('the companion of Envoy', () => {
  it('is between Ambit and the application, which has neither the socket nor the keys', () => {
    const { pod } = rendered('envoy');
    expect(containersOf(pod).map(({ name }) => name)).toEqual(['ambit', 'envoy', 'app']);
    expect(containerOf('envoy', 'envoy').restartPolicy).toBe('Always');
    expect(containerOf('envoy', 'app').volumeMounts).toBeUndefined();
    const holders = containersOf(pod).filter(({ volumeMounts = [] }) =>
      volumeMounts.some(({ name }) => name === 'provider-keys'),
    );
    expect(holders.map(({ name }) => name)).toEqual(['envoy']);
  });
});
