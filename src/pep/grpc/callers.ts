import type { ListenerConfig, ServiceConfig } from '../../ports/service-config';
import { ANYONE, createCaller } from '../../service/caller-rights';
import type { Caller } from '../../service/caller-rights';
import { identifyByAnyCertificate, identifyByCertificate, identifyByListener } from '../identity';
import type { Identify } from '../identity';

/** Says for each listener how its callers are known. Throws on a configuration that was not checked. */
export function createIdentities(
  { callers }: ServiceConfig,
  nowMs: () => number,
): (listener: ListenerConfig) => Identify {
  const byName = new Map<string, Caller>();
  const byUri = new Map<string, Caller>();
  for (const config of callers) {
    const caller = createCaller(config);
    byName.set(config.name, caller);
    for (const uri of config.certificateUris) byUri.set(uri, caller);
  }
  return ({ caller: name, tls, address }) => {
    const asksCertificate = tls?.clientCaFile !== undefined;
    if (name === undefined && byName.size === 0) {
      return asksCertificate ? identifyByAnyCertificate(ANYONE, nowMs) : identifyByListener(ANYONE);
    }
    if (asksCertificate && name === undefined) return identifyByCertificate(byUri, nowMs);
    const caller = name === undefined || asksCertificate ? undefined : byName.get(name);
    if (caller === undefined) throw new Error(`nothing tells who asks at ${address}`);
    return identifyByListener(caller);
  };
}
