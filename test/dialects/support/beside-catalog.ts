import { compileBundle } from '../../../src/core/engine/compile';
import { decide } from '../../../src/core/engine/decide';
import type { Decision } from '../../../src/core/model/decision';
import {
  DEFAULT_SETTINGS,
  type PolicyDocument,
  type PolicySet,
} from '../../../src/core/model/policy-set';
import {
  EMPTY_CONTEXT,
  type Candidate,
  type RequestContext,
} from '../../../src/core/model/request';
import type { PolicyDialect } from '../../../src/ports/policy-dialect';
import { native } from '../native/support';
import { documentOfText } from './documents';

/** The instant of every decision here; none depends on it. */
export const NOW_MS = Date.UTC(2026, 9, 1);

/** What tests decide by: the texts of settings and of a native catalog, and whom the bundle names to ask. */
export interface Files {
  readonly catalog: string;
  readonly settings: string;
  readonly contact?: string;
}

/** The same with the settings read, and by which dialect. */
export interface BesideCatalog extends Omit<Files, 'settings'> {
  readonly dialect: PolicyDialect;
  readonly document: PolicyDocument;
}

/** Both as one set, with the dialect's names of providers. */
export function setBesideCatalog({
  dialect,
  document,
  catalog,
  contact,
}: BesideCatalog): PolicySet {
  return {
    settings: { ...DEFAULT_SETTINGS, ...(contact === undefined ? {} : { contact }) },
    documents: [{ document: documentOfText(native, catalog) }, { document }],
    providerTables: new Map([[dialect.name, dialect.providers ?? new Map<string, string>()]]),
  };
}

/** Decides about the candidates, or about all that the catalog offers the request. */
export function decideBesideCatalog(
  files: BesideCatalog,
  context: Partial<RequestContext>,
  candidates?: readonly Candidate[],
): Decision {
  const request = {
    context: { ...EMPTY_CONTEXT, ...context },
    ...(candidates === undefined ? {} : { candidates }),
    caller: { rewritesModel: true, ownsClaims: false },
    problems: [],
  };
  return decide(compileBundle(setBesideCatalog(files), 'test'), request, NOW_MS);
}

/** The refs of what a decision leaves. */
export function leftBy({ eligible }: Decision): readonly string[] {
  return eligible.map(({ ref }) => ref);
}
