import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MemoryFiles } from './memory-reader';

const EXAMPLES = join(__dirname, '../../../deploy/examples');

/** The example that README begins with, under short names. */
export const EXAMPLE_FILES: MemoryFiles = {
  'example/catalog.yaml': readFileSync(join(EXAMPLES, 'catalog.yaml'), 'utf8'),
  'example/policy.yaml': readFileSync(join(EXAMPLES, 'policy.yaml'), 'utf8'),
};

/** A policy that is wanted by a rule or two, and whose lines tests can count. */
export const POLICY = `apiVersion: ambit/v1
kind: Policy
metadata: { name: base }
spec:
  requirements:
    require_no_training: true
    max_retention_days: 7
`;

/** Three targets of one model: one that is well declared, one that is contrary, one that says nothing. */
export const CATALOG = `apiVersion: ambit/v1
kind: Catalog
metadata: { name: three }
spec:
  providers:
    - id: good
      claims: { training_opt_out: true, retention_days: 0 }
      targets: [{ model: chat-large, serves: [chat] }]
    - id: keeps
      claims: { training_opt_out: true, retention_days: 30 }
      targets: [{ model: chat }]
    - id: silent
      targets: [{ model: chat }]
`;

/** Both, beside each other. */
export const FILES: MemoryFiles = { 'policy.yaml': POLICY, 'catalog.yaml': CATALOG };
