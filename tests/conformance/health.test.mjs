/** What the service says of itself: health, the document, and the page to read it on. */
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { get, send } from './lib/client.mjs';
import { contractOf } from './lib/document.mjs';
import { holderCalls, operatorCalls } from './lib/calls.mjs';

describe('health', { concurrency: true }, () => {
  for (const path of ['/health/live', '/health/ready']) {
    test(`${path} says that all is well, to anybody, and to no cache`, async () => {
      const answer = (await get(path)).is(200);
      assert.deepEqual(answer.json, { status: 'ok' });
      assert.equal(answer.header('cache-control'), 'no-store');
      assert.equal((await send('HEAD', path)).is(200).header('cache-control'), 'no-store');
    });
  }
});

describe('the document', { concurrency: true }, () => {
  test('is OpenAPI 3.1, may be kept for a while, and is asked for again by its ETag', async () => {
    const answer = (await get('/openapi.json')).is(200);
    assert.match(answer.json.openapi, /^3\.1\./);
    assert.match(answer.header('cache-control'), /^public, max-age=\d+$/);
    assert.equal((await get('/openapi.json', { headers: { 'If-None-Match': answer.etag } })).is(304).etag, answer.etag);
    (await get('/openapi.json', { headers: { 'If-None-Match': '"other"' } })).is(200);
  });

  test('may be read by pages of other origins, and caches are told that answers to these differ', async () => {
    const answer = (await get('/openapi.json', { headers: { Origin: 'https://other.example' } })).is(200);
    assert.match(answer.header('vary') ?? '', /\bOrigin\b/i);
  });

  test('has every call of the contract', async () => {
    const document = await contractOf();
    const calls = [
      { method: 'POST', path: '/sessions' },
      { method: 'DELETE', path: '/sessions/current' },
      ...holderCalls(),
      ...operatorCalls(`00${'a'.repeat(26)}`),
      { method: 'POST', path: '/manage/end-everything' },
      ...['/.well-known/jwks.json', '/health/live', '/health/ready', '/openapi.json', '/docs', '/docs/page.css'].map((path) => ({
        method: 'GET',
        path,
      })),
    ];
    for (const { method, path } of calls) {
      assert.ok(document.find(method, path), `${method} ${path}`);
    }
  });

  test('names every call once, and every refusal as a problem document', async () => {
    const document = await contractOf();
    const ids = document.operations.map(({ operationId }) => operationId);
    assert.equal(new Set(ids).size, ids.length);
    for (const { operationId, responses } of document.operations) {
      for (const status of Object.keys(responses).filter((status) => status >= '400')) {
        const content = document.resolve(responses[status]).content ?? {};
        assert.ok('application/problem+json' in content, `${status} of ${operationId}`);
      }
    }
  });
});

describe('the page', { concurrency: true }, () => {
  test('has everything it needs from this host, and lets nothing else run', async () => {
    const page = (await get('/docs')).is(200);
    assert.match(page.header('content-type'), /^text\/html/);
    assert.match(page.header('content-security-policy'), /^default-src 'none'/);
    assert.ok(!/(src|href)="(https?:)?\/\//i.test(page.text.replace(/<a [^>]*>/g, '')), 'it loads nothing from elsewhere');

    const loaded = [...page.text.matchAll(/(?:src|href)="(docs\/[^"]+)"/g)].map(([, address]) => `/${address}`);
    assert.ok(loaded.length > 0);
    for (const address of loaded) {
      const file = (await get(address)).is(200);
      assert.match(file.header('cache-control'), /immutable/);
      (await get(address, { headers: { 'If-None-Match': file.etag } })).is(304);
      assert.doesNotMatch((await get(address.split('?')[0])).is(200).header('cache-control'), /immutable/);
    }
  });

  test('lists every call', async () => {
    const page = (await get('/docs')).is(200).text;
    for (const { method, template } of (await contractOf()).operations.filter(({ method }) => method !== 'HEAD')) {
      assert.ok(page.includes(`${method} ${template}`), `${method} ${template}`);
    }
  });

  test('serves no other file', async () => {
    for (const name of ['nothing.js', 'openapi.json', '..%2Fopenapi.json', 'PAGE.CSS']) {
      (await get(`/docs/${name}`)).is(404, 'not-found');
    }
  });
});
