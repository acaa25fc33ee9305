import type { Container, PodSpec, SecurityContext } from './support/pod-spec';
import { violationsOf } from './support/pod-security';

const CONTEXT: SecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
};
const CONTAINER: Container = { name: 'c', image: 'c', securityContext: CONTEXT };
const POD: PodSpec = {
  securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  containers: [CONTAINER],
  volumes: [
    { name: 'v', emptyDir: {} },
    { name: 's', secret: {} },
  ],
};

function withContext(change: SecurityContext): PodSpec {
  return { ...POD, containers: [{ ...CONTAINER, securityContext: { ...CONTEXT, ...change } }] };
}

function withContainer(change: Partial<Container>): PodSpec {
  return { ...POD, containers: [{ ...CONTAINER, ...change }] };
}

function withPod(change: SecurityContext): PodSpec {
  return { ...POD, securityContext: { ...POD.securityContext, ...change } };
}

describe('the restricted level of the Pod Security Standards', () => {
  it('lets a Pod through that keeps to it', () => {
    expect(violationsOf(POD)).toEqual([]);
    const local = { seccompProfile: { type: 'Localhost' } };
    const added = { capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } };
    expect(violationsOf(withContext({ ...local, ...added }))).toEqual([]);
  });

  it.each<[string, PodSpec]>([
    ['hostNetwork', { ...POD, hostNetwork: true }],
    ['hostPID', { ...POD, hostPID: true }],
    ['hostIPC', { ...POD, hostIPC: true }],
    ['volumes.h', { ...POD, volumes: [{ name: 'h', hostPath: { path: '/' } }] }],
    ['sysctls', withPod({ sysctls: [{ name: 'kernel.msgmax' }] })],
    ['pod.runAsUser', withPod({ runAsUser: 0 })],
    ['pod.seccompProfile', withPod({ seccompProfile: { type: 'Unconfined' } })],
    ['c.seccompProfile', { ...POD, securityContext: { runAsNonRoot: true } }],
    ['c.runAsNonRoot', { ...POD, securityContext: { seccompProfile: { type: 'RuntimeDefault' } } }],
    ['c.runAsNonRoot', withContext({ runAsNonRoot: false })],
    ['c.runAsUser', withContext({ runAsUser: 0 })],
    ['c.privileged', withContext({ privileged: true })],
    ['c.allowPrivilegeEscalation', withContext({ allowPrivilegeEscalation: true })],
    [
      'c.allowPrivilegeEscalation',
      withContainer({ securityContext: { capabilities: { drop: ['ALL'] } } }),
    ],
    ['c.capabilities', withContext({ capabilities: {} })],
    ['c.capabilities', withContext({ capabilities: { drop: ['ALL'], add: ['NET_ADMIN'] } })],
    ['c.seccompProfile', withContext({ seccompProfile: { type: 'Unconfined' } })],
    ['c.appArmorProfile', withContext({ appArmorProfile: { type: 'Unconfined' } })],
    ['c.seLinuxOptions', withContext({ seLinuxOptions: { type: 'spc_t' } })],
    ['c.seLinuxOptions', withContext({ seLinuxOptions: { user: 'system_u' } })],
    ['c.hostProcess', withContext({ windowsOptions: { hostProcess: true } })],
    ['c.procMount', withContext({ procMount: 'Unmasked' })],
    ['c.ports', withContainer({ ports: [{ containerPort: 1, hostPort: 1 }] })],
    ['c.probes', withContainer({ livenessProbe: { httpGet: { host: '127.0.0.1' } } })],
    ['c.probes', withContainer({ lifecycle: { preStop: { tcpSocket: { host: 'x' } } } })],
    ['c.capabilities', { ...POD, initContainers: [{ ...CONTAINER, securityContext: {} }] }],
  ])('%#: forbids %s', (field, pod) => {
    expect(violationsOf(pod).map((text) => text.split(':')[0])).toContain(field);
  });
});
