import type { CallerTraits, ModelIdStyle } from '../../core/model/request';
import { DOCUMENT_NAME, SCOPE_VALUE } from '../../dialects/native/names';
import { readScope, readValuesOrAny } from '../../dialects/native/scope';
import type { MapReader, ValueReader } from '../../dialects/yaml/reader';
import type { TextRules } from '../../dialects/yaml/scalars';
import type { CallerConfig } from '../../ports/service-config';
import type { CallerDraft } from './draft';

/** A URI as certificates carry it: it is compared as a whole, so nothing of it is left open. */
const CERTIFICATE_URI: TextRules = {
  pattern: /^[a-z][a-z0-9+.-]*:[!-)+-~]+$/u,
  form: 'a URI without spaces and `*`, such as `spiffe://example.org/gateway`',
  maxChars: 2048,
};

const MODEL_ID_STYLES: readonly ModelIdStyle[] = ['auto', 'pin', 'author'];

/** Reads the callers. */
export function readCallers(value: ValueReader): readonly CallerDraft[] | undefined {
  // Not to be removed: without callers, whoever reaches a listener may claim anything.
  const items = value.list({ emptyHelp: 'name at least one caller' });
  return items?.flatMap((item) => readCaller(item) ?? []);
}

function readCaller(item: ValueReader): CallerDraft | undefined {
  const map = item.map();
  if (map === undefined) return undefined;
  const name = map.required('name')?.text(DOCUMENT_NAME);
  const uris = map.texts('certificate_uris', CERTIFICATE_URI)?.value ?? [];
  const tenants = readTenants(map.required('tenants', 'name its tenants, or write `tenants: any`'));
  const scopes = readScopes(map);
  const modelIdStyle = map.choice('model_id_style', MODEL_ID_STYLES)?.value ?? 'auto';
  const traits = readTraits(map);
  map.close();
  if (name === undefined) return undefined;
  return {
    name: name.value,
    certificateUris: uris.map((uri) => uri.value),
    uriSpans: uris,
    // What is wrong was reported, and keeps all from counting; that the caller is declared is not wrong.
    tenants: tenants ?? [],
    scopes: scopes ?? new Map(),
    modelIdStyle,
    traits,
    at: name,
    report: map.report,
  };
}

function readTraits(map: MapReader): CallerTraits {
  const rewritesModel = map.boolean('rewrites_model')?.value ?? true;
  const ownsClaims = map.boolean('owns_claims')?.value ?? false;
  return { rewritesModel, ownsClaims };
}

function readTenants(value: ValueReader | undefined): CallerConfig['tenants'] | undefined {
  if (value === undefined) return undefined;
  const rules = { ...SCOPE_VALUE, emptyHelp: 'name at least one tenant' };
  return readValuesOrAny(value, rules, {
    message: '`any` stands in the list of tenants',
    help: 'write `tenants: any`, or name the tenants only',
  });
}

/** Absent: no scope may be claimed. Undefined: it is wrong, which was reported. */
function readScopes(map: MapReader): CallerConfig['scopes'] | undefined {
  const value = map.value('scopes');
  if (value === undefined) return map.has('scopes') ? undefined : new Map();
  if (value.node.kind === 'scalar' && value.node.value === 'any') return 'any';
  if (value.kind !== 'map') {
    // `any` is not proposed: it would let the caller claim more.
    const help = 'name what it may claim: `scopes: { KEY: [VALUE] }`';
    value.failType('a mapping of keys to their values, or `any`', { help });
    return undefined;
  }
  const scopes = value.map();
  const tenant = scopes?.value('tenant');
  tenant?.report.error('contradiction', tenant.label, 'tenants are named in `tenants`', {
    help: 'remove `tenant` here',
  });
  return readScope(scopes);
}
