import type { TargetDeclaration } from '../../core/model/catalog';
import type { Finding } from '../../core/model/finding';
import type { PolicySet } from '../../core/model/policy-set';
import { findingOfAll } from './finding';
import type { TargetFault } from './finding';

/** The one dialect in which a target can state its address. */
const NATIVE = 'native';

/** What is said of a target that nothing gives an address, with where one can be stated. */
export function noAddress({ id, endpoint }: TargetDeclaration, dialect: string): TargetFault {
  return {
    severity: 'warning',
    code: 'no_address',
    message: `the target \`${id}\` has no address, so the configuration leaves it out`,
    help:
      dialect === NATIVE
        ? addressHelp(endpoint)
        : `declare \`${id}\` in a catalog, too: with the same model, provider and credential, and \`endpoint: { host: HOST }\``,
  };
}

function addressHelp(endpoint: string | undefined): string {
  return endpoint === undefined
    ? 'state `endpoint: { host: HOST }`'
    : `state \`base_url: https://HOST\` at the endpoint \`${endpoint}\`, or \`address: { host: HOST }\` at the target`;
}

/** What is said of a target that no path is known for. */
export function noApi({ id }: TargetDeclaration): TargetFault {
  return {
    severity: 'warning',
    code: 'no_api',
    message: `the target \`${id}\` speaks no API that the configuration can lead to it, so it leaves it out`,
    help: 'state what it speaks in `apis`, such as `chat_completions`',
  };
}

/** What is said of a target whose paths name the model, where Ambit is shown only what Envoy lifts out of bodies. */
export function unseenApi({ id }: TargetDeclaration): TargetFault {
  return {
    severity: 'warning',
    code: 'no_api',
    message: `the target \`${id}\` speaks only what \`--read metadata\` does not show Ambit, so it leaves it out`,
    help: 'write `--read body`, or state in `apis` what else it speaks, such as `chat_completions`',
  };
}

/** What is said where nothing is left. It tells whether a file is missing, or only what its targets lack. */
export function noTargets(set: PolicySet): Finding {
  const declaring = set.documents.filter(({ document }) => document.targets.length > 0);
  const count = declaring.reduce((sum, { document }) => sum + document.targets.length, 0);
  const { document } = declaring[0] ?? set.documents[0] ?? {};
  return findingOfAll(count === 0 ? NONE_DECLARED : noneLeft(count), document?.file ?? 'no file');
}

const NONE_DECLARED: TargetFault = {
  severity: 'error',
  code: 'no_targets',
  message: 'no file declares a target that the configuration could lead to',
  help: 'name a catalog, too, whose targets state `endpoint: { host: HOST }`',
};

function noneLeft(count: number): TargetFault {
  return {
    severity: 'error',
    code: 'no_targets',
    message: `the files declare ${String(count)} of them, and no target is left that the configuration could lead to`,
    help: 'mend at least one, as the warnings say',
  };
}
