/** Where a secret is: in a file, or in a variable of the environment. It never stands in the configuration. */
export type SecretReference = { readonly file: string } | { readonly env: string };
