import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { hadolint, ROOT } from './support/tools';

const DOCKERFILE = readFileSync(join(ROOT, 'deploy/docker/Dockerfile'), 'utf8');

describe('hadolint', () => {
  it('has nothing to say about the Dockerfile', () => {
    expect(hadolint(DOCKERFILE)).toEqual({ code: 0, output: '' });
  });

  it.each([
    ['root', 'USER 65532:65532', 'USER root', 'DL3002'],
    ['a shell in between', /ENTRYPOINT .*/, 'ENTRYPOINT node /app/dist/main.js', 'DL3025'],
  ])('would find %s', (_, from, to, code) => {
    const changed = DOCKERFILE.replace(from, to);
    expect(changed).not.toBe(DOCKERFILE);
    const { code: exitCode, output } = hadolint(changed);
    expect(exitCode).not.toBe(0);
    expect(output).toContain(code);
  });
});
