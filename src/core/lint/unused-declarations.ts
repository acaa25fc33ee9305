import type { EndpointDeclaration, TargetDeclaration } from '../model/catalog';
import type { Finding } from '../model/finding';
import { canonicalId } from '../policy/identifier';
import { setFinding, type SetFindingCode } from '../policy/set-finding';
import { providerNames } from './claim-holders';
import { nameAt } from './lint-subjects';
import type { LintView } from './lint-view';

/**
 * Providers that are listed without any target, and endpoints at which none of their provider's targets can be. A
 * request may name an endpoint where a target leaves it open, and any credential, so that those are never unused.
 */
export function unusedDeclarations({ set }: LintView): readonly Finding[] {
  const documents = set.documents.map(({ document }) => document);
  const providerOf = providerNames(set);
  const open = new Set(
    documents.flatMap(({ providers }) =>
      providers.filter(({ models }) => models === 'any').map(({ id }) => canonicalId(id)),
    ),
  );
  const targetsOf = groupByProvider(
    documents.flatMap(({ targets }) => targets),
    providerOf,
  );
  const idle = documents.flatMap(({ providers }) =>
    providers.filter(({ id }) => !open.has(canonicalId(id)) && !targetsOf.has(canonicalId(id))),
  );
  const unused = documents.flatMap(({ endpoints }) =>
    endpoints.filter((endpoint) => {
      const provider = providerOf(endpoint.provider);
      return !open.has(provider) && isUnused(endpoint, targetsOf.get(provider) ?? []);
    }),
  );
  return [
    ...idle.map((provider) =>
      report('unused_provider', `provider \`${provider.id}\` has no target`, provider),
    ),
    ...unused.map((endpoint) =>
      report('unused_endpoint', `no target is at endpoint \`${endpoint.id}\``, endpoint),
    ),
  ];
}

/** Of a provider without targets, the provider is reported. */
function isUnused({ id }: EndpointDeclaration, targets: readonly TargetDeclaration[]): boolean {
  return (
    targets.length > 0 &&
    targets.every(
      ({ endpoint }) => endpoint !== undefined && canonicalId(endpoint) !== canonicalId(id),
    )
  );
}

function groupByProvider(
  targets: readonly TargetDeclaration[],
  providerOf: (name: string) => string,
): ReadonlyMap<string, readonly TargetDeclaration[]> {
  const groups = new Map<string, TargetDeclaration[]>();
  for (const target of targets) {
    const provider = providerOf(target.provider);
    const group = groups.get(provider);
    if (group === undefined) groups.set(provider, [target]);
    else group.push(target);
  }
  return groups;
}

function report(
  code: SetFindingCode,
  message: string,
  declaration: Parameters<typeof nameAt>[0],
): Finding {
  const help =
    code === 'unused_provider'
      ? 'add its targets, or write `models: any` if all of its models are meant'
      : 'name it in a target, or remove it';
  return setFinding({ severity: 'info', code, message, help, position: nameAt(declaration) });
}
