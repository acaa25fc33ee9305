import type { PolicyDialect } from '../../ports/policy-dialect';

/** Tells a dialect by a top-level key that no other one has: at the start of a line, or behind the brace of a JSON text. */
export function hasTopLevelKey(key: string): PolicyDialect['detects'] {
  const hasLine = hasTopLevelLine(key);
  const inBraces = new RegExp(`^\\s*\\{\\s*"?${key}"?\\s*:`, 'u');
  return (file) => hasLine(file) || inBraces.test(file.text);
}

/** The same for a dialect whose files are never written in JSON. */
export function hasTopLevelLine(key: string): PolicyDialect['detects'] {
  const line = new RegExp(`^(?:${key}|"${key}"|'${key}')\\s*:`, 'mu');
  return ({ text }) => line.test(text);
}
