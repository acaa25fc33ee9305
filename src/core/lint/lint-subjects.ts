import type { Bundle, Placed } from '../engine/bundle';
import type { CatalogView } from '../engine/catalog-view';
import { situationOf } from '../engine/situation';
import { factsOf, type SubjectFacts } from '../engine/subject-facts';
import { plainSubject, providerSubject, type Subject } from '../engine/subject';
import type { ProviderDeclaration } from '../model/catalog';
import { EMPTY_CONTEXT } from '../model/request';
import type { SourcePosition } from '../model/source-position';

/** A target, or a provider all of whose models are known. */
export interface LintSubject {
  /** Place among all subjects. */
  readonly index: number;
  readonly kind: 'target' | 'provider';
  readonly id: string;
  readonly position: SourcePosition;
  /** The documents that declare it. */
  readonly documents: readonly number[];
  readonly subject: Subject;
  readonly facts: SubjectFacts;
}

/** Every file, whatever scope it is bound to. */
export function wholeView(bundle: Bundle): CatalogView {
  return { bundle, visible: bundle.set.documents.map(() => true) };
}

/** All targets, then all providers that have more than those. `nowMs` is milliseconds since the epoch. */
export function subjectsOf(bundle: Bundle, nowMs: number): readonly LintSubject[] {
  const context = {
    view: wholeView(bundle),
    situation: situationOf(EMPTY_CONTEXT),
    attributes: new Map<string, string>(),
    nowMs,
  };
  const targets = bundle.catalog.targets.map((target) => ({
    kind: 'target' as const,
    id: target.declaration.id,
    position: nameAt(target.declaration),
    documents: target.documents,
    subject: plainSubject(target),
  }));
  return [...targets, ...openProviders(bundle)].map((each, index) => ({
    ...each,
    index,
    facts: factsOf(context, each.subject),
  }));
}

/** Where the name of a declaration stands. */
export function nameAt({
  places,
  position,
}: Pick<ProviderDeclaration, 'places' | 'position'>): SourcePosition {
  return places?.id ?? position;
}

/** Providers with `models: any` can be targets that no declaration lists. */
function openProviders(bundle: Bundle): readonly Omit<LintSubject, 'facts' | 'index'>[] {
  return [...bundle.catalog.providers].flatMap(([id, placed]) => {
    const open = placed.find(({ declaration }) => declaration.models === 'any');
    return open === undefined ? [] : [openProvider(id, open.declaration, placed)];
  });
}

function openProvider(
  id: string,
  provider: ProviderDeclaration,
  placed: readonly Placed<ProviderDeclaration>[],
): Omit<LintSubject, 'facts' | 'index'> {
  return {
    kind: 'provider',
    id: provider.id,
    position: nameAt(provider),
    documents: placed.map(({ document }) => document),
    subject: providerSubject(id, {}),
  };
}
