import { DIALECTS } from '../../../support/dialects';
import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { PolicySet } from '../../../../src/core/model/policy-set';
import type { DecisionRequest } from '../../../../src/core/model/request';
import { digestOf } from '../../../../src/platform/digest';
import { loadPolicies } from '../../../../src/service/policy-loader';
import { createFileReader } from '../../../../src/sources/files/file-reader';
import { nativeFiles } from '../../../generators/native-text';
import { printable } from '../../../generators/printable';
import { explicitRequest } from '../../../generators/requests';
import { policySet } from '../../../generators/sets';
import { seededSource } from '../../../generators/source';
import type { Source } from '../../../generators/source';
import { oracleDecide } from '../../../oracle/decide';
import type { OracleDecision } from '../../../oracle/types';

/** A policy that demands nothing, and has a line of the log for every decision that policies were applied to. */
const WITNESS = `apiVersion: ambit/v1
kind: Policy
metadata: { name: witness }
spec:
  unrestricted: true
  log_provider_selection: true
`;

const BROKEN = WITNESS.replace('unrestricted', 'unrestrickted');

/** A set that lies where the service reads, as the oracle and the answers know it. */
export interface InstalledSet {
  readonly set: PolicySet;
  readonly digest: string;
}

/** Where generated sets are put, one instead of the other, in one step. */
export interface SetFolder {
  /** What `--policy` names. */
  readonly path: string;
  /** Makes another set, tells it, and puts it there; sets that would be refused are not made. */
  install(about: (set: InstalledSet) => void): Promise<void>;
  /** Puts a set there that must be refused. */
  installBroken(): void;
}

/** Creates it in an existing folder; a set lies there only once it is installed. */
export function createSetFolder(folder: string, source: Source): SetFolder {
  const path = join(folder, 'policy');
  let count = 0;
  const write = (files: readonly { readonly name: string; readonly text: string }[]): string => {
    count += 1;
    const name = `set-${String(count)}`;
    mkdirSync(join(folder, name));
    for (const file of files) writeFileSync(join(folder, name, file.name), file.text);
    return name;
  };
  const show = (name: string, as: string): void => {
    symlinkSync(name, join(folder, 'next'));
    renameSync(join(folder, 'next'), as);
  };
  return {
    path,
    install: async (about) => {
      for (;;) {
        const set = printable(policySet(seededSource(source.below(2 ** 31))));
        // No two sets have the same digest.
        const witness = `${WITNESS}# ${String(count)}\n`;
        const name = write([...nativeFiles(set), { name: 'witness.yaml', text: witness }]);
        const loaded = await load(join(folder, name), path);
        if (loaded === undefined) continue;
        about(loaded);
        show(name, path);
        return;
      }
    },
    installBroken: () => {
      show(write([{ name: 'witness.yaml', text: BROKEN }]), path);
    },
  };
}

/** Loads the files that lie in a folder as if they lay in another one. */
async function load(from: string, as: string): Promise<InstalledSet | undefined> {
  const files = createFileReader();
  const there = (path: string): string => path.replace(as, from);
  const here = (path: string): string => path.replace(from, as);
  const { bundle, set } = await loadPolicies({
    roots: [{ path: as }],
    dialects: DIALECTS,
    digestOf,
    reader: {
      expand: async (path) => {
        const expansion = await files.expand(there(path));
        return 'failure' in expansion
          ? expansion
          : { ...expansion, paths: expansion.paths.map(here) };
      },
      read: async (path) => {
        const read = await files.read(there(path));
        return 'failure' in read ? read : { file: { ...read.file, name: path } };
      },
      resolve: (fromFile, included) => files.resolve(fromFile, included),
      identityOf: (path) => files.identityOf(there(path)),
    },
  });
  return bundle === undefined || set === undefined ? undefined : { set, digest: bundle.digest };
}

/** A request that any set may be asked, and that is refused for nothing that it says about itself. */
export function generatedRequest(source: Source, set: PolicySet): DecisionRequest {
  const request = explicitRequest(source, set);
  const { features } = request.context;
  return {
    ...request,
    context: {
      ...request.context,
      features: features.filter((each) => each !== 'no_store' || !features.includes('store')),
    },
    candidates: (request.candidates ?? []).map((candidate) => ({ ...candidate, claims: [] })),
    caller: { rewritesModel: true, ownsClaims: false },
  };
}

/** What the naive evaluator says, kept, since the same questions are asked again and again. */
export function createOracle(): (set: InstalledSet, request: DecisionRequest) => OracleDecision {
  const kept = new WeakMap<InstalledSet, Map<DecisionRequest, OracleDecision>>();
  return (set, request) => {
    const answers = kept.get(set) ?? new Map<DecisionRequest, OracleDecision>();
    kept.set(set, answers);
    const answer = answers.get(request) ?? oracleDecide(set.set, request, Date.now());
    answers.set(request, answer);
    return answer;
  };
}
