import { pack } from '../support/documents';
import type { FileCase } from '../support/matrix';

const data = (lines: string): string =>
  `      data_policy:\n${lines.replace(/^(?=.)/gmu, '        ')}`;

/** Mistakes that only a pack can hold. */
export const PACK_CASES: readonly FileCase[] = [
  {
    category: 'truncated',
    name: 'cut before the policy',
    content: pack().slice(0, pack().indexOf('policy:\n')),
  },
  {
    category: 'truncated',
    name: 'cut within the targets',
    content: pack().slice(0, pack().indexOf('      zdr')),
  },
  {
    category: 'invisible',
    name: 'a terminal escape in an id',
    content: pack().replace('id: one', 'id: "\\e]0;x\\a"'),
  },
  {
    category: 'lookalike',
    name: 'a key in another case',
    content: pack({ target: '      ZDR: true' }),
  },
  {
    category: 'lookalike',
    name: 'one id in two widths',
    content: pack({
      target: '      zdr: true\n    - id: \uFF4Fne\n      provider: openai\n      model: gpt-4o',
    }),
  },
  {
    category: 'prototype',
    name: 'constructor in the chain',
    content: pack({ chain: '[data-routing-policy, constructor]' }),
  },
  {
    category: 'prototype',
    name: '__proto__ as a policy',
    content: pack({ rest: '  __proto__: { require_no_training: false }\n' }),
  },
  {
    category: 'prototype',
    name: 'valueOf as a claim',
    content: pack({ target: data('valueOf: true') }),
  },
  {
    category: 'contradictory',
    name: 'a shorthand against its block',
    content: pack({ target: `      zdr: true\n${data('zero_data_retention: false')}` }),
  },
  {
    category: 'contradictory',
    name: 'a policy in the chain that is not there',
    content: pack({ chain: '[data-routing-policy, no-such-policy]' }),
  },
  {
    category: 'duplicate',
    name: 'an id twice',
    content: pack({
      target: '      zdr: true\n    - id: one\n      provider: openai\n      model: other',
    }),
  },
  {
    category: 'duplicate',
    name: 'a policy twice in the chain',
    content: pack({ chain: '[data-routing-policy, data-routing-policy]' }),
  },
  {
    category: 'version',
    name: 'a number for a version',
    content: pack().replace('version: 1.0.0', 'version: 1.0'),
  },
  {
    category: 'version',
    name: 'a pack that is a native document of another version',
    content: `apiVersion: keeptrusts/v9\n${pack()}`,
  },
  {
    category: 'type',
    name: 'a truth value in quotes',
    content: pack({ target: '      zdr: "true"' }),
  },
  {
    category: 'type',
    name: 'days in quotes',
    content: pack({ policy: "    max_retention_days: '0'" }),
  },
  {
    category: 'type',
    name: 'a text for the chain',
    content: pack({ chain: 'data-routing-policy' }),
  },
  {
    category: 'type',
    name: 'a mapping for the targets',
    content: pack().replace('    - id: one', '    one:\n      id: one'),
  },
  { category: 'type', name: 'a list for a pack', content: '- pack\n- providers\n' },
  { category: 'empty', name: 'no policy in the chain', content: pack({ chain: '[]' }) },
  { category: 'empty', name: 'no settings', content: pack({ policy: '' }) },
  {
    category: 'empty',
    name: 'a target without a name',
    content: pack().replace('id: one', 'id: ""'),
  },
  { category: 'unknown key', name: 'of a target', content: pack({ target: '      zrd: true' }) },
  {
    category: 'unknown key',
    name: 'of the policy',
    content: pack({ policy: '    require_zero_retention: true' }),
  },
  { category: 'unknown key', name: 'at the top', content: pack({ rest: 'polices: {}\n' }) },
  {
    category: 'unknown key',
    name: 'a claim',
    content: pack({ target: data('zero_retention: true') }),
  },
  {
    category: 'unknown value',
    name: 'what to do when nothing is left',
    content: pack({ policy: '    require_no_training: true\n    on_no_compliant_provider: allow' }),
  },
  {
    category: 'unknown value',
    name: 'a collection',
    content: pack({ target: '      data_collection: never' }),
  },
  {
    category: 'number',
    name: 'below zero',
    content: pack({ policy: '    max_retention_days: -1' }),
  },
  {
    category: 'number',
    name: 'a fraction',
    content: pack({ target: data('retention_days: 0.1') }),
  },
  { category: 'number', name: 'infinity', content: pack({ target: data('retention_days: .inf') }) },
  { category: 'number', name: 'octal', content: pack({ policy: '    max_retention_days: 0o0' }) },
  { category: 'missing', name: 'the name', content: pack().replace('  name: sample\n', '') },
  {
    category: 'missing',
    name: 'the chain',
    content: pack().replace('  chain: [data-routing-policy]', '  other: x'),
  },
  {
    category: 'missing',
    name: 'the id of a target',
    content: pack().replace('- id: one\n      provider', '- provider'),
  },
  {
    category: 'missing',
    name: 'the model of a target',
    content: pack().replace('      model: gpt-4o\n', ''),
  },
];
