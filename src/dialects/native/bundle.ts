import type { BundleStatement, IncludeStatement } from '../../ports/policy-dialect';
import type { MapReader, ValueReader } from '../yaml/reader';
import { placeOf } from './contradictions';
import type { Envelope } from './envelope';
import { NAME, SCOPE_VALUE } from './names';
import { readScope } from './scope';

/** Reads the spec of a Bundle document. The result is complete only if nothing was reported. */
export function readBundle(envelope: Envelope): BundleStatement {
  const { spec, name, kind } = envelope;
  const revision = spec.integer('revision', { min: 1 });
  const whenNoPolicyApplies = spec.choice('default', ['block', 'allow'], { proposed: ['block'] });
  const tenants = readTenants(spec);
  const scopeValues = readScopeValues(spec);
  const includes = (spec.list('include') ?? []).flatMap((item) => readInclude(item) ?? []);
  spec.close();
  return {
    settings: {
      name: name?.value ?? '',
      ...(revision === undefined ? {} : { revision: revision.value }),
      whenNoPolicyApplies: whenNoPolicyApplies?.value ?? 'block',
      ...(tenants === undefined ? {} : { tenants }),
      scopeValues,
    },
    includes,
    position: (name ?? kind).position,
  };
}

function readTenants(spec: MapReader): readonly string[] | undefined {
  const tenants = spec.texts('tenants', SCOPE_VALUE)?.value;
  const any = tenants?.find((tenant) => tenant.value === 'any');
  if (any !== undefined) {
    spec.report.error('contradiction', any, '`any` stands in the list of tenants', {
      help: 'remove `tenants` to serve all, or name the tenants only',
    });
  }
  return tenants?.map((tenant) => tenant.value);
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

function readInclude(item: ValueReader): IncludeStatement | undefined {
  const map = item.map();
  const file = map?.required('file')?.text();
  const dialect = map?.text('dialect', NAME);
  const scope = readScope(map?.map('scope'));
  map?.close();
  if (file === undefined) return undefined;
  return {
    file: file.value,
    ...(dialect === undefined ? {} : { dialect: dialect.value }),
    ...(scope === undefined ? {} : { scope }),
    position: file.position,
  };
}
