import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parse } from 'yaml';

import { containersOf, type Container } from '../../deploy/support/pod-spec';
import { ambit, ROOT, type BuiltRun } from '../cli/built-cli';
import { configMap, EXAMPLES, renderExample, type Rendered } from './support/manifests';

const SYSTEMD_CONFIG = readFileSync(join(ROOT, 'deploy/systemd/ambit.yaml'), 'utf8');

const directory = mkdtempSync(join(tmpdir(), 'ambit-config-'));
afterAll(() => {
  rmSync(directory, { recursive: true });
});

/** The parts of a configuration that manifests must agree with. */
interface Config {
  readonly spec: {
    readonly policies: readonly string[];
    readonly listeners: readonly { readonly address: string; readonly caller?: string }[];
    readonly diagnostics?: { readonly address: string };
  };
}

/** Writes the files into a directory of their own; its path. */
function write(name: string, files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(directory, `${name}-`));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  return folder;
}

/** Asks Ambit whether it would start with this configuration, with the policies of that directory in place of its own. */
function check(config: string, policies: string): BuiltRun {
  const file = join(write('service', { 'ambit.yaml': config }), 'ambit.yaml');
  const environment = { AMBIT_POLICIES: JSON.stringify([policies]) };
  return ambit(['serve', '--config', file, '--check'], { environment });
}

function configOf(rendered: Rendered): string {
  return configMap(rendered, 'ambit-config').data?.['ambit.yaml'] ?? '';
}

function mountPaths({ volumeMounts = [] }: Container): readonly string[] {
  return volumeMounts.map(({ mountPath }) => mountPath);
}

describe.each(EXAMPLES)('what the Pod of %s gives Ambit', (name) => {
  const rendered = renderExample(name);
  const { spec } = parse(configOf(rendered)) as Config;
  const [sidecar] = rendered.pod.initContainers ?? [];

  it('would start', () => {
    const policies = write('policy', configMap(rendered, 'ambit-policy').data ?? {});
    const { code, stdout, stderr } = check(configOf(rendered), policies);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('1 policy, 3 providers, 3 targets');
  });

  it('is where the Pod puts it', () => {
    const paths = sidecar === undefined ? [] : mountPaths(sidecar);
    expect(paths).toEqual(expect.arrayContaining([...spec.policies]));
    expect(spec.listeners.map(({ address }) => address)).toEqual(['unix:/run/ambit/ambit.sock']);
    expect(paths).toContain('/run/ambit');
    const [file] = (sidecar?.args ?? []).slice(-1);
    expect(paths).toContain(file?.replace(/\/ambit\.yaml$/, ''));
  });

  it('names the caller, and the port that the probes ask', () => {
    expect(spec.listeners.every(({ caller = '' }) => caller !== '')).toBe(true);
    const port = sidecar?.ports?.find((each) => each.name === 'diagnostics')?.containerPort;
    expect(spec.diagnostics?.address).toBe(`0.0.0.0:${String(port)}`);
  });

  it('mounts the socket in another container only where that asks', () => {
    const askers = containersOf(rendered.pod)
      .filter((each) => mountPaths(each).includes('/run/ambit'))
      .map((each) => each.name);
    expect(askers).toEqual(['ambit', name === 'envoy' ? 'envoy' : 'gateway']);
  });
});

describe('the configuration for systemd', () => {
  it('would start', () => {
    expect(check(SYSTEMD_CONFIG, 'deploy/examples')).toMatchObject({ code: 0, stderr: '' });
  });

  it('would not, with a slip', () => {
    const { code, stdout } = check(
      SYSTEMD_CONFIG.replace('listeners:', 'listener:'),
      'deploy/examples',
    );
    expect(code).not.toBe(0);
    expect(stdout).toContain('listener');
  });
});
