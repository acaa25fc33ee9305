import { AUDIT_REPORT, REPORT_PARTS } from './audit-report';
import { BUNDLE_SPEC, INCLUDE } from './bundle';
import { CATALOG_SPEC, PROVIDERS } from './catalog';
import { CLAIM_PARTS } from './claims';
import { DECISION_RECORD } from './decision-record';
import { mapping, ref, type Definitions, type Schema } from './json-schema';
import { POLICY_PARTS, POLICY_SPEC } from './policy';
import { POLICY_TEST_PARTS, POLICY_TEST_SPEC } from './policy-test';
import { REQUEST_PARTS } from './policy-test-request';
import { RECORD_PARTS } from './record-parts';
import { RECORD_REQUEST } from './record-request';
import { REGIONS } from './regions';
import { REQUIREMENT_PARTS } from './requirements';
import { scopes } from './scope';
import { SERVICE } from './service';
import { TARGETS } from './targets';
import { TEXTS } from './texts';
import { WORDS } from './words';

/** A kind of native document, and what its `spec` states. */
interface Kind {
  readonly kind: string;
  readonly meaning: string;
  readonly spec: Schema;
}

const KINDS: readonly Kind[] = [
  {
    kind: 'Policy',
    meaning: 'Whom it is for, what targets must be, and what happens when none is left.',
    spec: POLICY_SPEC,
  },
  {
    kind: 'Catalog',
    meaning: 'What targets exist, and what is claimed of them.',
    spec: CATALOG_SPEC,
  },
  { kind: 'Bundle', meaning: 'The root of a set of files.', spec: BUNDLE_SPEC },
  {
    kind: 'PolicyTest',
    meaning: 'Requests, and what must become of them.',
    spec: POLICY_TEST_SPEC,
  },
];

/** Keys that stand beside a scope. */
const BESIDE_SCOPES = [POLICY_SPEC, BUNDLE_SPEC, INCLUDE].flatMap(({ properties }) =>
  Object.keys(properties ?? {}),
);

const DEFINITIONS: Definitions = {
  ...TEXTS,
  ...WORDS,
  ...REGIONS,
  ...scopes([...new Set(BESIDE_SCOPES)]),
  ...CLAIM_PARTS,
  ...TARGETS,
  ...PROVIDERS,
  ...REQUIREMENT_PARTS,
  ...POLICY_PARTS,
  ...REQUEST_PARTS,
  ...POLICY_TEST_PARTS,
  ...RECORD_PARTS,
  ...RECORD_REQUEST,
  ...REPORT_PARTS,
  metadata: mapping(
    {
      name: ref(
        'document_name',
        "A policy's id in reasons and records, unique over all files; the name of another document.",
      ),
      description: ref('text', 'For readers; no meaning for decisions.'),
    },
    { description: 'What the document is called.', required: ['name'] },
  ),
};

const API_VERSION: Schema = { const: 'ambit/v1', description: 'The version of the format.' };

/** The frame that all documents share. */
function documentOf({ kind, meaning, spec }: Kind): Schema {
  return mapping(
    {
      apiVersion: API_VERSION,
      kind: { const: kind, description: 'What the document states.' },
      metadata: ref('metadata'),
      spec: { ...spec, description: meaning },
    },
    { description: meaning, required: ['apiVersion', 'kind', 'metadata', 'spec'] },
  );
}

/** All kinds in one schema. The kind decides, so that what is wrong with a document is said of its own kind. */
function anyDocument(): Schema {
  return {
    type: 'object',
    description: 'A native document of Ambit, of any kind.',
    properties: {
      apiVersion: API_VERSION,
      kind: {
        type: 'string',
        enum: KINDS.map(({ kind }) => kind),
        description: 'What the document states.',
      },
      metadata: ref('metadata'),
      spec: { type: 'object', description: 'What the document states, by its kind.' },
    },
    required: ['apiVersion', 'kind', 'metadata', 'spec'],
    allOf: KINDS.map(({ kind }) => ({
      if: { properties: { kind: { const: kind } }, required: ['kind'] },
      then: ref(kind),
    })),
  };
}

/** The named parts that a schema refers to, and those that they refer to. */
function partsOf(schema: Schema, all: Definitions): Definitions {
  const used = new Set<string>();
  const visit = (part: unknown): void => {
    for (const [, name = ''] of JSON.stringify(part).matchAll(/"#\/\$defs\/(\w+)"/gu)) {
      if (used.has(name)) continue;
      used.add(name);
      visit(all[name]);
    }
  };
  visit(schema);
  return Object.fromEntries(Object.entries(all).filter(([name]) => used.has(name)));
}

/** One published file. Each holds all that it needs, so that any tool can use it wherever it lies. */
function file(name: string, title: string, schema: Schema): readonly [string, Schema] {
  const documents = Object.fromEntries(KINDS.map((kind) => [kind.kind, documentOf(kind)]));
  const $defs = partsOf(schema, { ...DEFINITIONS, ...documents });
  return [
    `${name}.schema.json`,
    {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: `ambit/v1/${name}.schema.json`,
      title,
      ...schema,
      $defs,
    },
  ];
}

/** `PolicyTest` becomes `policy-test`. */
function fileNameOf(kind: string): string {
  return kind.replaceAll(/(?!^)[A-Z]/gu, '-$&').toLowerCase();
}

/** The published schemas, by the name of their file. */
export function publishedSchemas(): ReadonlyMap<string, Schema> {
  return new Map([
    ...KINDS.map((kind) => file(fileNameOf(kind.kind), `Ambit ${kind.kind}`, documentOf(kind))),
    file('ambit', 'Ambit documents', anyDocument()),
    file('service', 'Ambit service configuration', SERVICE),
    file('decision-record', 'Ambit record of a decision', DECISION_RECORD),
    file('audit-report', 'Ambit audit report', AUDIT_REPORT),
  ]);
}
