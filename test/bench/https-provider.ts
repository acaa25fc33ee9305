import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** What every request is answered with: as many bytes as a short completion has. */
const ANSWER = JSON.stringify({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  choices: [
    { index: 0, message: { role: 'assistant', content: 'x'.repeat(400) }, finish_reason: 'stop' },
  ],
});

/** A provider over TLS that reads the request and answers at once: `KEY_FILE CERTIFICATE_FILE`. */
function main(): void {
  const [keyFile = '', certificateFile = ''] = process.argv.slice(2);
  const files = { key: readFileSync(keyFile), cert: readFileSync(certificateFile) };
  const server = createServer(files, (incoming, response) => {
    incoming.resume();
    incoming.once('end', () => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(ANSWER);
    });
  });
  // Connections are kept, so that no handshake is measured.
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    process.stdout.write(`${JSON.stringify({ address: String(port) })}\n`);
  });
}

main();
