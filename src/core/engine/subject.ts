import type { Claim } from '../model/claim';
import type { ProviderDeclaration } from '../model/catalog';
import type { TargetIdentity } from '../policy/target-pattern';
import type { CatalogTarget } from './bundle';

/**
 * One thing that is judged: a target of the catalog as it stands, one with parts that the candidate adds, a
 * model that only its provider makes known, or something unknown.
 */
export interface Subject {
  readonly identity: TargetIdentity;
  /** The catalog's target, if it is one. */
  readonly target?: CatalogTarget;
  /** `known`: judged; `unknown` and `conflicting` are blocked as such, and only lists look at them. */
  readonly standing: 'known' | 'unknown' | 'conflicting';
  /** True if the candidate names a base URL that is not the catalog's: inherited claims are void (L13). */
  readonly foreignAddress: boolean;
  /** Region that the candidate adds to the target's own. */
  readonly addedRegion?: string;
  /** Claims that the candidate brings. */
  readonly inlineClaims: readonly Claim[];
  /** True if those replace the catalog's (the caller owns its targets' claims). */
  readonly inlineReplaces: boolean;
}

/** True if the subject is the catalog's target itself, so that its judgement can be kept. */
export function isPlain(subject: Subject): boolean {
  return (
    subject.target !== undefined &&
    subject.standing === 'known' &&
    subject.identity === subject.target.identity &&
    !subject.foreignAddress &&
    subject.addedRegion === undefined &&
    subject.inlineClaims.length === 0
  );
}

/** A target of the catalog as it stands. */
export function plainSubject(target: CatalogTarget): Subject {
  return {
    identity: target.identity,
    target,
    standing: 'known',
    foreignAddress: false,
    inlineClaims: [],
    inlineReplaces: false,
  };
}

/** A model that only its provider makes known (`models: any`). */
export function providerSubject(
  provider: ProviderDeclaration['id'],
  identity: TargetIdentity,
): Subject {
  return {
    identity: { ...identity, provider },
    standing: 'known',
    foreignAddress: false,
    inlineClaims: [],
    inlineReplaces: false,
  };
}

/** Something that the catalog does not know. */
export function unknownSubject(identity: TargetIdentity): Subject {
  return {
    identity,
    standing: 'unknown',
    foreignAddress: false,
    inlineClaims: [],
    inlineReplaces: false,
  };
}
