// The page at /api/docs in a real browser that reaches nothing but the API's own host.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('../..', import.meta.url));
const browserArguments = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync'];
const methods = ['get', 'put', 'post', 'patch', 'delete'];

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function startAll(port, storagePort, data) {
  const built = existsSync(join(root, 'src/SessionFunctions.SelfHost/bin/Release/net10.0/SessionFunctions.SelfHost.dll'));
  const options = ['--host', 'self', '--port', String(port), '--no-demo', ...(built ? ['--no-build'] : [])];
  const child = spawn('./run', options, {
    cwd: root,
    env: { ...process.env, AZURITE_PORT: String(storagePort), AZURITE_DATA: data },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  await new Promise((resolve, reject) => {
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
  return child;
}

async function stop(child) {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  }
}

describe('the page of the API', { timeout: 180_000 }, () => {
  let data, all, browser, context, api, operations;

  before(async () => {
    data = await mkdtemp(join(tmpdir(), 'docs-'));
    const [port, storagePort] = [await freePort(), await freePort()];
    all = await startAll(port, storagePort, data);
    api = `http://localhost:${port}/api`;
    const { paths } = await (await fetch(`${api}/openapi.json`)).json();
    operations = Object.entries(paths).flatMap(([path, item]) => methods.filter((method) => item[method]).map((method) => ({ path, method, ...item[method] })));
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: browserArguments });
  });

  after(async () => {
    await browser?.close();
    if (all) {
      await stop(all);
    }

    await rm(data, { recursive: true, force: true });
  });

  afterEach(() => context?.close());

  /** The page, and all that went wrong on it: what the console says, and calls to elsewhere, which go nowhere. */
  async function open(options = {}) {
    context = await browser.newContext(options);
    const complaints = [];
    await context.route(
      (url) => !url.href.startsWith(`${api}/`) && url.protocol !== 'data:',
      (route) => {
        complaints.push(`called ${route.request().url()}`);
        return route.abort();
      },
    );
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('requestfailed', (request) => complaints.push(`failed ${request.url()}`));
    await page.goto(`${api}/docs`);
    return { page, complaints };
  }

  it('shows every operation with nothing but what this host serves', async () => {
    const { page, complaints } = await open();
    await page.waitForSelector('.opblock');
    assert.equal(await page.locator('.opblock').count(), operations.length);
    const shown = await page.locator('.opblock-summary-path').allTextContents();
    assert.deepEqual(
      shown.map((path) => path.replaceAll('\u200b', '')).sort(),
      operations.map(({ path }) => path).sort(),
    );
    assert.equal(await page.locator('.plain').count(), 0, 'the plain list has made room');
    assert.deepEqual(complaints, []);
  });

  it('opens an operation with its examples, answers and headers', async () => {
    const { page, complaints } = await open();
    await page.click('#operations-Data-PatchData .opblock-summary-control');
    const block = page.locator('#operations-Data-PatchData');
    await block.locator('.responses-table').first().waitFor();
    const text = await block.innerText();
    for (const part of ['If-Match', 'application/merge-patch+json', '412', '428', 'ETag']) {
      assert.ok(text.includes(part), `${part} is missing`);
    }
    assert.deepEqual(complaints, []);
  });

  it('calls the API it is served by', async () => {
    const { page, complaints } = await open();
    await page.click('#operations-Service-HealthLive .opblock-summary-control');
    await page.click('#operations-Service-HealthLive .try-out__btn');
    await page.click('#operations-Service-HealthLive .execute');
    const live = page.locator('#operations-Service-HealthLive .live-responses-table');
    await live.waitFor();
    assert.match(await live.innerText(), /"status": "ok"/);
    assert.deepEqual(complaints, []);
  });

  it('lists every operation without a script', async () => {
    const { page } = await open({ javaScriptEnabled: false });
    const titles = await page.locator('.plain h3').allTextContents();
    assert.deepEqual(titles.sort(), operations.map(({ path, method }) => `${method.toUpperCase()} ${path}`).sort());
    assert.equal(await page.locator('.plain section').first().isVisible(), true);
  });
});
