/** /sessions/current/data: what the holder keeps in the session, as a whole. */
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { exact, jsonOf, nested, seconds, until } from './lib/given.mjs';
import { byBearer, create, transports } from './lib/holders.mjs';
import { settings } from './lib/settings.mjs';

const merge = 'application/merge-patch+json';

describe('replacing the data', { concurrency: true }, () => {
  for (const transport of transports) {
    test(`by ${transport} it is all new, and the version counts`, async () => {
      const holder = await create(transport, { data: { a: 1 } });

      const answer = (await holder.put({ b: 2 })).is(200);

      assert.deepEqual([answer.data, answer.json.version], [{ b: 2 }, 2]);
      const read = (await holder.read()).is(200);
      assert.deepEqual([read.data, read.etag, read.json.version], [{ b: 2 }, answer.etag, 2]);
      assert.ok(!('token' in answer.json));
      assert.equal(answer.cookie, undefined);
    });
  }

  test('a merge patch is no replacement', async () => {
    (await (await byBearer()).put({}, { type: merge })).is(415, 'wrong-media-type');
  });
});

describe('merging into the data (RFC 7396)', { concurrency: true }, () => {
  test('members sent are set, members sent as null are removed, the rest stays', async () => {
    for (const [before, patch, after] of [
      [{ a: 1, b: { c: 2, d: 3 } }, { a: null, b: { c: 4 } }, { b: { c: 4, d: 3 } }],
      [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
      [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
      [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
      [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
      [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
      [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
      [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
      [{ a: 'foo' }, { a: { b: { c: null } } }, { a: { b: {} } }],
      [{ e: null }, { a: 1 }, { e: null, a: 1 }],
      [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
      [{ a: [1, 2] }, { a: [null] }, { a: [null] }],
      [{ a: 1 }, {}, { a: 1 }],
    ]) {
      const holder = await byBearer({ data: before });
      assert.deepEqual((await holder.patch(patch)).is(200).data, after);
      assert.deepEqual(await holder.data(), after);
    }
  });

  test('JSON by any of its names is merged', async () => {
    for (const type of [merge, 'application/json', 'Application/Merge-Patch+JSON; charset=UTF-8', 'application/json;charset="utf-8"']) {
      const holder = await byBearer({ data: { a: 1, b: 2 } });
      assert.deepEqual((await holder.patch({ a: null, c: 3 }, { type })).is(200).data, { b: 2, c: 3 });
    }
  });

  test('another kind of patch is told which kinds there are', async () => {
    const answer = (await (await byBearer()).patch({}, { type: 'text/plain' })).is(415, 'wrong-media-type');
    for (const type of [merge, 'application/json-patch+json']) {
      assert.ok(answer.header('accept-patch').includes(type), answer.header('accept-patch'));
    }
  });
});

describe('changing the data', { concurrency: true }, () => {
  test('a change moves the deadline once a part of the idle timeout has passed', async () => {
    const holder = await byBearer({ idleTimeout: 8 });
    const before = seconds((await holder.look()).json.expiresAt);
    await until('a later deadline', async () => seconds((await holder.patch({})).is(200).json.expiresAt) > before);
  });

  test('until then the stored deadline covers it', async () => {
    const holder = await byBearer();
    const { expiresAt } = (await holder.look()).json;
    assert.equal((await holder.patch({ a: 1 })).is(200).json.expiresAt, expiresAt);
  });

  test('a number keeps all its digits', async () => {
    const holder = await byBearer();
    const number = '12345678901234567890.12345678901234567890';
    (await holder.put(undefined, { body: `{"n":${number}}` })).is(200);
    (await holder.patch({ other: 1 })).is(200);
    assert.equal(exact(/"n":([-+.\deE]+)/.exec((await holder.look()).text)[1]), exact(number));
  });

  test('a bad body is refused and changes nothing', async () => {
    const holder = await byBearer({ data: { kept: true } });
    const { etag } = await holder.look();
    const notUtf8 = Buffer.from([...Buffer.from('{"a":"'), 0xff, ...Buffer.from('"}')]);
    for (const method of ['PUT', 'PATCH']) {
      const change = (body) => holder.send(method, '/sessions/current/data', { body });
      for (const body of [
        '',
        ' ',
        '{',
        '}',
        '{"a":1,}',
        "{'a':1}",
        '{"a":NaN}',
        '{"a":01}',
        '{"a":1} {"b":2}',
        '{"a":1} // comment',
        '\ufeff{"a":1}',
        '<a/>',
        '{"a":"\n"}',
        '{"a":1,"a":2}',
        '{"a":1,"\\u0061":2}',
        '{"a":{"b":1,"b":1}}',
        '{"a":"\\ud83e"}',
        '{"\\udd8a":1}',
        notUtf8,
      ]) {
        (await change(body)).is(400, 'malformed-request');
      }

      for (const body of ['[]', '[{"a":1}]', 'null', 'true', '1', '"{}"', nested(33), `{"${'n'.repeat(257)}":1}`, '['.repeat(100_000)]) {
        (await change(body)).is(422, 'not-allowed');
      }

      (await change(jsonOf(5 * 1024 * 1024))).is(413, 'too-large');
    }

    assert.deepEqual([(await holder.look()).etag, await holder.data()], [etag, { kept: true }]);
  });

  test('a body of another media type is refused', async () => {
    const holder = await byBearer();
    for (const type of [
      null,
      '',
      'text/plain',
      'application/xml',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/jsonp',
      'application/json; charset=iso-8859-1',
      'application/json; charset=utf-16',
      'json',
      ',',
    ]) {
      (await holder.put({}, { type })).is(415, 'wrong-media-type');
      (await holder.patch({}, { type })).is(415, 'wrong-media-type');
    }
  });

  test('data is as large as it may be, and no larger', async () => {
    const holder = await byBearer();
    const largest = jsonOf(settings.maxDataBytes);

    (await holder.put(undefined, { body: largest })).is(200);
    (await holder.put(undefined, { body: jsonOf(settings.maxDataBytes + 1) })).is(413, 'too-large');
    (await holder.patch({ b: 1 })).is(413, 'too-large');
    (await holder.increment('n')).is(413, 'too-large');
    (await holder.key('PUT', 'k', { body: '1' })).is(413, 'too-large');

    assert.deepEqual(await holder.data(), JSON.parse(largest));
  });

  test('its size is that of its UTF-8, not of its characters', async () => {
    const holder = await byBearer();
    (await holder.put({ a: '€'.repeat(Math.ceil(settings.maxDataBytes / 3)) })).is(413, 'too-large');
    (await holder.put({ a: '€'.repeat(Math.floor(settings.maxDataBytes / 3) - 10) })).is(200);
  });

  test("white space around the data doesn't count", async () => {
    const holder = await byBearer();
    (await holder.put(undefined, { body: `{"a":${' '.repeat(settings.maxDataBytes + 1000)}1}` })).is(200);
    assert.deepEqual(await holder.data(), { a: 1 });
  });

  test("32 levels aren't too deep, and names may have 256 characters", async () => {
    const holder = await byBearer();
    const name = '€'.repeat(256);
    (await holder.put(undefined, { body: nested(32) })).is(200);
    (await holder.patch({ [name]: 1, '': 2 })).is(200);
    assert.deepEqual(await holder.data(), { ...JSON.parse(nested(32)), [name]: 1, '': 2 });
  });

  test("a patch can't make the data deeper than data may be", async () => {
    const holder = await byBearer({ data: { a: JSON.parse(nested(20)) } });
    (await holder.patch({ b: JSON.parse(nested(31)) })).is(200);
    (await holder.patch({ b: JSON.parse(nested(32)) })).is(422, 'not-allowed');
  });
});

describe('If-Match', { concurrency: true }, () => {
  const changes = {
    'a replacement': (holder, headers) => holder.put({ n: 3 }, { headers }),
    'a merge patch': (holder, headers) => holder.patch({ n: 3 }, { headers }),
    'a JSON patch': (holder, headers) => holder.jsonPatch([{ op: 'replace', path: '/n', value: 3 }], { headers }),
    'a key': (holder, headers) => holder.key('PUT', 'n', { body: '3', headers }),
    'the removal of a key': (holder, headers) => holder.key('DELETE', 'n', { headers }),
    'an increment': (holder, headers) => holder.increment('n', 1, { headers }),
  };

  for (const [name, change] of Object.entries(changes)) {
    test(`with the version that there is, ${name} goes through; with another it is stale`, async () => {
      const holder = await byBearer({ data: { n: 1 } });
      const old = (await holder.look()).etag;
      const now = (await holder.put({ n: 2 })).is(200).etag;

      for (const stale of [
        old,
        `W/${now}`,
        `w/${now}`,
        `W/${old}, W/${now}`,
        '"nonsense"',
        '""',
        `"0${now.slice(1)}`,
        `"+${now.slice(1)}`,
        `" ${now.slice(1)}`,
        now.replace('.', '.0'),
        now.replace('.', '.+'),
        now.replace('.', '..'),
        `"${holder.sid}"`,
        `"${holder.sid}."`,
      ]) {
        (await change(holder, { 'If-Match': stale })).is(412, 'stale-version');
      }

      for (const malformed of [now.slice(1, -1), now.slice(0, -1), `${old}, 2`, `'${now.slice(1, -1)}'`, '']) {
        (await change(holder, { 'If-Match': malformed })).is(400, 'malformed-request');
      }

      assert.equal((await holder.look()).etag, now);
      assert.notEqual((await change(holder, { 'If-Match': now })).is([200, 204]).etag, now);
    });
  }

  test('a tag of another session passes on none, nor does a bare version', async () => {
    for (const [name, change] of Object.entries(changes)) {
      const [holder, other] = [await byBearer({ data: { n: 1 } }), await byBearer({ data: { n: 1 } })];
      const { etag, json } = await holder.look();
      for (const tag of [(await other.look()).etag, `"${json.version}"`, `"${other.sid}.${json.version}", "${json.version}"`]) {
        assert.ok((await change(holder, { 'If-Match': tag })).is(412, 'stale-version'), name);
      }

      assert.equal((await holder.look()).etag, etag);
    }
  });

  test('it may be a list, or any version at all', async () => {
    const holder = await byBearer();
    const old = (await holder.look()).etag;
    const next = async () => (await holder.look()).etag;

    (await holder.patch({ n: 1 }, { headers: { 'If-Match': `${old}, "nonsense"` } })).is(200);
    (await holder.patch({ n: 2 }, { headers: { 'If-Match': `${old}, ${await next()}` } })).is(200);
    (await holder.patch({ n: 3 }, { headers: { 'If-Match': `W/${old}, ${await next()}` } })).is(200);
    (await holder.patch({ n: 4 }, { headers: { 'If-Match': '*' } })).is(200);
  });

  const notRequired = settings.requiresIfMatch ? false : "SESSIONS_REQUIRE_IF_MATCH isn't set";
  test('where it is required, a change without it is refused', { skip: notRequired }, async () => {
    const holder = await byBearer({ data: { n: 1 } });
    for (const [name, change] of Object.entries(changes)) {
      assert.ok((await change(holder, { 'If-Match': undefined })).is(428, 'version-required'), name);
    }
  });
});

describe('Prefer', { concurrency: true }, () => {
  const changes = [
    (holder, options) => holder.put({ k: 2 }, options),
    (holder, options) => holder.patch({ k: 2 }, options),
    (holder, options) => holder.key('PUT', 'k', { body: '2', ...options }),
    (holder, options) => holder.increment('k', undefined, options),
  ];

  test('a caller who can do without gets the version only', async () => {
    for (const change of changes) {
      const holder = await byBearer({ data: { k: 1 } });
      for (const prefer of [
        'return=minimal',
        'respond-async, return=minimal; x=1',
        'Return="Minimal"',
        'return = minimal',
        'wait=1,return=minimal,return=representation',
      ]) {
        const answer = (await change(holder, { headers: { Prefer: prefer } })).is(204);
        assert.deepEqual([answer.etag, answer.header('preference-applied')], [(await holder.look()).etag, 'return=minimal']);
      }
    }
  });

  test('any other preference is none that is applied', async () => {
    const holder = await byBearer();
    for (const prefer of ['return=representation', 'return=representation, return=minimal', 'return', 'x-return=minimal']) {
      assert.equal((await holder.put({}, { headers: { Prefer: prefer } })).is(200).header('preference-applied'), undefined);
    }
  });

  test('a refusal is shown in full, whatever is preferred', async () => {
    (await (await byBearer()).put(undefined, { body: '{', headers: { Prefer: 'return=minimal' } })).is(400, 'malformed-request');
  });
});
