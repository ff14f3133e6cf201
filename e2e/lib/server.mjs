// The real program on a demo county of its own, in a folder that goes away again.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const PEOPLE = 20_000;
const SEED = 3;
const START_SECONDS = 60;

/** The demo's people; the program writes the same names and passwords on its log-in page. */
export const STAFF = {
  duty: { name: 'duty', password: 'gnomon-duty', shown: '顾知行' },
  handler: { name: 'handler', password: 'gnomon-handler', shown: '沈怀瑾' },
  other: { name: 'handler2', password: 'gnomon-handler', shown: '陆望舒' },
  leader: { name: 'leader', password: 'gnomon-leader', shown: '裴清远' },
  civil: { name: 'civil', password: 'gnomon-civil', shown: '何静姝', home: '/data/requests' },
  security: { name: 'security', password: 'gnomon-security', shown: '宋安澜', home: '/data/requests' },
};

/** A demo county in a new folder, served on a free port: `{ base, county, run, stop }`; `run` is the command line beside it. */
export async function start(binary) {
  const program = resolve(binary);
  const dir = await mkdtemp(join(tmpdir(), 'gnomon-e2e-'));
  let server;
  const stop = async () => {
    if (server && server.exitCode === null) {
      server.kill('SIGTERM');
      await Promise.race([once(server, 'exit'), sleep(5_000).then(() => server.kill('SIGKILL'))]);
    }
    await rm(dir, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await make(program, dir);
    const port = await freePort();
    server = spawn(program, ['serve', '--dir', dir, '--listen', `127.0.0.1:${port}`], { stdio: ['ignore', 'ignore', 'pipe'] });
    const base = `http://127.0.0.1:${port}`;
    await ready(base, server);
    return { base, county: join(dir, 'county'), run: (...order) => run(program, dir, order), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function make(program, dir) {
  const order = ['demo', '--people', PEOPLE, '--seed', SEED, '--no-serve', '--dir', dir].map(String);
  const demo = spawn(program, order, { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(demo, 'exit');
  if (code !== 0) throw new Error(`the demo county was not made: exit ${code}`);
}

/** What a command prints. */
async function run(program, dir, order) {
  const command = spawn(program, [...order, '--dir', dir], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  command.stdout.on('data', (text) => (said += text));
  const [code] = await once(command, 'close');
  if (code !== 0) throw new Error(`${order.join(' ')}: exit ${code}`);
  return said;
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

async function ready(base, server) {
  let said = '';
  server.stderr.on('data', (text) => (said = (said + text).slice(-4_000)));
  for (let second = 0; second < START_SECONDS; second += 0.5) {
    if (server.exitCode !== null) break;
    const answer = await fetch(`${base}/healthz`).catch(() => null);
    if (answer?.ok) return;
    await sleep(500);
  }
  throw new Error(`the console does not answer at ${base}\n${said}`);
}
