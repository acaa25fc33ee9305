/** One instruction of a Dockerfile, its continued lines joined. */
export interface Instruction {
  readonly name: string;
  readonly text: string;
}

/** The instructions from one FROM to the next. */
export interface Stage {
  readonly name: string;
  readonly base: string;
  readonly instructions: readonly Instruction[];
}

const INSTRUCTION = /^([A-Z]+)\s+(.*)$/;
const FROM = /^(\S+)\s+AS\s+(\S+)$/;

/** The stages of a Dockerfile, in order. A line that is no instruction is an error. */
export function stagesOf(dockerfile: string): readonly Stage[] {
  const stages: { name: string; base: string; instructions: Instruction[] }[] = [];
  for (const instruction of instructionsOf(dockerfile)) {
    const [, base, name] = instruction.name === 'FROM' ? (FROM.exec(instruction.text) ?? []) : [];
    if (base !== undefined && name !== undefined) stages.push({ name, base, instructions: [] });
    else if (instruction.name === 'FROM') throw new Error(`unnamed stage: ${instruction.text}`);
    else stages.at(-1)?.instructions.push(instruction);
  }
  return stages;
}

function instructionsOf(dockerfile: string): readonly Instruction[] {
  const lines = dockerfile
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const joined = lines.join('\n').replace(/\\\n\s*/g, '');
  return joined.split('\n').map((line) => {
    const [, name, text] = INSTRUCTION.exec(line) ?? [];
    if (name === undefined || text === undefined) throw new Error(`no instruction: ${line}`);
    return { name, text };
  });
}

/** The texts of a stage's instructions of this name. */
export function textsOf({ instructions }: Stage, name: string): readonly string[] {
  return instructions.filter((each) => each.name === name).map(({ text }) => text);
}

/** A command in exec form; throws if it is in shell form. */
export function execForm(text: string | undefined): readonly string[] {
  const parsed: unknown = JSON.parse(text ?? '');
  if (!Array.isArray(parsed)) throw new Error(`not in exec form: ${String(text)}`);
  return parsed.map(String);
}
