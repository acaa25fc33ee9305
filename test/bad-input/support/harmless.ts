import type { Surface } from './matrix';

const SAME_ANSWER = 'no header of it chooses anything; the one message decides';
const PROTOCOL = 'HTTP/2 says to ignore it, and nothing is answered';

/** Every case that is let through, and why nobody gets more by it than without. All others are refused or blocked. */
export const HARMLESS: Readonly<Partial<Record<Surface, Readonly<Record<string, string>>>>> = {
  policy: {
    'unknown key: of a scope, nearly a usual one':
      'scope keys are free; the warning names the usual one',
    'number: negative zero': 'it is 0, the strictest value',
  },
  catalog: {
    'lookalike: a provider in another case': 'ids differ in case, so it is a provider of its own',
    'contradictory: zero retention, and days of it':
      'neither says anything of the other (L2); each is required by itself',
    'duplicate: an alias twice': 'names differ in case, and both stand for the same provider',
  },
  bundle: {
    'lookalike: a tenant in two widths': 'they are two tenants, each with the policies of its own',
  },
  pack: {
    'truncated: cut before the policy':
      'Keeptrusts documents all defaults for it; the warning says that nothing is required',
    'lookalike: one id in two widths': 'ids differ in width, so it is a target of its own',
    'version: a number for a version': 'the version of a pack means nothing for eligibility',
  },
  service: {
    'lookalike: a tenant in two widths': 'they are two tenants, and the caller may claim both',
    'number: a leading zero in a port': 'a port is decimal, and there is one that it can mean',
  },
  request: {
    'invisible: an escaped control in a reference': 'a reference is echoed and never looked up',
    'prototype: __proto__ as a scope key': 'no policy names it, so it changes nothing (L3)',
  },
  message: {
    'lookalike: a reference in two widths': 'references are echoed, and these two differ',
    'prototype: __proto__ as a scope key and an attribute': 'nothing names it, so nothing changes',
    'number: a revision below zero': 'every bundle is at least that new',
    'huge: Check: a body of 4 MiB of quotes':
      'it is as large as a body may be, and names one model',
    'contradictory: Check: a body, and fields that were lifted':
      'the body is what the provider gets',
    'number: Check: a number without end in a body': 'the number decides nothing',
  },
  frame: {
    'truncated: a message that its client takes back': PROTOCOL,
    'foreign: a frame of an unknown type': PROTOCOL,
    'contradictory: a stream whose number is lower than the last': PROTOCOL,
    'unknown key: a setting': PROTOCOL,
    'encoding: a header of bytes that are no UTF-8': SAME_ANSWER,
    'encoding: a binary header that is no base64': SAME_ANSWER,
    'invisible: a line break in a header': SAME_ANSWER,
    'invisible: a NUL in a header': SAME_ANSWER,
    'invisible: a terminal escape in a header': SAME_ANSWER,
    'invisible: a space in the name of a header': SAME_ANSWER,
    'prototype: __proto__ as a header': SAME_ANSWER,
    'huge: a header of 15 KiB with others': SAME_ANSWER,
    'unknown key: a header of ours that nobody may send': SAME_ANSWER,
    'missing: te: trailers': 'it tells of proxies that lose trailers; the one message decides',
  },
};
