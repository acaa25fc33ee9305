import type { TargetDeclaration } from '../model/catalog';
import type { Finding } from '../model/finding';
import type { PolicySet } from '../model/policy-set';
import type { SourcePosition } from '../model/source-position';
import { canonicalId } from './identifier';
import { lentNames } from './lent-names';
import { setFinding, type SetFindingCode } from './set-finding';

/** Ids must name one thing: policies, targets that all requests see, and names of providers. */
export function checkIdentities(set: PolicySet): readonly Finding[] {
  return [...doublePolicies(set), ...doubleTargets(set), ...doubleNames(set), ...lentNames(set)];
}

function doublePolicies(set: PolicySet): readonly Finding[] {
  const policies = set.documents.flatMap(({ document }) => document.policies);
  return doubles(
    policies.map(({ id, position }) => ({ key: canonicalId(id), text: id, position })),
    { code: 'duplicate_policy', what: 'policy', help: 'give each policy a name of its own' },
  );
}

/** Files that apply together may add claims to a target, but must mean the same target. */
function doubleTargets(set: PolicySet): readonly Finding[] {
  const targets = set.documents
    .filter(({ binding }) => binding === undefined)
    .flatMap(({ document }) => document.targets);
  const first = new Map<string, { readonly identity: string; readonly position: SourcePosition }>();
  return targets.flatMap((target) => {
    const { id } = target;
    const position = target.places?.id ?? target.position;
    const identity = targetIdentity(target);
    const other = first.get(canonicalId(id));
    if (other === undefined) first.set(canonicalId(id), { identity, position });
    if (other === undefined || other.identity === identity) return [];
    return [
      setFinding({
        severity: 'error',
        code: 'duplicate_target',
        message: `target \`${id}\` is declared twice, as different targets`,
        help: 'give each target an id of its own',
        position,
        related: [{ position: other.position, message: 'first declared here' }],
      }),
    ];
  });
}

/** What a target's id stands for: the same text for two declarations of one target. */
export function targetIdentity(target: TargetDeclaration): string {
  const { provider, model, endpoint, region, credential } = target;
  return JSON.stringify(
    [provider, model, endpoint, region, credential].map((each) => each ?? null),
  );
}

/** An alias must not name two providers, nor take the id of another. */
function doubleNames(set: PolicySet): readonly Finding[] {
  const owners = new Map<string, { readonly id: string; readonly position: SourcePosition }>();
  const providers = set.documents.flatMap(({ document }) => document.providers);
  return providers.flatMap(({ id, aliases, position, places }) =>
    [id, ...aliases].flatMap((name, index) => {
      const at = (index === 0 ? places?.id : places?.aliases?.[index - 1]) ?? position;
      const owner = owners.get(canonicalId(name));
      if (owner === undefined) owners.set(canonicalId(name), { id, position: at });
      if (owner === undefined || canonicalId(owner.id) === canonicalId(id)) return [];
      return [
        setFinding({
          severity: 'error',
          code: 'duplicate_provider_name',
          message: `\`${name}\` names provider \`${owner.id}\` and provider \`${id}\``,
          help: 'let each name mean one provider',
          position: at,
          related: [{ position: owner.position, message: `provider \`${owner.id}\` has it here` }],
        }),
      ];
    }),
  );
}

function doubles(
  named: readonly {
    readonly key: string;
    readonly text: string;
    readonly position: SourcePosition;
  }[],
  words: { readonly code: SetFindingCode; readonly what: string; readonly help: string },
): readonly Finding[] {
  const first = new Map<string, SourcePosition>();
  return named.flatMap(({ key, text, position }) => {
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, position);
      return [];
    }
    return [
      setFinding({
        severity: 'error',
        code: words.code,
        message: `${words.what} \`${text}\` is declared twice`,
        help: words.help,
        position,
        related: [{ position: other, message: 'first declared here' }],
      }),
    ];
  });
}
