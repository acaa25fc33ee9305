import { containersOf, type Container, type Handler, type PodSpec } from './pod-spec';
import type { SecurityContext } from './pod-spec';

/** Capabilities that the baseline lets a container add. Restricted leaves only one of them. */
const RESTRICTED_ADDITIONS: readonly string[] = ['NET_BIND_SERVICE'];

const RESTRICTED_VOLUMES: readonly string[] = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

const SAFE_SYSCTLS: readonly string[] = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
];

const SELINUX_TYPES: readonly string[] = [
  'container_t',
  'container_init_t',
  'container_kvm_t',
  'container_engine_t',
];

/**
 * What the Pod Security Standards' level `restricted` (the baseline included) forbids and this Pod does, as `field:
 * why`. Restated here from the standard, so that manifests are checked where no API server is.
 */
export function violationsOf(pod: PodSpec): readonly string[] {
  return [
    ...hostViolations(pod),
    ...volumeViolations(pod),
    ...contextViolations('pod', pod.securityContext ?? {}),
    ...containersOf(pod).flatMap((container) => containerViolations(pod, container)),
  ];
}

function hostViolations(pod: PodSpec): readonly string[] {
  const shared = (['hostNetwork', 'hostPID', 'hostIPC'] as const).filter(
    (key) => pod[key] === true,
  );
  const sysctls = (pod.securityContext?.sysctls ?? [])
    .filter(({ name }) => !SAFE_SYSCTLS.includes(name))
    .map(({ name }) => `sysctls: ${name} is unsafe`);
  return [...shared.map((key) => `${key}: shares with the node`), ...sysctls];
}

function volumeViolations({ volumes = [] }: PodSpec): readonly string[] {
  return volumes.flatMap(({ name, ...kinds }) =>
    Object.keys(kinds)
      .filter((kind) => !RESTRICTED_VOLUMES.includes(kind))
      .map((kind) => `volumes.${name}: ${kind} is not allowed`),
  );
}

/** What a context itself may not say, be it a Pod's or a container's. */
function contextViolations(where: string, context: SecurityContext): readonly string[] {
  const { seccompProfile, appArmorProfile, seLinuxOptions, windowsOptions } = context;
  const { type: seLinuxType = '', user = '', role = '' } = seLinuxOptions ?? {};
  const found: readonly (string | false)[] = [
    windowsOptions?.hostProcess === true && 'hostProcess: runs on the node',
    context.runAsNonRoot === false && 'runAsNonRoot: is false',
    context.runAsUser === 0 && 'runAsUser: is root',
    seccompProfile?.type === 'Unconfined' && 'seccompProfile: is Unconfined',
    appArmorProfile?.type === 'Unconfined' && 'appArmorProfile: is Unconfined',
    seLinuxType !== '' && !SELINUX_TYPES.includes(seLinuxType) && `seLinuxOptions: ${seLinuxType}`,
    user + role !== '' && 'seLinuxOptions: a user or role',
  ];
  return found.filter((each) => each !== false).map((each) => `${where}.${each}`);
}

function containerViolations(pod: PodSpec, container: Container): readonly string[] {
  const context = container.securityContext ?? {};
  const { add = [], drop = [] } = context.capabilities ?? {};
  const inherited = { ...pod.securityContext, ...context };
  const found: readonly (string | false)[] = [
    context.privileged === true && 'privileged: is true',
    context.allowPrivilegeEscalation !== false && 'allowPrivilegeEscalation: is not false',
    !drop.includes('ALL') && 'capabilities: ALL is not dropped',
    add.some((name) => !RESTRICTED_ADDITIONS.includes(name)) && 'capabilities: adds some',
    inherited.runAsNonRoot !== true && 'runAsNonRoot: is not true',
    !isConfined(inherited) && 'seccompProfile: is neither RuntimeDefault nor Localhost',
    (context.procMount ?? 'Default') !== 'Default' && 'procMount: is not Default',
    (container.ports ?? []).some(({ hostPort = 0 }) => hostPort !== 0) && 'ports: has a hostPort',
    handlersOf(container).some(hasHost) && 'probes: name a host',
  ];
  const own = found.filter((each) => each !== false).map((each) => `${container.name}.${each}`);
  return [...own, ...contextViolations(container.name, context)];
}

function isConfined({ seccompProfile }: SecurityContext): boolean {
  return ['RuntimeDefault', 'Localhost'].includes(seccompProfile?.type ?? '');
}

function handlersOf({
  startupProbe,
  readinessProbe,
  livenessProbe,
  lifecycle,
}: Container): readonly Handler[] {
  const all = [
    startupProbe,
    readinessProbe,
    livenessProbe,
    lifecycle?.preStop,
    lifecycle?.postStart,
  ];
  return all.filter((each) => each !== undefined);
}

function hasHost({ httpGet, tcpSocket }: Handler): boolean {
  return (httpGet?.host ?? '') !== '' || (tcpSocket?.host ?? '') !== '';
}
