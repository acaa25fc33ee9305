import type { TargetDeclaration } from '../model/catalog';
import type { Finding } from '../model/finding';
import type { BoundDocument, PolicySet } from '../model/policy-set';
import type { SourcePosition } from '../model/source-position';
import { canonicalId } from './identifier';
import { setFinding } from './set-finding';

/** Names that may be referred to, by kind. */
interface DeclaredNames {
  readonly provider: ReadonlyMap<string, string>;
  readonly endpoint: ReadonlyMap<string, string>;
  readonly credential: ReadonlyMap<string, string>;
  readonly target: ReadonlyMap<string, string>;
}

/**
 * Whatever a catalog refers to must be declared, or a slip of the pen would silently inherit nothing. Packs
 * declare no endpoints or credentials, so only native files are held to it.
 */
export function checkReferences(set: PolicySet): readonly Finding[] {
  const names = declaredNames(set);
  return set.documents
    .filter(({ document }) => document.dialect === 'native')
    .flatMap(({ document }) => [
      ...[...document.endpoints, ...document.credentials].flatMap((one) =>
        refer(names, 'provider', one.provider, one.places?.provider ?? one.position),
      ),
      ...document.targets.flatMap((target) => referTarget(names, target)),
    ]);
}

function declaredNames(set: PolicySet): DeclaredNames {
  const collect = (
    pick: (document: BoundDocument['document']) => readonly string[],
  ): ReadonlyMap<string, string> =>
    new Map(
      set.documents.flatMap(({ document }) => pick(document)).map((id) => [canonicalId(id), id]),
    );
  return {
    provider: collect(({ providers }) => providers.flatMap(({ id, aliases }) => [id, ...aliases])),
    endpoint: collect(({ endpoints }) => endpoints.map(({ id }) => id)),
    credential: collect(({ credentials }) => credentials.map(({ id }) => id)),
    target: collect(({ targets }) => targets.map(({ id }) => id)),
  };
}

function referTarget(names: DeclaredNames, target: TargetDeclaration): readonly Finding[] {
  const { provider, endpoint, credential, reaches = [], position, places = {} } = target;
  return [
    ...refer(names, 'provider', provider, places.provider ?? position),
    ...refer(names, 'endpoint', endpoint, places.endpoint ?? position),
    ...refer(names, 'credential', credential, places.credential ?? position),
    ...reaches.flatMap((id, index) =>
      refer(names, 'target', id, places.reaches?.[index] ?? position),
    ),
  ];
}

function refer(
  names: DeclaredNames,
  kind: keyof DeclaredNames,
  name: string | undefined,
  position: SourcePosition,
): readonly Finding[] {
  if (name === undefined || names[kind].has(canonicalId(name))) return [];
  return [
    setFinding({
      severity: 'error',
      code: `unknown_${kind}`,
      message: `${kind} \`${name}\` is not declared in any file`,
      help: helpFor([...names[kind].values()]),
      position,
    }),
  ];
}

function helpFor(declared: readonly string[]): string {
  if (declared.length === 0) return 'declare it; none is declared yet';
  return `declare it, or name one of: ${declared.slice(0, 8).join(', ')}`;
}
