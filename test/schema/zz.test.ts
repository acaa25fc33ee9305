import Ajv2020 from 'ajv/dist/2020';
import { mutantsOf, textOf } from '../dialects/native/mutants';
import { pathsOf, withValue, valueAt, withKey } from '../dialects/native/mutate';
import { seededSource, pick } from '../generators/source';
import { JUDGED_SAMPLES } from './support/samples';
import { judgeService } from './support/judge';
import { PUBLISHED } from './support/validators';
import { ValueMaker } from './support/values';
import { nearInstant, strangeNumber, strangeText } from './support/words';
test('mutations', () => {
  const out: string[] = [];
  for (const which of ['ambit.schema.json', 'service.schema.json']) {
    const root = PUBLISHED.get(which)!;
    const samples = JUDGED_SAMPLES.filter((s) => (s.judge === judgeService) === (which[0] === 's'));
    const judge = samples[0]!.judge;
    const texts: string[] = [];
    for (const s of samples) for (const m of mutantsOf(s)) texts.push(textOf(m.value, (v) => JSON.stringify(v)));
    const source = seededSource(7);
    for (let i = 0; i < 9000; i++) {
      const s = pick(source, samples); const at = pick(source, pathsOf(s.value)); const v = valueAt(s.value, at);
      const nv = /(?:^now|_at)$/.test(String(at.at(-1))) ? nearInstant(source) : typeof v === 'string' ? strangeText(source) : typeof v === 'number' ? strangeNumber(source) : undefined;
      if (nv !== undefined) texts.push(JSON.stringify(withValue(s.value, at, nv)));
      else if (Array.isArray(v)) texts.push(JSON.stringify(withValue(s.value, at, [...v, pick(source, [v[0], strangeText(source)])])));
      else if (typeof at.at(-1) === 'string') texts.push(JSON.stringify(withKey(s.value, at, strangeText(source))));
    }
    for (const [n, sc] of PUBLISHED) if ((n === 'service.schema.json') === (which[0] === 's') && n !== 'ambit.schema.json')
      for (let i = 0; i < 1500; i++) { const parts = Object.values(sc.$defs ?? {}); const v = new ValueMaker(source, sc).make(); const at = pick(source, pathsOf(v));
        let w = v; try { if (i % 3) w = withValue(v, at, new ValueMaker(source, { ...pick(source, parts), $defs: sc.$defs! }).make()); } catch {} texts.push(JSON.stringify(w)); }
    const bad = texts.map((t) => ({ v: JSON.parse(t) as unknown, j: judge(t) })).filter(({ j }) => j.missed.length > 0);
    out.push(`${which}: ${texts.length} texts, ${bad.length} must be refused`);
    const DROP = ['pattern','maxLength','minItems','maxItems','uniqueItems','minProperties','required','dependentRequired','dependentSchemas','additionalProperties','propertyNames','not','anyOf','if','enum','const','minimum','maximum','type'];
    let n = 0, killed = 0;
    const walk = (node: any, path: string): void => {
      if (typeof node !== 'object' || node === null) return;
      for (const k of Object.keys(node)) {
        if (DROP.includes(k) && !/\/(properties|\$defs)$/.test(path)) {
          if (k === 'additionalProperties' && node[k] !== false) { walk(node[k], `${path}/${k}`); continue; }
          if (/\/(if|not)(\/|$)/.test(path)) continue;
          const keep = node[k]; const th = node.then, el = node.else; delete node[k]; if (k === 'if') { delete node.then; delete node.else; }
          n++;
          let caught = false;
          try { const val = new Ajv2020({ strict: false, logger: false, validateSchema: false }).compile(JSON.parse(JSON.stringify({ ...root, $id: undefined }))); caught = bad.some(({ v }) => val(v)); } catch (e) { caught = true; out.push(String(e)); }
          if (caught) killed++; else out.push(`SURVIVES ${which} ${path}/${k} ${JSON.stringify(keep).slice(0, 80)}`);
          node[k] = keep; if (k === 'if') { if (th !== undefined) node.then = th; if (el !== undefined) node.else = el; }
        }
        if (k !== 'enum' && k !== 'const' && k !== 'required' && k !== 'examples') walk(node[k], `${path}/${k}`);
      }
    };
    walk(root, '');
    out.push(`${which} ${n} dropped, ${killed} noticed`);
  }
  require('fs').writeFileSync('/tmp/mut.txt', out.join('\n'));
}, 3_000_000);
