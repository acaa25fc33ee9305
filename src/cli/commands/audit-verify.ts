import type { TrailVerifier } from '../../ports/trail-keys';
import type { TrailTools } from '../../ports/trail-tools';
import type { TrailHead } from '../../service/trail/line';
import { verifyTrail } from '../../service/trail/verify-trail';
import type { TrailProof } from '../../service/trail/verify-trail';
import type { CommandRun } from '../command';
import { printJson, type CommandContext } from '../command-context';
import { EXIT_CODES, type ExitCode } from '../exit-codes';
import type { ParsedArguments } from '../parsed-arguments';
import { trailProofDocument, trailProofText } from '../reporters/trail-proof';
import { UsageError } from '../usage-error';

/**
 * Follows a trail in a directory.
 *
 * @public load-command.ts requires it by name
 */
export const runAuditVerify: CommandRun = async (parsed, context) => {
  const directory = directoryOf(parsed);
  const tools = await context.dependencies.loadTrailTools();
  const head = headOf(parsed);
  const evidence = {
    verifiers: await verifiersOf(parsed, context, tools),
    sha256: tools.sha256,
    ...(head === undefined ? {} : { head }),
  };
  const proof = await verifyTrail(tools.filesIn(directory), evidence).catch(() => undefined);
  if (proof === undefined) {
    throw new UsageError(`\`${directory}\` cannot be read`, 'name the directory of a trail');
  }
  const shown = { proof, directory, hasHead: head !== undefined };
  if (parsed.value('format') === 'json') printJson(context, trailProofDocument(shown));
  else context.dependencies.stdout.write(trailProofText(shown, context.palette));
  return exitCodeOf(proof);
};

function directoryOf({ positionals }: ParsedArguments): string {
  const [directory, second] = positionals;
  if (directory !== undefined && second === undefined) return directory.replace(/(?<=.)\/+$/u, '');
  throw new UsageError('`ambit audit verify` takes one directory', 'name that of the trail');
}

async function verifiersOf(
  parsed: ParsedArguments,
  { dependencies }: CommandContext,
  tools: TrailTools,
): Promise<readonly TrailVerifier[]> {
  const paths = parsed.values('key');
  if (paths.length === 0)
    throw new UsageError('`--key` is missing', 'name a public key: `--key FILE`');
  const verifiers: TrailVerifier[] = [];
  for (const path of paths) {
    const read = await dependencies.reader.read(path);
    const verifier =
      'failure' in read ? { problem: read.failure } : tools.readVerifier(read.file.text);
    if ('problem' in verifier) {
      throw new UsageError(`\`${path}\` is no key: ${verifier.problem}`, 'name `trail.pub.pem`');
    }
    verifiers.push(verifier);
  }
  return verifiers;
}

const HEAD = /^([1-9]\d{0,14}):([0-9a-f]{64})$/u;

function headOf(parsed: ParsedArguments): TrailHead | undefined {
  const text = parsed.value('head');
  if (text === undefined) return undefined;
  const [, sequence, hash] = HEAD.exec(text) ?? [];
  if (sequence !== undefined && hash !== undefined) return { sequence: Number(sequence), hash };
  throw new UsageError(
    `\`--head ${text}\` is no head`,
    'write the number of a line, `:`, and its hash',
  );
}

/** A trail without a line, like one that cannot be read, proves nothing. */
function exitCodeOf({ finding, chained }: TrailProof): ExitCode {
  if (finding !== undefined) return EXIT_CODES.findings;
  return chained.sequence === 0 ? EXIT_CODES.usage : EXIT_CODES.ok;
}
