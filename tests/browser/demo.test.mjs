// The demo in a real browser against everything that ./run starts.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
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

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** ./run on free ports with storage of its own, ready to be used. */
async function startAll(port, demoPort, storagePort, data) {
  const built = existsSync(join(root, 'src/SessionFunctions.SelfHost/bin/Release/net10.0/SessionFunctions.SelfHost.dll'));
  const options = ['--host', 'self', '--port', port, '--demo-port', demoPort, ...(built ? ['--no-build'] : [])];
  const child = spawn('./run', options.map(String), {
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

describe('the demo', { timeout: 180_000 }, () => {
  let data, all, browser, context, page, demo;

  before(async () => {
    data = await mkdtemp(join(tmpdir(), 'demo-'));
    const [port, demoPort, storagePort] = [await freePort(), await freePort(), await freePort()];
    all = await startAll(port, demoPort, storagePort, data);
    demo = `http://localhost:${demoPort}`;
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: browserArguments });
  });

  after(async () => {
    await browser?.close();
    if (all) {
      await stop(all);
    }

    await rm(data, { recursive: true, force: true });
  });

  beforeEach(async () => {
    context = await browser.newContext();
    page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(demo);
    await settled(page, '[data-state=on]');
  });

  afterEach(() => context.close());

  const settled = (on, state = '') => on.waitForSelector(`body${state}:not([aria-busy])`);
  const text = (id, on = page) => on.textContent(`#${id}`);
  const number = (item, on = page) => on.textContent(`#cart [data-item=${item}] output`, { timeout: 5_000 });
  const sessionCookie = async () => (await context.cookies()).find((cookie) => cookie.name === '__Host-session');

  async function click(selector, on = page) {
    await on.click(selector);
    await settled(on);
  }

  it('starts a session whose cookie no script can read', async () => {
    const cookie = await sessionCookie();
    assert.ok(cookie, 'the browser kept the cookie');
    assert.equal(cookie.httpOnly, true);
    assert.equal(cookie.secure, true);
    assert.equal(cookie.sameSite, 'Lax');
    assert.equal(cookie.path, '/');
    assert.equal(await page.evaluate(() => document.cookie), '');
    assert.match(await text('expires'), /^(\d+:)?\d\d:\d\d$/);
    assert.ok(cookie.value.startsWith(await text('sid')), 'the token begins with the id');
    assert.ok(!(await page.content()).includes(cookie.value), 'the page never sees the token');
  });

  it('keeps the cart over a reload', async () => {
    await click('[data-add=tea]');
    await click('[data-add=tea]');
    await click('[data-add=honey]');
    const sid = await text('sid');
    await page.reload();
    await settled(page, '[data-state=on]');
    assert.equal(await text('sid'), sid);
    assert.equal(await number('tea'), '2');
    assert.equal(await number('honey'), '1');
  });

  it('takes an item out again', async () => {
    await click('[data-add=bread]');
    await click('#cart [data-item=bread] button:first-of-type');
    assert.equal(await page.locator('#cart li').count(), 0);
    assert.equal(await page.isVisible('#empty'), true);
  });

  it('loses no item when two tabs change the cart', async () => {
    const other = await context.newPage();
    await other.goto(demo);
    await settled(other, '[data-state=on]');
    await click('[data-add=tea]');
    await click('[data-add=tea]', other);
    await click('[data-add=pear]', other);
    await click('[data-add=tea]');
    assert.equal(await number('tea'), '3');
    assert.equal(await number('pear'), '1');
    assert.equal(await page.isVisible('#problem'), false);
  });

  it('changes the secret and keeps the session', async () => {
    await click('[data-add=tea]');
    const [sid, before] = [await text('sid'), await sessionCookie()];
    await click('#rotate');
    assert.notEqual((await sessionCookie()).value, before.value);
    assert.equal(await text('sid'), sid);
    assert.equal(await number('tea'), '1');
  });

  it('keeps the session alive on demand', async () => {
    const touched = page.waitForResponse((response) => response.url().endsWith('/sessions/current/touch') && response.request().method() === 'POST');
    await click('#touch');
    assert.equal((await touched).status(), 204);
    assert.equal(await page.isVisible('#problem'), false);
  });

  it('logs out and starts anew with an empty cart', async () => {
    await click('[data-add=tea]');
    const sid = await text('sid');
    await click('#leave');
    assert.equal(await sessionCookie(), undefined);
    assert.equal(await page.isDisabled('[data-add=tea]'), true);
    await click('#start');
    assert.notEqual(await text('sid'), sid);
    assert.equal(await page.locator('#cart li').count(), 0);
  });

  it('says so when the API is away, and goes on once it is back', async () => {
    await context.route('**/api/**', (route) => route.abort());
    await click('[data-add=tea]');
    assert.match(await text('problem-title'), /can’t be reached/);
    await context.unroute('**/api/**');
    await click('#retry');
    assert.equal(await page.isVisible('#problem'), false);
    await click('[data-add=tea]');
    assert.equal(await number('tea'), '1');
  });

  it('breaks no rule of its own content security policy', async () => {
    const complaints = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    await page.reload();
    await settled(page, '[data-state=on]');
    await click('[data-add=tea]');
    assert.deepEqual(complaints, []);
  });
});
