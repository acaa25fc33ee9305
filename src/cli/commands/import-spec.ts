import type { CommandSpec } from '../command';

/** `ambit import`. */
export const importSpec: CommandSpec = {
  name: 'import',
  summary: "print a file of another system's as native files",
  description: [
    'Reads one file as `ambit serve` would and prints what it states in native words. Comments say where each rule',
    'comes from, and where its meaning had to be decided. The result decides as the file does.',
  ],
  positionals: '[[DIALECT:]FILE|-]',
  options: [
    {
      name: 'catalog',
      value: 'FILE|-',
      times: 'once',
      summary: 'a list of providers and models in place of a policy, printed as a catalog',
    },
  ],
  examples: [
    {
      purpose: 'leave a gateway behind',
      line: 'import compliance.yaml > policies/compliance.yaml',
    },
    {
      purpose: "make a catalog of models.dev, LiteLLM's price map or OpenRouter's providers",
      line: 'import --catalog api.json > policies/catalog.yaml',
    },
  ],
};
