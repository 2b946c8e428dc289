// The demo in a real browser against everything that ./run starts.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { start } from './run.mjs';

describe('the demo', { timeout: 180_000 }, () => {
  let all, browser, context, page, demo;

  before(async () => {
    all = await start();
    ({ browser, demo } = all);
  });

  after(() => all?.stop());

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
