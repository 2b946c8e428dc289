/** Changes that are made again: by their Idempotency-Key they happen once, however often a client that saw no answer sends them. */
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { atOnce } from './lib/given.mjs';
import { operate } from './lib/client.mjs';
import { byBearer, create, transports } from './lib/holders.mjs';

const given = { n: 1, list: ['a'], text: 'x' };
const merge = 'application/merge-patch+json';
const jsonPatch = 'application/json-patch+json';

/** Changes of the holder's, most of which come to something else the second time. */
const changes = {
  'an increment': (holder, options) => holder.increment('n', 5, options),
  'a JSON patch that appends': (holder, options) => holder.jsonPatch([{ op: 'add', path: '/list/-', value: 'b' }], options),
  'a JSON patch that tests': (holder, options) =>
    holder.jsonPatch(
      [
        { op: 'test', path: '/n', value: 1 },
        { op: 'replace', path: '/n', value: 2 },
      ],
      options,
    ),
  'a merge patch': (holder, options) => holder.patch({ n: 7 }, options),
  'a replacement': (holder, options) => holder.put({ n: 7 }, options),
  'a key': (holder, options) => holder.key('PUT', 'n', { body: '7', ...options }),
  'the removal of a key': (holder, options) => holder.key('DELETE', 'n', options),
};

const operators = {
  'a replacement by the operator': ({ sid }, { headers }) => operate('PUT', `/manage/sessions/${sid}/data`, { n: 7 }, { headers }),
  'a JSON patch by the operator': ({ sid }, { headers }) =>
    operate('PATCH', `/manage/sessions/${sid}/data`, [{ op: 'add', path: '/list/-', value: 'b' }], { type: jsonPatch, headers }),
  'a patch of the claims': ({ sid }, { headers }) => operate('PATCH', `/manage/sessions/${sid}/claims`, { n: 7 }, { type: merge, headers }),
};

/** As bytes, which is what a header is. */
const utf8 = (text) => Buffer.from(text).toString('latin1');

const by = (key, more = {}) => ({ headers: { 'Idempotency-Key': key, ...more } });
const stateOf = async (holder) => {
  const { etag, json } = (await holder.look()).is(200);
  return { etag, data: json.data, claims: json.claims };
};

describe('the same Idempotency-Key again', { concurrency: true }, () => {
  for (const [name, change] of Object.entries({ ...changes, ...operators })) {
    test(`${name} happens once, and is answered with the session as it is`, async () => {
      const holder = await byBearer({ data: given });
      const key = `"${randomUUID()}"`;
      const first = (await change(holder, by(key))).is([200, 204]);
      const after = await stateOf(holder);
      assert.equal(first.etag, after.etag);

      for (let again = 0; again < 2; again++) {
        assert.equal((await change(holder, by(key))).is(first.status).etag, after.etag);
      }

      assert.deepEqual(await stateOf(holder), after);
    });
  }

  test('another change in between stays, and shows in the answer', async () => {
    for (const change of Object.values(changes)) {
      const holder = await byBearer({ data: given });
      const key = randomUUID();
      const first = (await change(holder, by(key))).is([200, 204]);
      (await holder.put({ other: true })).is(200);
      const between = await stateOf(holder);

      const again = (await change(holder, by(key))).is(first.status);
      assert.deepEqual([again.etag, await stateOf(holder)], [between.etag, between]);
      assert.ok(again.text === '' || again.json.value === null || again.data.other);
    }
  });

  test('the condition that the first call met need not hold any more', async () => {
    for (const change of [...Object.values(changes), ...Object.values(operators)]) {
      const holder = await byBearer({ data: given });
      const [key, { etag }] = [randomUUID(), await holder.look()];
      const first = (await change(holder, by(key, { 'If-Match': etag }))).is([200, 204]);
      assert.equal((await change(holder, by(key, { 'If-Match': etag }))).is(first.status).etag, first.etag);
    }
  });

  test('it is the key and not the call that is known again', async () => {
    const holder = await byBearer({ data: given });
    const key = randomUUID();
    const first = (await holder.increment('n', 5, by(key))).is(200);
    assert.equal((await holder.patch({ n: 100 }, by(key))).is(200).etag, first.etag);
    assert.deepEqual(await holder.data(), { ...given, n: 6 });
  });

  test('with quotes or without them it is the same', async () => {
    const holder = await byBearer({ data: given });
    const key = randomUUID();
    (await holder.increment('n', 5, by(key))).is(200);
    assert.equal((await holder.increment('n', 5, by(`"${key}"`))).is(200).json.value, 6);
  });

  test('who prefers to see nothing sees nothing', async () => {
    const holder = await byBearer({ data: given });
    const options = by(randomUUID(), { Prefer: 'return=minimal' });
    const { etag } = (await holder.increment('n', 5, options)).is(204);
    assert.equal((await holder.increment('n', 5, options)).is(204).etag, etag);
  });

  test('calls at the same moment count once between them', async () => {
    const holder = await byBearer({ data: given });
    const key = randomUUID();
    const answers = await atOnce(8, () => holder.increment('n', 5, by(key)));
    assert.deepEqual(
      answers.map((answer) => answer.is(200).json.value),
      Array(8).fill(6),
    );
  });

  for (const transport of transports) {
    test(`after a rotation it is still the same session: ${transport}`, async () => {
      const holder = await create(transport, { data: given });
      const key = randomUUID();
      (await holder.increment('n', 5, by(key))).is(200);
      const next = await holder.rotated();
      assert.equal((await next.increment('n', 5, by(key))).is(200).json.value, 6);
    });
  }
});

