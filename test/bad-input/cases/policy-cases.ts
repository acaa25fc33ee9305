import { native, requirements } from '../support/documents';
import type { FileCase } from '../support/matrix';

/** Mistakes that only a Policy can hold. */
export const POLICY_CASES: readonly FileCase[] = [
  {
    category: 'truncated',
    name: 'cut after a key',
    content: native('Policy', 'requirements:\n  require_no_training: true\n  max_retention_days'),
  },
  {
    category: 'truncated',
    name: 'cut before the requirements',
    content: native('Policy', 'requirements:'),
  },
  {
    category: 'invisible',
    name: 'an escape that makes a hidden character',
    content: native('Policy', 'scope: { team: "a\\u200Bb" }\nunrestricted: true'),
  },
  {
    category: 'invisible',
    name: 'an escape that makes a terminal escape',
    content: native('Policy', 'scope: { team: "\\e[31m" }\nunrestricted: true'),
  },
  {
    category: 'lookalike',
    name: 'a provider in Cyrillic',
    content: native('Policy', 'providers: { deny: [\u043Epenai] }'),
  },
  {
    category: 'lookalike',
    name: 'the same provider in two widths',
    content: native('Policy', 'providers: { deny: [openai, \uFF4Fpenai] }'),
  },
  {
    category: 'prototype',
    name: 'toString as a provider',
    content: native('Policy', 'providers: { deny: [toString] }'),
  },
  {
    category: 'prototype',
    name: '__proto__ as a scope key',
    content: native('Policy', 'scope: { __proto__: x }\nunrestricted: true'),
  },
  {
    category: 'prototype',
    name: 'constructor as a region',
    content: requirements('processing_regions: [constructor]'),
  },
  {
    category: 'prototype',
    name: '__proto__ as a claim of an expression',
    content: requirements('expression: claims.__proto__ == "x"'),
  },
  {
    category: 'contradictory',
    name: 'a provider allowed and denied',
    content: native('Policy', 'providers: { allow: [openai], deny: [OpenAI] }'),
  },
  {
    category: 'contradictory',
    name: 'a headquarters allowed and denied',
    content: requirements('headquarters: { allow: [US], deny: [US] }'),
  },
  {
    category: 'contradictory',
    name: 'unrestricted, and a requirement',
    content: native('Policy', 'unrestricted: true\nrequirements: { gdpr: true }'),
  },
  {
    category: 'duplicate',
    name: 'an item twice',
    content: native('Policy', 'models: { deny: [gpt-4o, gpt-4o] }'),
  },
  {
    category: 'duplicate',
    name: 'a policy twice',
    content: `${native('Policy', 'unrestricted: true')}---\n${native('Policy', 'unrestricted: true')}`,
  },
  {
    category: 'version',
    name: 'a version that is to come',
    content: native('Policy', 'unrestricted: true').replace('v1', 'v2'),
  },
  {
    category: 'version',
    name: 'a number for a version',
    content: native('Policy', 'unrestricted: true').replace('ambit/v1', '1'),
  },
  {
    category: 'type',
    name: 'a truth value in quotes',
    content: requirements('require_no_training: "true"'),
  },
  {
    category: 'type',
    name: 'a number in quotes',
    content: requirements("max_retention_days: '0'"),
  },
  { category: 'type', name: 'yes', content: requirements('require_no_training: yes') },
  {
    category: 'type',
    name: 'a list for a mapping',
    content: native('Policy', 'requirements: [gdpr]'),
  },
  {
    category: 'type',
    name: 'a mapping for a list',
    content: native('Policy', 'providers: { allow: { openai: true } }'),
  },
  {
    category: 'type',
    name: 'a number for a name',
    content: native('Policy', 'providers: { allow: [1.0] }'),
  },
  { category: 'type', name: 'a list for a document', content: '- apiVersion: ambit/v1\n' },
  { category: 'empty', name: 'no spec', content: native('Policy', '') },
  {
    category: 'empty',
    name: 'an empty allow list',
    content: native('Policy', 'providers: { allow: [] }'),
  },
  {
    category: 'empty',
    name: 'an empty name',
    content: native('Policy', 'providers: { allow: [""] }'),
  },
  { category: 'empty', name: 'no requirement', content: native('Policy', 'requirements: {}') },
  { category: 'unknown key', name: 'a requirement', content: requirements('require_zdr: true') },
  {
    category: 'unknown key',
    name: 'beside the spec',
    content: `${native('Policy', 'unrestricted: true')}status: {}\n`,
  },
  {
    category: 'unknown key',
    name: 'of a scope, nearly a usual one',
    content: native('Policy', 'scope: { tenat: acme }\nunrestricted: true'),
  },
  {
    category: 'unknown value',
    name: 'a mode',
    content: native('Policy', 'mode: audit\nunrestricted: true'),
  },
  { category: 'unknown value', name: 'a kind', content: native('Polocy', 'unrestricted: true') },
  {
    category: 'unknown value',
    name: 'a status',
    content: native('Policy', 'on_no_eligible: { status: 500 }\nunrestricted: true'),
  },
  {
    category: 'unknown value',
    name: 'a claim in an expression',
    content: requirements('expression: claims.zdr'),
  },
  { category: 'number', name: 'below zero', content: requirements('max_retention_days: -1') },
  { category: 'number', name: 'negative zero', content: requirements('max_retention_days: -0') },
  {
    category: 'number',
    name: 'not a number',
    content: requirements('max_price: { prompt: .nan }'),
  },
  { category: 'number', name: 'infinity', content: requirements('max_price: { prompt: .inf }') },
  {
    category: 'number',
    name: 'beyond what a number holds',
    content: requirements('max_price: { prompt: 1e309 }'),
  },
  {
    category: 'number',
    name: 'too small to tell from 0',
    content: requirements('max_price: { prompt: 1e-400 }'),
  },
  {
    category: 'number',
    name: 'beyond whole numbers',
    content: requirements('max_retention_days: 9007199254740993'),
  },
  {
    category: 'number',
    name: 'a fraction of a day',
    content: requirements('max_retention_days: 0.5'),
  },
  { category: 'number', name: 'octal', content: requirements('max_retention_days: 0o17') },
  { category: 'number', name: 'hexadecimal', content: requirements('max_retention_days: 0x1F') },
  { category: 'number', name: 'a leading zero', content: requirements('max_retention_days: 007') },
  { category: 'number', name: 'an underscore', content: requirements('max_retention_days: 1_000') },
  {
    category: 'missing',
    name: 'the kind',
    content: native('Policy', 'unrestricted: true').replace('kind: Policy\n', ''),
  },
  {
    category: 'missing',
    name: 'the version',
    content: native('Policy', 'unrestricted: true').replace('apiVersion: ambit/v1\n', ''),
  },
  {
    category: 'missing',
    name: 'the name',
    content: native('Policy', 'unrestricted: true').replace('name: test', 'description: x'),
  },
  {
    category: 'missing',
    name: 'the spec',
    content: 'apiVersion: ambit/v1\nkind: Policy\nmetadata: { name: test }\n',
  },
];
