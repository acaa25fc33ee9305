import type { CommandSpec } from '../command';
import { FORMAT_OPTION, NOW_OPTION, POLICY_OPTIONS, REQUEST_OPTIONS } from '../global-options';

/** Parts of a request that all models have in common. */
const COMMON_PARTS: readonly string[] = ['tenant', 'scope', 'api', 'feature'];

/** `ambit preview`. */
export const previewSpec: CommandSpec = {
  name: 'preview',
  summary: 'show what is allowed and blocked now, by which rule, over the whole catalog',
  description: [
    'Every model, the targets that may receive it in their order, and for the others every reason; which policies',
    'apply, what warn and shadow policies make of it, and when the picture changes next. Without --tenant and',
    '--scope, it is that of a request that says nothing. Ends with 3 if nothing may receive anything.',
  ],
  options: [
    ...POLICY_OPTIONS,
    ...REQUEST_OPTIONS.filter(({ name }) => COMMON_PARTS.includes(name)),
    {
      name: 'model',
      short: 'm',
      value: 'NAME',
      times: 'many',
      summary: 'show only this model, with all of its reasons',
    },
    NOW_OPTION,
    {
      ...FORMAT_OPTION,
      value: 'text|json|html',
      choices: ['text', 'json', 'html'],
      summary: 'for people (text), for programs (json), or a page that stands by itself (html)',
    },
    {
      name: 'output',
      short: 'o',
      value: 'FILE|-',
      times: 'once',
      summary: 'write it there, in the place of what the file holds',
    },
  ],
  examples: [
    { purpose: 'what is allowed now?', line: 'preview --policy policies/' },
    {
      purpose: 'for one team, on the first of January',
      line: 'preview --policy policies/ --tenant acme --scope team=research --now 2027-01-01',
    },
    {
      purpose: 'a page for those who audit it',
      line: 'preview --policy policies/ --format html --output preview.html',
    },
  ],
};
