import type { TargetDeclaration } from '../../../src/core/model/catalog';
import type { Claim } from '../../../src/core/model/claim';
import type { PolicyDocument } from '../../../src/core/model/policy-set';
import { readCatalogSource } from '../../../src/dialects/catalogs';
import { createOpenrouterDialect } from '../../../src/dialects/openrouter';
import type { DialectResult } from '../../../src/ports/policy-dialect';
import { documentOf as documentOfResult } from '../support/documents';

const OPENROUTER_PROVIDERS = createOpenrouterDialect().providers ?? new Map<string, string>();

/** Reads the text of a list. */
export function readText(text: string): DialectResult {
  return readCatalogSource({ name: 'list.json', text }, OPENROUTER_PROVIDERS);
}

/** Reads a list that is given as a value. */
export function readValue(value: unknown): DialectResult {
  return readText(JSON.stringify(value, undefined, 2));
}

/** The document of a list that must be right. */
export function documentOf(value: unknown): PolicyDocument {
  return documentOfResult(readValue(value));
}

/** A claim as `name=value`. */
export function shortClaim({ name, value }: Claim): string {
  return `${name}=${String(value)}`;
}

/** A target as its id, its APIs in brackets where there are any, and its claims. */
export function shortTarget({ id, apis, claims }: TargetDeclaration): string {
  const words = apis === undefined ? [] : [`[${apis.join(' ')}]`];
  return [id, ...words, ...claims.map(shortClaim)].join(' ');
}

/** The targets of a list that must be right. */
export function targetsOf(value: unknown): readonly string[] {
  return documentOf(value).targets.map(shortTarget);
}

/** The findings of a list as `severity code`. */
export function codesOf({ findings }: DialectResult): readonly string[] {
  return findings.map(({ severity, code }) => `${severity} ${code}`);
}

/** A list in the form of models.dev: of one provider, with these models and what they hold beside their id. */
export function modelsDev(models: Record<string, object>, provider = 'acme'): object {
  const entries = Object.entries(models).map(([id, rest]) => [id, { id, name: id, ...rest }]);
  return {
    [provider]: {
      id: provider,
      name: provider,
      env: ['ACME_API_KEY'],
      npm: '@ai-sdk/openai-compatible',
      api: 'https://api.acme.example/v1',
      doc: 'https://acme.example/models',
      models: Object.fromEntries(entries) as object,
    },
  };
}
