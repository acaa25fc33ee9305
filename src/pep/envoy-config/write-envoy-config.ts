import type { EnvoyConfigOptions, WriteEnvoyConfig } from '../../ports/envoy-config';
import type { ApiRoute } from './api-routes';
import { hopTargetsOf } from './hop-targets';
import { addressOf } from './parts/address';
import { clusters } from './parts/clusters';
import type { PartContext } from './parts/context';
import { hop } from './parts/hop';
import { ingress } from './parts/ingress';
import { introduction } from './parts/introduction';
import { retriesOf } from './retries';
import { TYPES } from './types';
import { createRepeats, yaml } from './yaml-text';

/** Writes a configuration in which nothing leads to a target but what Ambit names. */
export const writeEnvoyConfig: WriteEnvoyConfig = (set, options) => {
  const { targets, findings } = hopTargetsOf(set, acceptedBy(options));
  const targetCount = targets.length;
  if (findings.some(({ severity }) => severity === 'error')) return { targetCount, findings };
  const retries = retriesOf(set, targetCount);
  const text = bootstrap({ ...createRepeats(), options, targets, retries });
  return { text: `${text}\n`, targetCount, findings };
};

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
