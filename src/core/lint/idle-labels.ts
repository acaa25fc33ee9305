import type { Claim } from '../model/claim';
import type { Finding } from '../model/finding';
import { setFinding } from '../policy/set-finding';
import { claimsOf } from '../requirements/registry';
import { claimHolders, type ClaimHolder } from './claim-holders';
import type { LintView } from './lint-view';
import { ruleWordOf, type RuleWord } from './rule-words';

const LABEL = 'label:';

interface Label {
  readonly holder: ClaimHolder;
  readonly claim: Claim;
  readonly text: string;
  readonly word: RuleWord;
}

/**
 * Labels that look like a rule and that no policy reads: `zdr: "true"` as a label is a text beside the target, keeps
 * nothing out and lets nothing in. One finding for all labels of one key and value.
 */
export function idleLabels({ set }: LintView): readonly Finding[] {
  const read = new Set(
    set.documents.flatMap(({ document }) =>
      document.policies.flatMap(({ requirements }) =>
        requirements.flatMap(({ rule }) => claimsOf(rule)),
      ),
    ),
  );
  const groups = new Map<string, Label[]>();
  for (const label of claimHolders(set).flatMap(labelsOf)) {
    if (read.has(label.claim.name)) continue;
    groups.set(label.text, [...(groups.get(label.text) ?? []), label]);
  }
  return [...groups.values()].flatMap(report);
}

function labelsOf(holder: ClaimHolder): readonly Label[] {
  return holder.claims.flatMap((claim) => {
    const { name, value } = claim;
    if (!name.startsWith(LABEL)) return [];
    const key = name.slice(LABEL.length);
    const word = ruleWordOf(key, String(value));
    return word === undefined ? [] : [{ holder, claim, text: `${key}: ${String(value)}`, word }];
  });
}

function report(labels: readonly Label[]): readonly Finding[] {
  const [first] = labels;
  if (first === undefined) return [];
  const { holder, claim, text, word } = first;
  const others = labels.length === 1 ? '' : ` and ${String(labels.length - 1)} more`;
  return [
    setFinding({
      severity: 'warning',
      code: 'label_decides_nothing',
      message: `label \`${text}\` of ${holder.level} \`${holder.id}\`${others} decides nothing: no policy reads it`,
      help: `claim \`${word.claim}\` under \`claims\` and demand \`${word.requirement}\` under \`requirements\`, or demand the label under \`requirements.labels\``,
      position: claim.position,
    }),
  ];
}
