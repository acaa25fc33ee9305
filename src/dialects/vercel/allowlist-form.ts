import type { MapReader } from '../yaml/reader';

/** What must stand together does, and what says the same twice does not. */
export function checkAllowlistForm(team: MapReader, isOn: boolean | undefined): void {
  const [hasEnabled, hasDisabled] = [team.has('enabled'), team.has('disabled')];
  if (hasEnabled && hasDisabled) {
    team.fail(
      'contradiction',
      `\`${team.path}\` says both what is \`enabled\` and what is \`disabled\``,
      {
        help: 'keep `enabled`, which names what is on',
      },
    );
    return;
  }
  const isNamed = hasEnabled || hasDisabled;
  const help = 'say whether the allowlist is on: a list that is off restricts nothing';
  if (isNamed) team.required('allowlist_on', help);
  else if (isOn === true) {
    team.required('enabled', 'name the providers that are on: `enabled: [openai]`');
  }
  checkKnown(team, hasDisabled);
}

function checkKnown(team: MapReader, hasDisabled: boolean): void {
  if (hasDisabled) {
    team.required('as_of', 'write the day on which the settings were read: `as_of: 2026-01-31`');
    team.required('providers', 'name all providers that there were on that day: new ones are off');
  } else if (team.has('as_of') || team.has('providers')) {
    team.required('disabled', '`as_of` and `providers` say of what and when `disabled` was read');
  }
}
