import { join } from 'node:path';

import { makeDirectory } from '../../platform/make-directory';
import { readSecret, type Environment } from '../../platform/secret';
import { signerFromPem, trailCrypto } from '../../platform/trail-keys';
import type { AuditStore } from '../../ports/audit-store';
import { openBundleFiles } from './bundle-files';
import { openCounterFile } from './counter-file';
import { createTrailFiles } from './trail-files';

/** Where bundles are kept, beneath the trail's directory. */
export const BUNDLES = 'bundles';

/** Keeps evidence in directories of files; keys may be in the variables of the environment. */
export function createAuditStore(environment: Environment): AuditStore {
  return {
    crypto: trailCrypto,
    open: async (directory) => {
      await makeDirectory(directory);
      return {
        trail: createTrailFiles(directory),
        bundles: await openBundleFiles(join(directory, BUNDLES)),
        openCounter: () => openCounterFile(directory),
      };
    },
    readSigner: async (reference) => {
      const where = 'file' in reference ? reference.file : reference.env;
      const read = await readSecret(reference, environment);
      if ('problem' in read) return { problem: `the key of the trail: ${read.problem}` };
      const signer = signerFromPem(read.bytes.toString('utf8'));
      return 'problem' in signer
        ? { problem: `the key of the trail: \`${where}\`: ${signer.problem}` }
        : signer;
    },
  };
}
