import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT, runTool, type ToolRun } from './tools';

/** Runs promtool: that of PROMTOOL_BIN, else the one that scripts/install-test-tools.sh installs. */
export function promtool(...args: readonly string[]): ToolRun {
  const installed = join(ROOT, 'test/.tools/promtool');
  const program = process.env['PROMTOOL_BIN'] ?? (existsSync(installed) ? installed : 'promtool');
  return runTool([program, ...args]);
}
