// The page at /api/docs in a real browser that reaches nothing but the API's own host.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { start } from './run.mjs';

const methods = ['get', 'put', 'post', 'patch', 'delete'];

describe('the page of the API', { timeout: 180_000 }, () => {
  let all, browser, context, api, operations;

  before(async () => {
    all = await start();
    ({ browser, api } = all);
    const { paths } = await (await fetch(`${api}/openapi.json`)).json();
    operations = Object.entries(paths).flatMap(([path, item]) => methods.filter((method) => item[method]).map((method) => ({ path, method, ...item[method] })));
  });

  after(() => all?.stop());

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
