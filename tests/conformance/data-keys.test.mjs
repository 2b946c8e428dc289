/** /sessions/current/data/{key}: one member of the data, whatever else changes at the same time. */
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { expectedOf } from './hosts.mjs';
import { exact } from './lib/given.mjs';
import { byBearer, byCookie, create, transports } from './lib/holders.mjs';

const path = (rest) => `/sessions/current/data/${rest}`;

describe('a key of the data', { concurrency: true }, () => {
  for (const transport of transports) {
    test(`by ${transport} it is written, read and removed`, async () => {
      const holder = await create(transport, { data: { other: true } });

      const written = (await holder.key('PUT', 'cart', { body: ' ["tea", 1.50] ' })).is(200);
      const read = (await holder.key('GET', 'cart')).is(200);
      const removed = (await holder.key('DELETE', 'cart')).is(204);

      assert.deepEqual(written.data, { other: true, cart: ['tea', 1.5] });
      assert.deepEqual([read.json, read.etag], [['tea', 1.5], written.etag]);
      assert.notEqual(removed.etag, written.etag);
      assert.deepEqual(await holder.data(), { other: true });
    });
  }

  test('holds any JSON value, null among them', async () => {
    const holder = await byBearer();
    for (const value of ['null', 'false', '""', '-0.10e5', '{"a":[{}]}', '"\\u0000"', '123456789012345678901234567890']) {
      (await holder.key('PUT', 'k', { body: value })).is(200);
      const { text, json } = (await holder.key('GET', 'k')).is(200);
      assert.deepEqual(json, JSON.parse(value));
      assert.ok(!/^[-\d]/.test(value) || exact(text) === exact(value), `${text} isn't ${value}`);
    }
  });

  test("that isn't there is not found, and nothing changes", async () => {
    const holder = await byBearer({ data: { a: { b: 1 } } });
    const { etag } = await holder.look();

    (await holder.key('GET', 'b')).is(404, 'not-found');
    (await holder.key('DELETE', 'b')).is(404, 'not-found');

    assert.equal((await holder.look()).etag, etag);
  });

  test('takes a body of JSON, and nothing else', async () => {
    const holder = await byBearer();
    for (const body of ['', '{', '1 2', '{"a":1,"a":2}', 'undefined']) {
      (await holder.key('PUT', 'k', { body })).is(400, 'malformed-request');
    }

    (await holder.key('PUT', 'k', { body: '1', type: 'text/plain' })).is(415, 'wrong-media-type');
    (await holder.key('PUT', 'k', { body: '1', type: null })).is(415, 'wrong-media-type');
    (await holder.key('PUT', 'k', { body: '['.repeat(31) + ']'.repeat(31) })).is(200);
    (await holder.key('PUT', 'k', { body: '['.repeat(32) + ']'.repeat(32) })).is(422, 'not-allowed');
  });

  test('can be read on condition, without keeping the session alive', async () => {
    const holder = await byBearer({ data: { k: 1 } });
    const before = (await holder.look()).is(200);

    (await holder.send('GET', path('k?touch=false'), { headers: { 'If-None-Match': before.etag } })).is(304);
    (await holder.send('GET', path('k?touch=false'), { headers: { 'If-None-Match': '"0"' } })).is(200);
    (await holder.send('GET', path('k?touch=no'))).is(400, 'malformed-request');

    assert.equal((await holder.look()).json.lastSeenAt, before.json.lastSeenAt);
  });

  test('has any name that can stand in an address', async () => {
    const names = [
      'plain',
      'UPPER',
      'a%41b',
      '%',
      '100%',
      'a b',
      'a+b',
      'a?b=c',
      'a#b',
      '"\'`<>',
      'back\\slash',
      'a;b=c,d',
      'grün',
      '🦊',
      'e\u0301',
      'line\nbreak',
      '\u0001',
      '...',
      '..a',
      'a..',
      'increment',
      'data',
      '{key}',
      '*',
      '~0~1',
      ' ',
      '%25',
      '€'.repeat(256),
    ];
    const holder = await byBearer();
    for (const name of names) {
      (await holder.key('PUT', name, { body: '1' })).is(200);
      assert.equal((await holder.increment(name)).is(200).json.value, 2, name);
      assert.deepEqual(await holder.data(), { [name]: 2 });
      assert.equal((await holder.key('GET', name)).is(200).json, 2, name);
      (await holder.key('DELETE', name)).is(204);
    }

    assert.deepEqual(await holder.data(), {});
  });

  test('with a slash in its name is for PATCH, which the refusal says', async () => {
    const holder = await byBearer({ data: { 'a/b': 1, a: 2, 'a%2Fb': 3 } });
    for (const key of ['a/b', 'a%2Fb', 'a%2fb', '%2F', 'a%2F', 'a%252Fb']) {
      for (const [method, rest, body] of [
        ['GET', ''],
        ['PUT', '', '1'],
        ['DELETE', ''],
        ['POST', '/increment'],
      ]) {
        const answer = (await holder.send(method, path(key + rest), { body })).is(422, 'not-allowed');
        assert.ok(answer.json.detail.includes('PATCH'), answer.json.detail);
      }
    }

    (await holder.patch({ 'a/b': null })).is(200);
    assert.deepEqual(await holder.data(), { a: 2, 'a%2Fb': 3 });
  });

  test("can't be called . or .., and asking for one does nothing else", async () => {
    const expected = expectedOf('dot segment as a key');
    for (const key of ['.', '..', '%2E', '%2e%2E', '.%2e']) {
      for (const [method, rest, body] of [
        ['PUT', '', '{}'],
        ['PATCH', '', '{"a":null}'],
        ['DELETE', ''],
        ['POST', ''],
        ['POST', '/increment'],
        ['GET', ''],
      ]) {
        const holder = await byCookie({ data: { a: 1 } });
        const answer = (await holder.send(method, path(key + rest), { body })).is(expected);
        assert.ok(answer.status !== 422 || answer.json.detail.includes('PATCH'), answer.json.detail);
        assert.deepEqual(await holder.data(), { a: 1 }, `${method} ${key}${rest}`);
      }
    }
  });

  test('with a name that is too long is refused', async () => {
    const holder = await byBearer();
    for (const name of ['k'.repeat(257), '€'.repeat(257)]) {
      for (const [method, body] of [['GET'], ['PUT', '1'], ['DELETE']]) {
        (await holder.key(method, name, { body })).is(422, 'not-allowed');
      }

      (await holder.increment(name)).is(422, 'not-allowed');
    }
  });

  test("of an address that isn't UTF-8 makes no fault", async () => {
    const holder = await byBearer();
    for (const key of ['%FF', '%C3', '%ED%A0%80', 'a%', '%zz', '%00']) {
      const answer = await holder.send('GET', path(key), { checked: false });
      assert.ok(answer.status >= 400 && answer.status < 500, `${answer}`);
    }
  });
});

