import type { Scope } from '../../core/model/policy';
import { holdsValue, TENANT_KEY } from '../../core/policy/scope-match';
import type { BundleStatement, IncludeStatement } from '../../ports/policy-dialect';
import type { MapReader, ValueReader } from '../yaml/reader';
import { quote, quoteAll, type Located } from '../yaml/source-text';
import { placeOf } from './contradictions';
import type { Envelope } from './envelope';
import { CONTACT, NAME, SCOPE_VALUE } from './names';
import { readScope, scopePlaces } from './scope';

/** Reads the spec of a Bundle document. The result is complete only if nothing was reported. */
export function readBundle(envelope: Envelope): BundleStatement {
  const { spec, name, kind } = envelope;
  const revision = spec.integer('revision', { min: 1 });
  const whenNoPolicyApplies = spec.choice('default', ['block', 'allow'], { proposed: ['block'] });
  const namedTenants = readTenants(spec);
  const tenants = namedTenants?.map((tenant) => tenant.value);
  const scopeValues = readScopeValues(spec);
  const declared: Scope =
    tenants === undefined ? scopeValues : new Map([...scopeValues, [TENANT_KEY, tenants]]);
  const contact = spec.text('contact', CONTACT);
  const includes = (spec.list('include') ?? []).flatMap(
    (item) => readInclude(item, declared) ?? [],
  );
  spec.close();
  return {
    settings: {
      name: name?.value ?? '',
      ...(revision === undefined ? {} : { revision: revision.value }),
      whenNoPolicyApplies: whenNoPolicyApplies?.value ?? 'block',
      ...(tenants === undefined ? {} : { tenants }),
      scopeValues,
      ...(contact === undefined ? {} : { contact: contact.value }),
      places: {
        tenants: namedTenants?.map(({ position }) => position) ?? [],
        scopeValues: new Map(
          [...scopePlaces(spec.map('scope_values'))].map(([key, place]) => [key, place.key]),
        ),
      },
    },
    includes,
    position: (name ?? kind).position,
  };
}

function readTenants(spec: MapReader): readonly Located<string>[] | undefined {
  const tenants = spec.texts('tenants', SCOPE_VALUE)?.value;
  const any = tenants?.find((tenant) => tenant.value === 'any');
  if (any !== undefined) {
    spec.report.error('contradiction', any, '`any` stands in the list of tenants', {
      help: 'remove `tenants` to serve all, or name the tenants only',
    });
  }
  return tenants;
}

function readScopeValues(spec: MapReader): BundleStatement['settings']['scopeValues'] {
  const map = spec.map('scope_values');
  const scope = readScope(map) ?? new Map<string, readonly string[] | 'any'>();
  const tenant = map?.value('tenant');
  if (tenant !== undefined) {
    const tenants = spec.value('tenants');
    const also = tenants === undefined ? '' : `, as \`tenants\` at ${placeOf(tenants.label)} does`;
    const message = `the tenants are named under \`scope_values\`${also}`;
    tenant.report.error('contradiction', tenant.label, message, {
      help: 'name them in `tenants` only',
      ...(tenants === undefined ? {} : { related: { at: tenants.label, message: 'here' } }),
    });
  }
  return scope;
}

function readInclude(item: ValueReader, declared: Scope): IncludeStatement | undefined {
  const map = item.map();
  const file = map?.required('file')?.text();
  const dialect = map?.text('dialect', NAME);
  const binding = map?.map('scope');
  const scope = readScope(binding);
  if (binding !== undefined) rejectUndeclared(binding, declared);
  map?.close();
  if (file === undefined) return undefined;
  return {
    file: file.value,
    ...(dialect === undefined ? {} : { dialect: dialect.value }),
    ...(scope === undefined ? {} : { scope }),
    position: file.position,
  };
}

/** A file that is bound to a value which no request can have would never apply, and nobody would notice. */
function rejectUndeclared(binding: MapReader, declared: Scope): void {
  for (const { key, value } of binding.entries()) {
    const known = declared.get(key.value);
    if (known === undefined || known === 'any') continue;
    const named =
      value.kind === 'list' ? value.texts(SCOPE_VALUE)?.value : [value.text(SCOPE_VALUE)];
    for (const each of named ?? []) {
      if (each === undefined || each.value === 'any' || holdsValue(known, each.value)) continue;
      const message = `the ${key.value} ${quote(each.value)} is not declared in this bundle`;
      value.report.error('unknown_value', each, message, {
        help: `declared are ${quoteAll(known)}`,
      });
    }
  }
}
