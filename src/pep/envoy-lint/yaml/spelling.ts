/** The other spelling of the name of a field, of which Envoy takes both: `aB` for `a_b`. */
export function camelCase(name: string): string {
  return name.replaceAll(/_([a-z0-9])/gu, (_, letter: string) => letter.toUpperCase());
}
