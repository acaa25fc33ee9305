import type { Source } from '../../../generators/source';

/** Something that must be in no record. */
export interface Canary {
  readonly kind: string;
  readonly text: string;
  /** What is looked for. */
  readonly mark: string;
}

const MARK = 'CANARY7';

const WRITTEN: Readonly<Record<string, string>> = {
  prompt: `Summarise the diagnosis of ${MARK} for me`,
  'prompt of lines': `You are a doctor.\n${MARK} has\ta cold`,
  'prompt in other letters': `请总结${MARK}的诊断`,
  'openai key': `sk-proj-${MARK}abcdef123456`,
  'key within a name': `acme/sk-${MARK}abcdef123456`,
  'signed token': `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI${MARK}.c2ln`,
  'aws key id': `AKIA${MARK}IOSFODNN`,
  'aws secret': `wJalrXUtnFEMI/K7${MARK}nG/bPxRfiCYEXAMPLEKEY`,
  pem: `-----BEGIN PRIVATE KEY-----\nMIIEvQ${MARK}\n-----END PRIVATE KEY-----`,
  bearer: `Bearer ${MARK}`,
  'user and password': `https://user:${MARK}@api.example.com/v1`,
};

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** 40 characters of letters and digits. */
function randomText(source: Source): string {
  return Array.from({ length: 40 }, () => LETTERS[source.below(LETTERS.length)]).join('');
}

/** One of each kind; the random one is another one each time. */
export function canaries(source: Source): readonly Canary[] {
  const text = randomText(source);
  return [
    ...Object.entries(WRITTEN).map(([kind, each]) => ({ kind, text: each, mark: MARK })),
    { kind: 'random', text, mark: text.slice(4, 16) },
  ];
}

/** True if something holds a canary, in whatever case. */
export function holds(value: unknown, { mark }: Canary): boolean {
  return JSON.stringify(value).toLowerCase().includes(mark.toLowerCase());
}
