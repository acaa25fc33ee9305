import { each, field, isTrue, text } from '../model/fields';
import { quote } from '../quote';
import type { Rule } from '../rule';
import type { ConfigNode } from '../yaml/config-node';

/** After an upgrade anything can be sent, and nobody is asked about it. */
export const upgrades: Rule = {
  code: 'upgrades',
  severity: 'error',
  meaning: 'connections can be upgraded, after which nobody sees what is sent',
  remedy: 'remove `upgrade_configs`',
  check: ({ asking, hops }) =>
    [...asking, ...hops].flatMap(({ node, routes }) =>
      [node, ...routes.map(({ action }) => action)]
        .flatMap((holder) => each(holder, 'upgrade_configs'))
        .filter(isOn)
        .map((upgrade) => ({
          at: field(upgrade, 'upgrade_type') ?? upgrade,
          message: `after an upgrade to ${quote(text(upgrade, 'upgrade_type') ?? '')}, models and prompts pass that Ambit never sees`,
        })),
    ),
};

function isOn(upgrade: ConfigNode): boolean {
  return field(upgrade, 'enabled') === undefined || isTrue(upgrade, 'enabled');
}
