// Three providers over TLS, as far as a demonstration needs them: each answers a chat completion with its own name, fails
// when it is told to, and counts what reaches it.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { join } from 'node:path';

export const NAMES = ['alpha', 'beta', 'gamma'];

/** Makes an authority, and a certificate for each provider, in this folder. Needs openssl. */
export function makeCertificates(folder) {
  const file = (name) => join(folder, name);
  const openssl = (...args) =>
    execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const days = ['-days', '2'];
  const authority = ['-x509', '-subj', '/CN=demo authority', ...days];
  openssl('req', ...authority, ...newKey, '-keyout', file('ca.key'), '-out', file('ca.crt'));
  for (const name of NAMES) {
    writeFileSync(file(`${name}.ext`), `subjectAltName=DNS:${name}.localhost\n`);
    const request = [
      '-subj',
      `/CN=${name}`,
      '-keyout',
      file(`${name}.key`),
      '-out',
      file(`${name}.csr`),
    ];
    openssl('req', ...newKey, ...request);
    const signed = ['-CA', file('ca.crt'), '-CAkey', file('ca.key'), '-CAcreateserial', ...days];
    const files = [
      '-in',
      file(`${name}.csr`),
      '-extfile',
      file(`${name}.ext`),
      '-out',
      file(`${name}.crt`),
    ];
    openssl('x509', '-req', ...signed, ...files);
  }
}

/** Starts the providers on free ports of loopback. */
export async function startProviders(folder) {
  const providers = {};
  for (const name of NAMES) providers[name] = await startProvider(folder, name);
  return providers;
}

async function startProvider(folder, name) {
  const provider = { name, requests: 0, status: 200 };
  const tls = {
    key: readFileSync(join(folder, `${name}.key`)),
    cert: readFileSync(join(folder, `${name}.crt`)),
  };
  const server = createServer(tls, (request, response) => {
    provider.requests += 1;
    request.resume();
    request.once('end', () => {
      response.writeHead(provider.status, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify(
          provider.status === 200 ? completion(name) : { error: { message: `${name} is down` } },
        ),
      );
    });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  provider.port = server.address().port;
  provider.close = () => {
    server.closeAllConnections();
    server.close();
  };
  return provider;
}

function completion(name) {
  const message = { role: 'assistant', content: `hello from ${name}` };
  return {
    id: `chatcmpl-${name}`,
    object: 'chat.completion',
    created: 0,
    model: `${name}-large`,
    choices: [{ index: 0, message, finish_reason: 'stop' }],
  };
}
