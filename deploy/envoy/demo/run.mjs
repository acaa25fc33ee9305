// Shows what Envoy does with what Ambit decides: a request that goes out, one that falls back inside the eligible set, and
// one that is blocked. Starts everything on this machine, and ends it again; `--keep` leaves it running until Ctrl-C.
import { execFileSync, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { makeCertificates, NAMES, startProviders } from './providers.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = resolve(HERE, '../../..');
const AMBIT = join(ROOT, 'dist/main.js');
const ENVOY = process.env.ENVOY_BIN ?? join(ROOT, 'test/.tools/envoy');

const folder = mkdtempSync(join(tmpdir(), 'ambit-demo-'));
const ends = [() => rmSync(folder, { recursive: true, force: true })];
const say = (text = '') => process.stdout.write(`${text}\n`);

async function main() {
  for (const file of [AMBIT, ENVOY]) {
    if (!existsSync(file))
      throw new Error(`there is no ${file}; start this with \`npm run -s demo:envoy\``);
  }
  makeCertificates(folder);
  const providers = await startProviders(folder);
  ends.push(() => Object.values(providers).forEach((provider) => provider.close()));
  writePolicies(providers);
  const port = await freePort();
  writeEnvoyConfiguration(port);
  startBoth();
  await untilAnswered(port);
  await show(port, providers);
  if (process.argv.includes('--keep')) await keep(port);
}

function startBoth() {
  const places = ['--listen', socket(), '--diagnostics', 'none'];
  start('ambit', process.execPath, {
    args: [AMBIT, 'serve', '--policy', join(folder, 'policy'), ...places],
    // Every decision is recorded, so that each attempt in Envoy's log can be held against one.
    env: { ...process.env, AMBIT_LOG_DECISIONS: 'all' },
    log: openSync(join(folder, 'ambit.jsonl'), 'a'),
  });
  const options = ['-l', 'error', '--concurrency', '1', '--disable-hot-restart'];
  const soon = ['--file-flush-interval-msec', '100'];
  start('envoy', ENVOY, { args: ['-c', join(folder, 'envoy.yaml'), ...options, ...soon] });
}

const socket = () => `unix:${join(folder, 'ambit.sock')}`;

/** The files beside this one, with the ports that were free. */
function writePolicies(providers) {
  cpSync(join(HERE, 'policy'), join(folder, 'policy'), { recursive: true });
  const file = join(folder, 'policy/catalog.yaml');
  const withPorts = NAMES.reduce(
    (text, name) =>
      text.replace(
        new RegExp(`(host: ${name}[.]localhost, port: )\\d+`),
        `$1${providers[name].port}`,
      ),
    readFileSync(file, 'utf8'),
  );
  writeFileSync(file, withPorts);
}

/** What an operator does: a key for each target, and the configuration from the catalog. */
function writeEnvoyConfiguration(port) {
  const secrets = join(folder, 'secrets');
  mkdirSync(secrets, { mode: 0o700 });
  const type = 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret';
  for (const name of NAMES) {
    const secret = {
      '@type': type,
      name: `${name}-chat-key`,
      generic_secret: { secret: { inline_string: `key-of-${name}` } },
    };
    writeFileSync(join(secrets, `${name}-chat.yaml`), JSON.stringify({ resources: [secret] }), {
      mode: 0o400,
    });
  }
  const options = [
    '--listen',
    `127.0.0.1:${port}`,
    '--admin',
    'none',
    '--ambit',
    socket(),
    '--secrets',
    secrets,
  ];
  const files = ['--ca', join(folder, 'ca.crt'), '--log', join(folder, 'envoy.log')];
  const text = execFileSync(
    process.execPath,
    [AMBIT, 'envoy', 'config', join(folder, 'policy'), ...options, ...files],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  writeFileSync(join(folder, 'envoy.yaml'), text);
}

/** `log` is an open file that the standard output goes to. */
function start(name, command, { args, env, log = 'ignore' }) {
  const child = spawn(command, args, { env, stdio: ['ignore', log, 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (bytes) => (complaint += bytes));
  let ended = false;
  child.once('exit', (code, signal) => {
    ended = true;
    if (!closing) fail(new Error(`${name} ended (${code ?? signal}): ${complaint.slice(-2000)}`));
  });
  ends.push(() => ended || child.kill('SIGKILL'));
}

function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

function chat(port, model) {
  const body = JSON.stringify({ model, messages: [{ role: 'user', content: 'hello' }] });
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  return new Promise((done, failed) => {
    const sent = request(
      { host: '127.0.0.1', port, method: 'POST', path: '/v1/chat/completions', headers },
      (answer) => {
        let text = '';
        answer.on('data', (bytes) => (text += bytes));
        answer.once('end', () =>
          done({ status: answer.statusCode, headers: answer.headers, text }),
        );
      },
    );
    sent.once('error', failed);
    sent.end(body);
  });
}

/** Both are there once a request is decided, whatever becomes of it. */
function untilAnswered(port) {
  return until('Envoy and Ambit did not answer', async () => {
    const answer = await chat(port, 'chat-legacy').catch(() => undefined);
    return answer?.headers['x-ambit-decision-id'] !== undefined;
  });
}

async function until(complaint, holds) {
  for (let left = 300; left > 0; left -= 1) {
    if (await holds()) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(complaint);
}

async function show(port, providers) {
  say(
    'Three providers listen on this machine. alpha and gamma keep nothing; beta keeps what it is sent for 30 days.',
  );
  say(
    'The policy: nothing that is sent may be kept. This is what Ambit decides for the model `chat`:',
  );
  say();
  say(indent(decide('chat')));
  await step(port, providers, { title: '1. A request for `chat`', model: 'chat' });
  providers.alpha.status = 503;
  await step(port, providers, { title: '2. The same, while alpha fails with 503', model: 'chat' });
  providers.alpha.status = 200;
  const last = await step(port, providers, {
    title: '3. A request for `chat-legacy`, which only beta has',
    model: 'chat-legacy',
  });
  await reconcile(last);
}

/** Envoy writes its log some time after a request has ended, so this waits for the last one's line. */
async function reconcile(decisionId) {
  const [decisions, log] = [join(folder, 'ambit.jsonl'), join(folder, 'envoy.log')];
  await until('Envoy did not log', () => readFileSync(log, 'utf8').includes(decisionId));
  const args = ['audit', 'reconcile', '--decisions', decisions, '--attempts', log];
  say();
  say('Was everything that was sent allowed? Envoy’s log, line by line, against what was decided:');
  say(`   ambit ${args.join(' ')}`);
  say();
  say(indent(ambit([...args, '--no-color'])));
}

const decide = (model) => ambit(['decide', '--policy', 'policy', '--model', model, '--no-color']);

function ambit(args) {
  // It does not end with 0 where a request is blocked, or where something is found.
  try {
    return execFileSync(process.execPath, [AMBIT, ...args], { encoding: 'utf8', cwd: folder });
  } catch (error) {
    return error.stdout;
  }
}

const indent = (text) => text.trimEnd().replace(/^(?=.)/gm, '   ');

async function step(port, providers, { title, model }) {
  for (const provider of Object.values(providers)) provider.requests = 0;
  const answer = await chat(port, model);
  say();
  say(title);
  say(`   answer    ${answer.status} ${summaryOf(answer)}`);
  say(`   decision  ${answer.headers['x-ambit-decision-id']}`);
  say(`   received  ${NAMES.map((name) => `${name} ${providers[name].requests}`).join(', ')}`);
  if (answer.status !== 200) say(indent(decide(model)));
  return answer.headers['x-ambit-decision-id'];
}

function summaryOf({ text }) {
  const body = JSON.parse(text);
  return body.choices?.[0].message.content ?? `${body.error.code}: ${body.error.message}`;
}

function keep(port) {
  say();
  say('All of it runs on until Ctrl-C. Try:');
  say(
    `   curl -s http://127.0.0.1:${port}/v1/chat/completions -H 'content-type: application/json' -d '{"model":"chat","messages":[]}'`,
  );
  say(`   curl -s http://127.0.0.1:${port}/v1/models`);
  say(`   less ${join(folder, 'envoy.yaml')}`);
  return new Promise((done) => process.once('SIGINT', done));
}

let closing = false;
function close() {
  closing = true;
  for (const end of ends.reverse()) end();
}

function fail(error) {
  close();
  process.stderr.write(`demo: ${error.message}\n`);
  process.exit(1);
}

process.once('SIGTERM', () => fail(new Error('ended from outside')));
main().then(() => {
  close();
  process.exit(0);
}, fail);
