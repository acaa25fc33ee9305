import { clientHeadersPass, unreadParts } from './rules/hop-scripts';
import { addedFeatures } from './rules/added-features';
import { mixedTarget } from './rules/mixed-target';
import { otherPath } from './rules/other-path';
import { otherListener } from './rules/other-listener';
import { underscoreHeaders } from './rules/underscores';
import { unknownContext } from './rules/unknown-context';
import { upstreamFilters } from './rules/upstream-filters';
import type { EnvoyLintRule } from '../../ports/envoy-lint';
import type { Rule } from './rule';
import { accountHeadersPass, clientCredentialsPass } from './rules/client-credentials';
import { exposedAdmin } from './rules/admin';
import { changedAfterDecision } from './rules/after-decision';
import { bodyAsText } from './rules/body-as-text';
import { bodyAboveAmbit, bodyAboveBuffer } from './rules/body-limits';
import { clearRouteCache } from './rules/clear-route-cache';
import { unclearedFields } from './rules/cleared-fields';
import {
  controlHeaderAppended,
  controlHeadersPass,
  envoyHeadersPass,
} from './rules/control-headers';
import { hedged, mirrored, redirected } from './rules/copies';
import { decisionTimeout } from './rules/decision-timeout';
import { defaultGroup } from './rules/default-group';
import { disabledExtAuthz } from './rules/disabled-ext-authz';
import { failureModeAllow } from './rules/failure-mode-allow';
import { failureModeHeader } from './rules/failure-mode-header';
import { fixedTarget } from './rules/fixed-target';
import { forgedMetadata } from './rules/forged-metadata';
import { disabledGuard, distantGuard, noGuard, weakGuard } from './rules/guard';
import { inlineKey } from './rules/inline-key';
import { lateExtAuthz } from './rules/late-ext-authz';
import { lateLift } from './rules/late-lift';
import { loggedCredentials, loggedQuery } from './rules/logged-secrets';
import { noExtAuthz } from './rules/no-ext-authz';
import { notSeen } from './rules/not-seen';
import { notUnderstood } from './rules/not-understood';
import { nothingJudged } from './rules/nothing-judged';
import { overrideFallback } from './rules/override-fallback';
import { overrideNamespace } from './rules/override-namespace';
import { overrideSource } from './rules/override-source';
import { partialBody } from './rules/partial-body';
import { partlyAsked } from './rules/partly-asked';
import { pathNormalization } from './rules/path-normalization';
import { fewRetries, noRetries, sameTargetAgain } from './rules/retries';
import { clientModelSent, unseenModelSent } from './rules/sent-model';
import { shadowMode } from './rules/shadow-mode';
import { statefulSession } from './rules/stateful-session';
import { noStatusOnError, successOnError } from './rules/status-on-error';
import { streamCut } from './rules/stream-cut';
import { targetByHeader } from './rules/target-by-header';
import { noTenant, tenantByRoute, tenantFromRequest } from './rules/tenant';
import {
  noSanCheck,
  noSni,
  noTrustedCa,
  plaintextAmbit,
  plaintextProvider,
  untrustedAccepted,
} from './rules/tls';
import { uncheckedMutations, unvalidatedMutations } from './rules/unchecked-mutations';
import { compositeCluster, dynamicForwardProxy, tcpProxy } from './rules/unasked-ways';
import { unreadBodySent } from './rules/unread-body';
import { unwrittenHost } from './rules/unwritten-host';
import { unwrittenPath } from './rules/unwritten-path';
import { upgrades } from './rules/upgrades';
import { withheldBody } from './rules/withheld-body';

/** Faults of a file as such; whoever reads it finds them. */
export const READING_RULES: readonly EnvoyLintRule[] = Object.freeze([
  {
    code: 'unreadable_configuration',
    severity: 'error',
    meaning: 'a file is no YAML or JSON that Envoy reads, or larger than any configuration',
    remedy:
      'mend what the mark shows; `envoy --mode validate -c FILE` says what Envoy thinks of it',
  },
  {
    code: 'repeated_key',
    severity: 'error',
    meaning: 'a key stands twice in one mapping',
    remedy: 'keep one of the two',
  },
]);

/** All rules, in the order of docs/envoy-lint.md: the way of a request, from the client to the provider. */
export const RULES: readonly Rule[] = Object.freeze([
  // Is Ambit asked about every request, and does its answer count?
  noExtAuthz,
  lateExtAuthz,
  disabledExtAuthz,
  partlyAsked,
  shadowMode,
  failureModeAllow,
  failureModeHeader,
  noStatusOnError,
  successOnError,
  decisionTimeout,
  plaintextAmbit,
  uncheckedMutations,
  unvalidatedMutations,
  noGuard,
  weakGuard,
  distantGuard,
  disabledGuard,
  forgedMetadata,
  changedAfterDecision,
  // Does Ambit judge what is sent?
  partialBody,
  bodyAsText,
  bodyAboveAmbit,
  bodyAboveBuffer,
  withheldBody,
  lateLift,
  clientModelSent,
  unseenModelSent,
  unclearedFields,
  unreadBodySent,
  unreadParts,
  addedFeatures,
  unwrittenPath,
  otherPath,
  unwrittenHost,
  pathNormalization,
  upgrades,
  // Can the client write what Ambit or Envoy says?
  controlHeadersPass,
  envoyHeadersPass,
  controlHeaderAppended,
  clientHeadersPass,
  underscoreHeaders,
  tenantFromRequest,
  tenantByRoute,
  noTenant,
  unknownContext,
  // Does a request reach only the targets that Ambit has named?
  clearRouteCache,
  defaultGroup,
  overrideNamespace,
  overrideFallback,
  overrideSource,
  fixedTarget,
  mixedTarget,
  otherListener,
  targetByHeader,
  statefulSession,
  compositeCluster,
  dynamicForwardProxy,
  tcpProxy,
  mirrored,
  hedged,
  redirected,
  noRetries,
  sameTargetAgain,
  fewRetries,
  streamCut,
  // Is the provider who it should be, and does it learn only what it should?
  plaintextProvider,
  noSni,
  noTrustedCa,
  noSanCheck,
  untrustedAccepted,
  upstreamFilters,
  clientCredentialsPass,
  accountHeadersPass,
  inlineKey,
  loggedCredentials,
  loggedQuery,
  exposedAdmin,
  // What was not checked.
  nothingJudged,
  notSeen,
  notUnderstood,
]);
