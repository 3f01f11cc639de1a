import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..');
const build = process.env.FIFTEEN_TEST_BUILD ?? join(root, 'build/release');
const fifteen = join(build, 'fifteen');

export const password = 'fifteen minutes';
export const mailbox = 'help@studio.example';
export const pictures = join(root, 'build/screenshots');

// Every desk of a test run has records of its own; `url` is what --database takes, none for SQLite.
async function mariadb() {
  const server = new URL(process.env.FIFTEEN_TEST_MARIADB);
  const name = `browser_${randomBytes(6).toString('hex')}`;
  const sql = (text) => run('mariadb', ['--no-defaults', `--socket=${server.searchParams.get('socket')}`, `--user=${server.username}`, `--execute=${text}`]);
  await sql(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
  server.pathname = `/${name}`;
  return { url: server.href, drop: () => sql(`DROP DATABASE ${name}`) };
}

// One that is free now.
const freePort = () => new Promise((resolve) => { const server = createServer().listen(0, '127.0.0.1', () => { const { port } = server.address(); server.close(() => resolve(port)); }); });

// The whole program on free ports, with three agents, one mailbox, one article, and a clock that the test moves. `isPublic`: it
// knows its own address, so that every mail carries links to it. `history`: lines that it has from before.
export class Desk {
  static async start({ database, relay, isPublic = false, history = '' }) {
    const desk = new Desk();
    desk.folder = await mkdtemp(join(tmpdir(), 'fifteen-browser-'));
    desk.records = database === 'mariadb' ? await mariadb() : null;
    desk.where = ['--data', desk.folder, ...(desk.records ? ['--database', desk.records.url] : [])];
    for (const [address, name, role] of [['ana@studio.example', 'Ana Ferri', 'admin'], ['mia@studio.example', 'Mia Lind', 'manager'], ['tom@studio.example', 'Tom Becker', 'agent']])
      await desk.command(['agent', 'add', address, '--name', name, '--role', role, '--password-stdin'], password);
    await desk.command(['mailbox', 'add', mailbox, '--name', 'Studio Help']);
    await desk.command(['article', 'import', join(root, 'scripts/sample/articles')]);
    if (history) await desk.command(['import', '-'], history);
    await desk.#serve(relay, isPublic ? await freePort() : 0);
    return desk;
  }

  command(words, input = '') {
    const done = run(fifteen, [...words, ...this.where]);
    done.child.stdin.on('error', () => {}); // it may end without reading: how it ended says what went wrong
    done.child.stdin.end(input);
    return done;
  }

  async #serve(relay, port) {
    this.process = spawn(join(build, 'tests/fifteen_test_app'),
      ['serve', '--http', `127.0.0.1:${port}`, ...(port ? ['--public-url', `http://127.0.0.1:${port}`] : []), '--smtp', '127.0.0.1:0', '--relay', `smtp://127.0.0.1:${relay}`, '--log', 'warning', ...this.where],
      { stdio: ['pipe', 'pipe', 'inherit'] });
    this.ended = new Promise((end) => this.process.once('exit', (code, signal) => end(signal ?? code)));
    this.lines = createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
    const doors = {};
    while (!doors.http || !doors.smtp) {
      const [, door, address] = (await this.#line()).split(' ');
      doors[door] = address;
    }
    this.url = `http://${doors.http}`;
    this.smtp = doors.smtp;
  }

  async #line() {
    const { value, done } = await this.lines.next();
    if (done) throw new Error(`the desk ended with ${await this.ended}`);
    return value;
  }

  // Moves the desk's clock; nothing else does.
  async advance(seconds) {
    this.process.stdin.write(`advance ${seconds}\n`);
    return (await this.#line()).slice('now '.length);
  }

  // A customer's mail through the SMTP door.
  mail({ from, to = mailbox, subject, body, headers = {}, html }) {
    const words = ['--server', this.smtp, '--from', from, '--to', to, '--header', `Subject: ${subject}`, '--body', html ?? body];
    if (html) words.push('--add-header', 'MIME-Version: 1.0', '--add-header', 'Content-Type: text/html; charset=utf-8');
    for (const [name, value] of Object.entries(headers)) words.push('--add-header', `${name}: ${value}`);
    return run('swaks', words);
  }

  async stop() {
    this.process.kill('SIGTERM');
    const code = await this.ended;
    await this.records?.drop();
    await rm(this.folder, { recursive: true, force: true });
    return code;
  }
}
