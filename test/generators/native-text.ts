import { stringify } from 'yaml';

import { without } from '../support/without';
import type { Claim } from '../../src/core/model/claim';
import type { Policy, Scope, TargetList } from '../../src/core/model/policy';
import type { PolicyDocument, PolicySet } from '../../src/core/model/policy-set';
import type { RequirementRule } from '../../src/core/model/requirement';

/** One file of a printed set. */
export interface PrintedFile {
  readonly name: string;
  readonly text: string;
}

const yaml = (kind: string, name: string, spec: object): string =>
  stringify(
    { apiVersion: 'ambit/v1', kind, metadata: { name }, spec },
    { aliasDuplicateObjects: false },
  );

/** Without the keys whose value is undefined or an empty list: absence is how files say nothing. */
function stated(entries: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(
    Object.entries(entries).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  );
}

const instant = (ms: number | undefined): string | undefined =>
  ms === undefined ? undefined : new Date(ms).toISOString();

const printScope = (scope: Scope | undefined): object | undefined =>
  scope === undefined || scope.size === 0 ? undefined : Object.fromEntries(scope);

const NESTING: Readonly<Record<string, unknown>> = { routes_on: true, none: false };

function printValue({ name, value }: Claim): unknown {
  return name === 'nested_gateway' ? (NESTING[String(value)] ?? value) : value;
}

/** Claims that files state in a mapping of their own. */
function keyOf(name: string): readonly [string, string?] {
  const [group, key] = name.split(':');
  if (key !== undefined) {
    return [group === 'label' ? 'labels' : 'certifications', key];
  }
  return name.startsWith('price_') ? ['price', name.slice('price_'.length)] : [name];
}

function printClaims(claims: readonly Claim[]): object | undefined {
  const printed: Record<string, unknown> = {};
  for (const claim of claims) {
    const one = stated({
      value: printValue(claim),
      assurance: claim.assurance,
      checked_at: instant(claim.checkedAtMs),
      expires_at: instant(claim.expiresAtMs),
      apis: claim.apis,
      features: claim.features,
    });
    const [name, key] = keyOf(claim.name);
    printed[name] = key === undefined ? one : { ...(printed[name] ?? {}), [key]: one };
  }
  return claims.length === 0 ? undefined : printed;
}

function printRule(rule: RequirementRule): readonly [string, unknown] {
  switch (rule.kind) {
    case 'max_retention_days':
      return [rule.kind, rule.days];
    case 'deny_internet_egress':
      return ['allow_internet_egress', false];
    case 'deny_user_data_collection':
      return ['user_data_collection', 'deny'];
    case 'deny_analytics_collection':
      return ['analytics_collection', 'deny'];
    case 'certifications':
      return [
        rule.kind,
        stated({ all_of: rule.allOf, any_of: rule.anyOf, max_age_days: rule.maxAgeDays }),
      ];
    case 'processing_regions':
    case 'storage_regions':
      return [rule.kind, rule.regions];
    case 'headquarters':
      return [rule.kind, stated({ allow: rule.allow, deny: rule.deny })];
    case 'quantizations':
      return [rule.kind, rule.allowed];
    case 'max_price':
      return [rule.kind, stated({ prompt: rule.prompt, completion: rule.completion })];
    case 'labels':
      return [rule.kind, Object.fromEntries(rule.labels)];
    case 'expression':
      return [rule.kind, rule.text];
    case 'minimum_assurance':
      return [rule.kind, rule.level];
    case 'require_zero_data_retention':
    case 'require_no_training':
    case 'no_prompt_logging':
    case 'require_in_memory_only':
    case 'require_tokenized_input_support':
    case 'local_only_processing':
    case 'soc2':
    case 'soc2_type2':
    case 'iso27001':
    case 'soc2_or_iso27001':
    case 'gdpr':
      return [rule.kind, true];
  }
}

function printList(lists: readonly TargetList[], subject: string, effect: string): unknown {
  return lists
    .filter((list) => list.subject === subject && list.effect === effect)
    .flatMap(({ entries }) =>
      // A deny entry that matches nothing is an error, unless it is meant for the future.
      entries.map(({ pattern }) => ({
        ...pattern,
        ...(effect === 'deny' ? { future: true } : {}),
      })),
    );
}

function printPolicy(policy: Policy): string {
  const { lists, requirements, block } = policy;
  const both = (subject: string): object | undefined => {
    const printed = stated({
      allow: printList(lists, subject, 'allow'),
      deny: printList(lists, subject, 'deny'),
    });
    return Object.keys(printed).length === 0 ? undefined : printed;
  };
  const rules = requirements.map(({ rule }) => printRule(rule));
  return yaml(
    'Policy',
    policy.id,
    stated({
      mode: policy.mode,
      scope: printScope(policy.scope),
      providers: both('provider'),
      models: both('model'),
      requirements: rules.length === 0 ? undefined : Object.fromEntries(rules),
      unrestricted: rules.length === 0 && lists.length === 0 ? true : undefined,
      applies_to:
        policy.authors === undefined
          ? undefined
          : stated({
              model_authors: policy.authors.only,
              model_authors_except: policy.authors.except,
            }),
      on_no_eligible: stated({ status: block.status, message: block.message }),
      log_provider_selection: policy.logSelection,
    }),
  );
}

/** Endpoints and credentials stand below their provider, which is named again where it is another file's. */
function printProviders(document: PolicyDocument): readonly object[] {
  const ids = new Set([
    ...document.providers.map(({ id }) => id),
    ...[...document.endpoints, ...document.credentials].map(({ provider }) => provider),
  ]);
  return [...ids].map((id) => {
    const declared = document.providers.find((one) => one.id === id);
    const mine = <T extends { readonly provider: string }>(list: readonly T[]): readonly T[] =>
      list.filter(({ provider }) => provider === id);
    return stated({
      id,
      aliases: declared?.aliases,
      models: declared?.models,
      claims: printClaims(declared?.claims ?? []),
      endpoints: mine(document.endpoints).map((one) =>
        stated({
          id: one.id,
          base_url: one.baseUrl,
          region: one.region,
          claims: printClaims(one.claims),
        }),
      ),
      credentials: mine(document.credentials).map((one) =>
        stated({ id: one.id, owner: one.owner, claims: printClaims(one.claims) }),
      ),
    });
  });
}

function printCatalog(document: PolicyDocument): readonly string[] {
  const spec = stated({
    providers: printProviders(document),
    targets: document.targets.map((target) =>
      stated({
        ...without(target, 'claimsStatedOn', 'position'),
        claims: printClaims(target.claims),
      }),
    ),
  });
  return Object.keys(spec).length === 0 ? [] : [yaml('Catalog', 'catalog', spec)];
}

/**
 * A set as native files: the root, which binds the others, and one file a document. Only what `printable` leaves
 * can be said, and documents that state nothing are left out.
 */
export function nativeFiles({ settings, documents }: PolicySet): readonly PrintedFile[] {
  const printed = documents
    .map(({ document, binding }) => ({
      name: document.file,
      scope: printScope(binding),
      text: [...printCatalog(document), ...document.policies.map(printPolicy)].join('---\n'),
    }))
    .filter(({ text }) => text !== '');
  const root = stated({
    default: settings.whenNoPolicyApplies,
    tenants: settings.tenants,
    scope_values: printScope(settings.scopeValues),
    include: printed.map(({ name, scope }) => stated({ file: name, scope })),
  });
  return [
    { name: 'bundle.yaml', text: yaml('Bundle', settings.name, root) },
    ...printed.map(({ name, text }) => ({ name, text })),
  ];
}
