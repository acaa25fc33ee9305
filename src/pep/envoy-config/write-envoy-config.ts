import type { Finding } from '../../core/model/finding';
import type { PolicySet } from '../../core/model/policy-set';
import type { EnvoyConfigOptions, WriteEnvoyConfig } from '../../ports/envoy-config';
import type { ApiRoute } from './api-routes';
import { findingOfAll } from './finding';
import { hopTargetsOf } from './hop-targets';
import { addressOf } from './parts/address';
import { clusters } from './parts/clusters';
import type { PartContext } from './parts/context';
import { hop } from './parts/hop';
import { ingress } from './parts/ingress';
import { staticKeys, watchesKeys } from './parts/keys';
import { introduction } from './parts/introduction';
import { optionFindings } from './option-findings';
import { retriesOf } from './retries';
import { TYPES } from './types';
import { createRepeats, yaml } from './yaml-text';

/** Writes a configuration in which nothing leads to a target but what Ambit names. */
export const writeEnvoyConfig: WriteEnvoyConfig = (set, options) => {
  const { targets, findings: found } = hopTargetsOf(set, acceptedBy(options));
  const findings = [
    ...found,
    ...(watchesKeys(targets) ? [] : [keysNotWatched(set, targets.length)]),
    ...optionFindings(options, set.documents[0]?.document.file ?? 'no file'),
  ];
  const targetIds = targets.map(({ id }) => id);
  if (findings.some(({ severity }) => severity === 'error')) return { targetIds, findings };
  const retries = retriesOf(set, targets.length);
  const text = bootstrap({ ...createRepeats(), options, targets, retries });
  return { text: `${text}\n`, targetIds, findings };
};

function keysNotWatched({ documents: [first] }: PolicySet, count: number): Finding {
  const fault = {
    severity: 'info',
    code: 'keys_not_watched',
    message: `${String(count)} targets have more keys than Envoy can watch, so it reads them when it starts`,
    help: 'restart Envoy when a key is replaced, or write a configuration for each part of the targets',
  } as const;
  return findingOfAll(fault, first?.document.file ?? 'no file');
}

/** What Envoy lifts is the `model` of a body, so no path names one there. */
function acceptedBy({ reading }: EnvoyConfigOptions): (route: ApiRoute) => boolean {
  return reading === 'body' ? () => true : ({ modelIn }) => modelIn === 'body';
}

function bootstrap(context: PartContext): string {
  const { options, targets } = context;
  return yaml`
    ${introduction(context)}

    # Secrets from files need a node name; any will do (--service-node and --service-cluster override it).
    node: { id: ambit-envoy, cluster: ambit-envoy }

    ${adminOf(options)}

    static_resources:
      listeners:
        ${ingress(context)}

        # One internal listener a target: all that is particular to its provider stands here.
        ${targets.map((target) => hop(target, context)).join('\n')}

      clusters:
        ${clusters(context)}
      ${staticKeys(context)}

    bootstrap_extensions:
      - name: envoy.bootstrap.internal_listener
        typed_config: { '@type': ${TYPES.internalListener} }
  `;
}

function adminOf({ admin }: EnvoyConfigOptions): string {
  if (admin === undefined) return '# No admin interface: nothing shows or changes what runs.';
  return yaml`
    admin:
      # Whoever reaches this can stop Envoy and read its whole configuration (but the secrets): keep it on loopback.
      address: ${addressOf(admin)}
  `;
}
