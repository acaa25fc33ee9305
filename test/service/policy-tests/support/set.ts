/** A policy with both kinds of lists and a requirement, and a warn policy beside it. */
export const POLICIES = `apiVersion: ambit/v1
kind: Policy
metadata: { name: base }
spec:
  providers:
    allow: [alpha, beta]
    deny: [gamma, { provider: beta, model: other, future: true }]
  requirements:
    require_no_training: true
---
apiVersion: ambit/v1
kind: Policy
metadata: { name: soft }
spec:
  mode: warn
  requirements: { gdpr: true }
`;

/** One target that meets all, one that trains, one that is denied and not listed, one that is not listed. */
export const CATALOG = `apiVersion: ambit/v1
kind: Catalog
metadata: { name: providers }
spec:
  providers:
    - { id: alpha, claims: { training_opt_out: true, gdpr: true }, targets: [{ model: chat }] }
    - { id: beta, claims: { training_opt_out: false, gdpr: true }, targets: [{ model: chat }] }
    - { id: gamma, claims: { training_opt_out: true }, targets: [{ model: chat }] }
    - { id: delta, claims: { training_opt_out: true }, targets: [{ model: chat }] }
`;

/** A document of the given cases, a list in YAML. */
export function testsOf(cases: string): string {
  return `apiVersion: ambit/v1
kind: PolicyTest
metadata: { name: cases }
spec:
  now: 2026-07-01
  cases:
${cases.replace(/^(?=.)/gmu, '    ')}
`;
}
