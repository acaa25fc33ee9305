#!/usr/bin/env bash
# Mutation testing of src/core (docs/mutation-testing.md): changes the code in one place after the other and looks whether
# a test fails. Fails below the score that stryker.config.mjs wants, and where a survivor is not explained on that page.
# Takes more than an hour on one core. With arguments, only folders or files below src/core: `requirements`,
# `engine/decide.ts`.
set -eu
cd "$(dirname "$0")/.."

patterns=()
for part in "$@"; do
  path="src/core/$part"
  if [ -d "$path" ]; then
    patterns+=("$path/**/*.ts")
  elif [ -f "$path" ]; then
    patterns+=("$path")
  else
    echo "test-mutation: \`$part\` is neither a folder nor a file below src/core" >&2
    exit 2
  fi
done
mutate=()
[ ${#patterns[@]} -eq 0 ] || mutate=(--mutate "$(IFS=, && echo "${patterns[*]}")")
status=0
nice -n 19 npx stryker run "${mutate[@]}" || status=1
node test/mutation/survivors.cjs || status=1
exit $status
