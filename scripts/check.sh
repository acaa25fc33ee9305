#!/usr/bin/env bash
# Everything that a change must pass and that needs only Node, a stage a line. Prints each stage's time and fails at
# the end if any stage failed, so that one run shows all that is wrong.
set -u
cd "$(dirname "$0")/.."
PATH="$PWD/node_modules/.bin:$PATH"

generated_code_is_current() {
  local fresh status
  fresh=$(mktemp -d)
  buf generate --output "$fresh" && diff -r "$fresh/src/gen" src/gen
  status=$?
  rm -rf "$fresh"
  return $status
}

# name | command
STAGES=(
  'generated code|generated_code_is_current'
  'format|prettier --check --log-level warn .'
  'lint|eslint .'
  'types of the app|tsc --noEmit -p tsconfig.json'
  'types of the core, without Node|tsc --noEmit -p tsconfig.core.json'
  'types of the tests|tsc --noEmit -p tsconfig.test.json'
  'rings|depcruise src --config .dependency-cruiser.cjs'
  'dead code|knip'
  'contract|buf lint'
  'tests|jest'
)

failed=()
for stage in "${STAGES[@]}"; do
  [ -n "${ONLY:-}" ] && [[ "${stage%%|*}" != $ONLY ]] && continue
  [ -n "${SKIP:-}" ] && [[ "${stage%%|*}" == $SKIP ]] && continue
  started=$SECONDS
  if eval "${stage#*|}"; then result=passed; else result=FAILED; failed+=("${stage%%|*}"); fi
  printf '== %-34s %s in %d s\n' "${stage%%|*}" "$result" $((SECONDS - started))
done
if [ ${#failed[@]} -gt 0 ]; then
  printf 'failed: %s\n' "${failed[*]}"
  exit 1
fi
