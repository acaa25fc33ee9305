/** The policy that Ambit runs. */
export const DATA_ROUTING_POLICY = 'data-routing-policy';

/** The policy whose settings Ambit reads and whose work is the gateway's. */
export const AUDIT_LOGGER = 'audit-logger';

/**
 * Policies on content, identity and tools that Keeptrusts' policy catalogues name. They say nothing of which
 * target may receive a request, so a pack that uses them is read without them.
 */
export const CONTENT_POLICIES: ReadonlySet<string> = new Set([
  'agent-firewall',
  'bias-monitor',
  'bot-detector',
  'case-privacy',
  'citation-verifier',
  'cjis-mode',
  'content-extractor',
  'dlp-filter',
  'dual-use-filter',
  'embedding-detector',
  'entity-list-filter',
  'external-moderation',
  'hipaa-phi-detector',
  'human-oversight',
  'itar-ear-filter',
  'language-validator',
  'pii-detector',
  'prompt-injection',
  'quality-scorer',
  'rbac',
  'safety-filter',
  'student-privacy',
]);

/** The names that a misspelt one may not be: taking one for an unknown policy would switch a rule off. */
export const READ_POLICIES: readonly string[] = [DATA_ROUTING_POLICY, AUDIT_LOGGER];
