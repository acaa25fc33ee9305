import { native } from '../support/documents';
import type { FileCase } from '../support/matrix';

const include = (item: string): string => native('Bundle', `include:\n  - ${item}`);

const SCOPED = native('Policy', 'requirements: { gdpr: true }');

/** Mistakes that only a Bundle can hold. */
export const BUNDLE_CASES: readonly FileCase[] = [
  {
    category: 'truncated',
    name: 'cut within an include',
    content: native('Bundle', 'include:\n  - file:'),
  },
  {
    category: 'invisible',
    name: 'a terminal escape in a tenant',
    content: native('Bundle', 'tenants: ["\\e[31mred"]'),
  },
  {
    category: 'invisible',
    name: 'a terminal escape in the name of a file',
    content: include('{ file: "x\\u001b[2J.yaml" }'),
  },
  {
    category: 'lookalike',
    name: 'a tenant in two widths',
    content: native('Bundle', 'tenants: [acme, \uFF41cme]'),
  },
  {
    category: 'prototype',
    name: '__proto__ as a scope key',
    content: native('Bundle', 'scope_values: { __proto__: [x] }'),
  },
  {
    category: 'prototype',
    name: 'constructor as a dialect',
    content: include('{ file: a.yaml, dialect: constructor }'),
    also: { 'a.yaml': SCOPED },
  },
  { category: 'path', name: 'a file above', content: include('{ file: ../../etc/passwd }') },
  {
    category: 'path',
    name: 'a file above, on a detour',
    content: include('{ file: a/../../b.yaml }'),
  },
  { category: 'path', name: 'the file itself', content: include('{ file: case.yaml }') },
  { category: 'path', name: 'a NUL', content: include('{ file: "a.yaml\\0.png" }') },
  {
    category: 'path',
    name: 'an absolute path to no policy',
    content: include('{ file: /etc/hostname }'),
  },
  {
    category: 'path',
    name: 'a path of 5,000 characters',
    content: include(`{ file: ${'a/'.repeat(2500)}b.yaml }`),
  },
  {
    category: 'path',
    name: 'an address',
    content: include('{ file: "http://127.0.0.1/policy.yaml" }'),
  },
  {
    category: 'not a file',
    name: 'an include of a directory',
    content: include('{ file: folder }'),
    also: { 'folder/a.yaml': SCOPED },
  },
  {
    category: 'not a file',
    name: 'an include of a device',
    content: include('{ file: /dev/zero }'),
  },
  {
    category: 'not a file',
    name: 'an include of nothing',
    content: include('{ file: nowhere.yaml }'),
  },
  {
    category: 'contradictory',
    name: 'an include that is a Bundle',
    content: include('{ file: a.yaml }'),
    also: { 'a.yaml': native('Bundle', 'revision: 2') },
  },
  {
    category: 'contradictory',
    name: 'two Bundles',
    content: `${native('Bundle', 'default: block')}---\n${native('Bundle', 'default: allow')}`,
  },
  {
    category: 'contradictory',
    name: 'a file bound to two tenants',
    content: native(
      'Bundle',
      'tenants: [red, blue]\ninclude:\n  - { file: a.yaml, scope: { tenant: red } }\n  - { file: a.yaml, scope: { tenant: blue } }',
    ),
    also: { 'a.yaml': SCOPED },
  },
  {
    category: 'contradictory',
    name: 'a file bound to a tenant that is not there',
    content: native(
      'Bundle',
      'tenants: [red]\ninclude:\n  - { file: a.yaml, scope: { tenant: blue } }',
    ),
    also: { 'a.yaml': SCOPED },
  },
  {
    category: 'duplicate',
    name: 'a tenant twice',
    content: native('Bundle', 'tenants: [red, red]'),
  },
  {
    category: 'duplicate',
    name: 'an include twice',
    content: native('Bundle', 'include: [{ file: a.yaml }, { file: ./a.yaml }]'),
    also: { 'a.yaml': SCOPED },
  },
  {
    category: 'version',
    name: 'a version that is to come',
    content: native('Bundle', 'revision: 1').replace('ambit/v1', 'ambit/v2'),
  },
  { category: 'type', name: 'a text for a list', content: native('Bundle', 'tenants: red') },
  { category: 'type', name: 'a revision in quotes', content: native('Bundle', 'revision: "1"') },
  {
    category: 'type',
    name: 'a text for an include',
    content: native('Bundle', 'include: [a.yaml]'),
  },
  {
    category: 'type',
    name: 'a list for scope values',
    content: native('Bundle', 'scope_values: [team]'),
  },
  { category: 'empty', name: 'no spec', content: native('Bundle', '') },
  { category: 'empty', name: 'no tenant', content: native('Bundle', 'tenants: []') },
  { category: 'empty', name: 'an include without a path', content: include('{ file: "" }') },
  {
    category: 'empty',
    name: 'an include of an empty file',
    content: include('{ file: a.yaml }'),
    also: { 'a.yaml': '' },
  },
  { category: 'unknown key', name: 'of the spec', content: native('Bundle', 'defaults: allow') },
  {
    category: 'unknown key',
    name: 'of an include',
    content: include('{ file: a.yaml, scopes: { tenant: red } }'),
  },
  { category: 'unknown value', name: 'a default', content: native('Bundle', 'default: permit') },
  {
    category: 'unknown value',
    name: 'a dialect',
    content: include('{ file: a.yaml, dialect: rego }'),
    also: { 'a.yaml': SCOPED },
  },
  { category: 'number', name: 'below zero', content: native('Bundle', 'revision: -1') },
  { category: 'number', name: 'zero', content: native('Bundle', 'revision: 0') },
  {
    category: 'number',
    name: 'beyond whole numbers',
    content: native('Bundle', 'revision: 9007199254740993'),
  },
  { category: 'number', name: 'a fraction', content: native('Bundle', 'revision: 1.5') },
  { category: 'number', name: 'infinity', content: native('Bundle', 'revision: 1e309') },
  {
    category: 'missing',
    name: 'the path of an include',
    content: include('{ scope: { tenant: red } }'),
  },
];