describe('counting up', { concurrency: true }, () => {
  test('adds to the number under the key, from 0 where there is none, and says the sum', async () => {
    const holder = await byBearer({ data: { n: 1 } });
    const sum = async (key, by) => (await holder.increment(key, by)).is(200).json;

    assert.deepEqual(await sum('n', '2.5'), { value: 3.5 });
    assert.deepEqual(await sum('n', '-1'), { value: 2.5 });
    assert.deepEqual(await sum('n'), { value: 3.5 });
    assert.deepEqual(await sum('new'), { value: 1 });
    const answer = (await holder.increment('increment')).is(200);
    assert.equal(answer.etag, (await holder.look()).etag);
    assert.deepEqual(await holder.data(), { n: 3.5, new: 1, increment: 1 });
  });

  test('is exact', async () => {
    const holder = await byBearer();
    for (const [before, by, sum] of [
      ['0.1', '0.2', '0.3'],
      ['0.5', '0.5', '1'],
      ['10', '-10', '0'],
      ['-0', '0', '0'],
      ['1', '-1.5', '-0.5'],
      ['1.10', '1.10', '2.2'],
      ['1e3', '5E-1', '1000.5'],
      ['9007199254740992', '1', '9007199254740993'],
      ['123456789012345678901', '1', '123456789012345678902'],
    ]) {
      (await holder.put(undefined, { body: `{"n":${before}}` })).is(200);
      const { text } = (await holder.increment('n', by)).is(200);
      assert.equal(exact(/"value":([-+.\deE]+)/.exec(text)[1]), exact(sum), `${before} + ${by}`);
    }
  });

  test('of what is no number, by what is none, or beyond counting is refused and changes nothing', async () => {
    const data = { text: '1', yes: true, list: [1], nothing: null, object: {}, n: 1 };
    const holder = await byBearer({ data });
    const { etag } = await holder.look();

    for (const key of ['text', 'yes', 'list', 'nothing', 'object']) {
      (await holder.increment(key)).is(422, 'not-allowed');
    }

    for (const body of [
      '{}',
      '{"by":"1"}',
      '{"by":null}',
      '{"by":1,"max":3}',
      '{"By":1}',
      '{"by":1e300}',
      '{"by":1e400}',
      '[1]',
      '1',
      'null',
    ]) {
      (await holder.increment('n', undefined, { body })).is(422, 'not-allowed');
    }

    for (const body of ['{', '{"by":1,"by":1}', '{"by":+1}']) {
      (await holder.increment('n', undefined, { body })).is(400, 'malformed-request');
    }

    (await holder.increment('n', undefined, { body: 'by=1', type: 'application/x-www-form-urlencoded' })).is(415, 'wrong-media-type');
    assert.deepEqual([(await holder.look()).etag, await holder.data()], [etag, data]);
  });
});
