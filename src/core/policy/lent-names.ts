import type { Finding } from '../model/finding';
import type { PolicySet } from '../model/policy-set';
import type { SourcePosition } from '../model/source-position';
import { canonicalId, foldedId } from './identifier';
import { setFinding } from './set-finding';

/** An alias that a file of a dialect gives to a provider. */
interface LentName {
  readonly id: string;
  readonly dialect: string;
  readonly position: SourcePosition;
}

/**
 * Aliases of dialects' files that an allow list of another dialect means otherwise. An alias that a native file
 * declares is meant for all files; one of a dialect's own file must not let somebody else onto another's list (L3).
 */
export function lentNames(set: PolicySet): readonly Finding[] {
  const lent = aliasesOf(set);
  return set.documents.flatMap(({ document }) =>
    document.policies.flatMap(({ lists, providerNames: dialect = document.dialect }) => {
      const table = set.providerTables?.get(dialect);
      const allowed = lists.filter(({ effect }) => effect === 'allow');
      const words = allowed.flatMap(({ entries }) => entries);
      return words.flatMap(({ pattern: { provider: name = '' }, position }): readonly Finding[] => {
        const alias = lent.get(canonicalId(name));
        const meant = table?.get(name);
        const isMeant = meant === undefined || foldedId(meant) === foldedId(alias?.id ?? '');
        if (alias === undefined || alias.dialect === dialect || isMeant) return [];
        return [taken({ name, meant, dialect, position }, alias)];
      });
    }),
  );
}

function aliasesOf(set: PolicySet): ReadonlyMap<string, LentName> {
  const meantForAll = new Set(
    set.documents
      .filter(({ document: { dialect } }) => dialect === 'native')
      .flatMap(({ document: { providers } }) => providers.flatMap(({ aliases }) => aliases))
      .map((alias) => canonicalId(alias)),
  );
  return new Map(
    set.documents.flatMap(({ document: { dialect, providers } }) =>
      providers.flatMap(({ id, aliases, places, position }) =>
        aliases.flatMap((alias, index) => {
          if (meantForAll.has(canonicalId(alias))) return [];
          const at = places?.aliases?.[index] ?? position;
          return [[canonicalId(alias), { id, dialect, position: at }] as const];
        }),
      ),
    ),
  );
}

interface Word {
  readonly name: string;
  readonly meant: string;
  readonly dialect: string;
  readonly position: SourcePosition;
}

function taken({ name, meant, dialect, position }: Word, alias: LentName): Finding {
  return setFinding({
    severity: 'error',
    code: 'duplicate_provider_name',
    message: `\`${name}\` names provider \`${alias.id}\`, and \`${dialect}\` means \`${meant}\` by it`,
    help: 'give the provider another alias, or declare in a native file whose name it is',
    position: alias.position,
    related: [{ position, message: 'this list allows the other one' }],
  });
}