describe('what counts', { concurrency: true }, () => {
  test('another key counts again, and so does none', async () => {
    const holder = await byBearer({ data: given });
    (await holder.increment('n', 1, by(randomUUID()))).is(200);
    (await holder.increment('n', 1, by(randomUUID()))).is(200);
    (await holder.increment('n', 1)).is(200);
    (await holder.increment('n', 1)).is(200);
    assert.equal((await holder.data()).n, 5);
  });

  test('another session with the same key counts', async () => {
    const key = randomUUID();
    for (const holder of [await byBearer({ data: given }), await byBearer({ data: given })]) {
      assert.equal((await holder.increment('n', 1, by(key))).is(200).json.value, 2);
    }
  });

  test('a call that was refused has used up nothing', async () => {
    const holder = await byBearer({ data: given });
    const key = randomUUID();
    (await holder.increment('text', 1, by(key))).is(422);
    (await holder.jsonPatch([{ op: 'test', path: '/n', value: 2 }], by(key))).is(409);
    (await holder.put({}, by(key, { 'If-Match': '"nothing"' }))).is(412);
    (await holder.key('DELETE', 'nothing', by(key))).is(404);
    assert.equal((await holder.increment('n', 1, by(key))).is(200).json.value, 2);
  });
});

describe('the header itself', { concurrency: true }, () => {
  const fine = ['x', '"x"', '~!#$%&()*+-./:<=>?@[]^_`{|}', '"a,b;c"', String.raw`"a\"b\\c"`, 'k'.repeat(255), `"${'k'.repeat(255)}"`, ' x '];
  const wrong = ['', '""', '"', 'k'.repeat(256), `"${'k'.repeat(256)}"`, 'a b', '"a b"', 'a,b', 'a;b', 'a"b', '"a"b"', '"a";b=1', 'a\\b', '"a\\b"', '"a\\"', '"a', ['a', 'b'], ['"a"', '"b"'], 'a\tb', utf8('é')];

  test('it may be a string in quotes, or bare', async () => {
    const holder = await byBearer({ data: given });
    for (const key of fine) {
      (await holder.increment('n', 1, by(key))).is(200);
    }
  });

  for (const [name, change] of Object.entries({ ...changes, ...operators })) {
    test(`${name} with one that can't be a key is refused, and the answer says what to send`, async () => {
      const holder = await byBearer({ data: given });
      const before = await stateOf(holder);
      for (const key of wrong) {
        const answer = (await change(holder, by(key))).is(400, 'malformed-request');
        assert.match(answer.json.detail, /^Idempotency-Key must be .* UUID/);
      }

      assert.deepEqual(await stateOf(holder), before);
    });
  }
});
