// Everything that ./run starts, on free ports and with storage of its own, and a browser to look at it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('../..', import.meta.url));
const browserArguments = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts it; what is given back ends with stop(). */
export async function start() {
  const data = await mkdtemp(join(tmpdir(), 'browser-'));
  const [port, demoPort, storagePort] = [await freePort(), await freePort(), await freePort()];
  const built = existsSync(join(root, 'src/SessionFunctions.SelfHost/bin/Release/net10.0/SessionFunctions.SelfHost.dll'));
  const options = ['--host', 'self', '--port', port, '--demo-port', demoPort, ...(built ? ['--no-build'] : [])];
  const child = spawn('./run', options.map(String), {
    cwd: root,
    env: { ...process.env, AZURITE_PORT: String(storagePort), AZURITE_DATA: data },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await isReady(child);
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: browserArguments });
  return {
    api: `http://localhost:${port}/api`,
    demo: `http://localhost:${demoPort}`,
    browser,
    async stop() {
      await browser.close();
      await ended(child);
      await rm(data, { recursive: true, force: true });
    },
  };
}

function isReady(child) {
  let output = '';
  return new Promise((resolve, reject) => {
    const read = (chunk) => {
      output += chunk;
      if (/^ready /m.test(output)) {
        resolve();
      }
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => reject(new Error(`./run ended with ${code}:\n${output}`)));
  });
}

async function ended(child) {
  if (child.exitCode === null && child.signalCode === null) {
    const exit = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await exit;
  }
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
