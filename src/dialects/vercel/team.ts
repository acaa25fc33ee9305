import type { Policy } from '../../core/model/policy';
import type { MapReader } from '../yaml/reader';
import { readModelAllowlist } from './model-allowlist';
import { readProviderAllowlist } from './provider-allowlist';
import { readRequirements } from './requirements';

/** UTF-16 units in a team's name, which is part of the id of its policy. */
const MAX_NAME_CHARS = 100;

/** Reads the settings of one team as one policy. The result counts only if the file's report has no errors. */
export function readTeam(team: MapReader): Policy {
  if (team.isEmpty) {
    team.fail('empty_map', `\`${team.path}\` states nothing`, {
      help: 'write a setting of the team, such as `zdr: true`, or remove the file',
    });
  }
  const name = team.text('name', { maxChars: MAX_NAME_CHARS });
  const lists = [...readProviderAllowlist(team), ...readModelAllowlist(team)];
  const requirements = readRequirements(team);
  team.close();
  if (lists.length + requirements.length === 0) noteNothing(team);
  return {
    id: `vercel/${name?.value ?? 'team'}`,
    mode: 'enforce',
    scope: new Map(),
    lists,
    requirements,
    block: { status: 403, wording: 'vercel' },
    logSelection: false,
    position: team.label.position,
  };
}

/** What is off restricts nothing and counts as a policy all the same (L10), which nobody should learn by accident. */
function noteNothing({ report, label, path }: MapReader): void {
  if (report.hasErrors) return;
  report.notice('policy_requires_nothing', label, `\`${path}\` restricts nothing`, {
    help: 'every target passes; switch on what the team restricts, or remove the file to block what no other policy covers',
  });
}
