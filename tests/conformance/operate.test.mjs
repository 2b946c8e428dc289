/** What the operator, a trusted backend with a function key, can do with any session. */
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { isNear, jsonOf, malformedSids, nested, newUser, seconds, unknownSid, until } from './lib/given.mjs';
import { operate, send } from './lib/client.mjs';
import { byBearer, byCookie, createFor, Holder, introspect, sidsOf } from './lib/holders.mjs';
import { operatorCalls } from './lib/calls.mjs';
import { settings } from './lib/settings.mjs';

const at = (sid, rest = '') => `/manage/sessions/${sid}${rest}`;
const merge = 'application/merge-patch+json';
const jsonPatch = 'application/json-patch+json';

describe('the function key', { concurrency: true }, () => {
  test('is needed for every call under /manage', async () => {
    const holder = await createFor(newUser(), { claims: { role: 'admin' } });
    const cookie = await (await byCookie()).signedIn(newUser());
    const { etag } = await holder.look();
    const key = settings.functionKey;

    for (const { method, path, json } of operatorCalls(holder.sid)) {
      for (const headers of [
        {},
        { 'x-functions-key': '' },
        { 'x-functions-key': 'wrong' },
        { 'x-functions-key': `${key}x` },
        { 'x-functions-key': holder.token },
        { Authorization: `Bearer ${key}` },
        { Authorization: `Bearer ${holder.token}` },
        { 'Session-Token': holder.token },
        { ...cookie.credentials, 'Sec-Fetch-Site': 'same-origin' },
      ]) {
        (await send(method, path, { json, headers })).is(401, 'function-key');
      }

      (await send(method, `${path}?code=wrong`, { json })).is(401, 'function-key');
    }

    assert.equal((await holder.look()).etag, etag);
  });

  test('may stand in the query', async () => {
    (await send('POST', `/manage/introspect?code=${encodeURIComponent(settings.functionKey)}`, { json: { token: 'x' } })).is(200);
  });

  test("opens no holder's call", async () => {
    (await operate('GET', '/sessions/current')).is(401, 'not-authenticated');
  });
});

describe('creating a session by the operator', { concurrency: true }, () => {
  test('it is made for a user, with claims, and the answer has the token', async () => {
    const user = newUser();
    const answer = (
      await operate('POST', '/manage/sessions', { user, claims: { role: 'admin' }, data: { a: 1 }, idleTimeout: 60, lifetime: 600 })
    ).is(201);

    const holder = new Holder({ transport: 'bearer', token: answer.json.token });
    assert.ok(answer.header('location').endsWith(at(holder.sid)));
    assert.equal(answer.cookie, undefined);
    const session = (await holder.read()).is(200).json;
    assert.deepEqual(
      [session.user, session.claims, session.data, session.idleTimeout, session.lifetime],
      [user, { role: 'admin' }, { a: 1 }, 60, 600],
    );
    assert.deepEqual(await sidsOf(user), [holder.sid]);
  });

  test("without a body it is nobody's", async () => {
    const answer = (await operate('POST', '/manage/sessions')).is(201);
    assert.ok(!('user' in answer.json));
    assert.ok(await new Holder({ transport: 'bearer', token: answer.json.token }).isLetIn());
  });

  test('what may not be asked for is refused', async () => {
    for (const [body, status] of [
      ['{"transport":"cookie"}', 422],
      ['{"user":["ada"]}', 422],
      ['{"user":""}', 422],
      ['{"claims":[]}', 422],
      ['{"claims":null,"claims":{}}', 400],
      ['{"idleTimeout":0}', 422],
      ['{"lifetime":1e400}', 422],
      ['{"lifetime":1e9}', 422],
      [`{"claims":${nested(33)}}`, 422],
      ['{"user":"ada"}\u0000', 400],
      ['[]', 422],
      ['{', 400],
      ['{"principal":"ada"}', 422],
    ]) {
      (await operate('POST', '/manage/sessions', undefined, { body })).is(status);
    }

    (await operate('POST', '/manage/sessions', {}, { type: 'text/plain' })).is(415, 'wrong-media-type');
  });

  test('claims are limited apart from data', async () => {
    const claims = JSON.parse(jsonOf(settings.maxClaimsBytes));
    (await operate('POST', '/manage/sessions', { claims })).is(201);
    (await operate('POST', '/manage/sessions', { claims: JSON.parse(jsonOf(settings.maxClaimsBytes + 1)) })).is(413, 'too-large');
    (await operate('POST', '/manage/sessions', { data: JSON.parse(jsonOf(settings.maxDataBytes)), claims })).is(201);
    (await operate('POST', '/manage/sessions', { data: JSON.parse(jsonOf(settings.maxDataBytes + 1)) })).is(413, 'too-large');
  });
});

describe("a session in the operator's hands", { concurrency: true }, () => {
  test('is read without its token and without keeping it alive', async () => {
    const holder = await byBearer({ data: { a: 1 } });
    const before = (await holder.look()).is(200);

    const answer = (await operate('GET', at(holder.sid))).is(200);

    assert.deepEqual(answer.json, before.json);
    assert.equal(answer.etag, before.etag);
    assert.ok(!answer.text.includes(holder.secret));
    (await operate('GET', at(holder.sid), undefined, { headers: { 'If-None-Match': answer.etag } })).is(304);
    (await operate('GET', at(holder.sid), undefined, { headers: { 'If-None-Match': '"0"' } })).is(200);
  });

  test('is ended, however often', async () => {
    const user = newUser();
    const holder = await createFor(user);

    (await operate('DELETE', at(holder.sid))).is(204);
    (await operate('DELETE', at(holder.sid))).is(204);

    (await holder.read()).is(401, 'not-authenticated');
    (await operate('GET', at(holder.sid))).is(404, 'not-found');
    assert.deepEqual(await sidsOf(user), []);
  });

  test("that isn't there is missing, and ending it does nothing", async () => {
    for (const { method, path, json } of operatorCalls(unknownSid).filter(({ path }) => path.includes(unknownSid))) {
      (await operate(method, path, json)).is(method === 'DELETE' ? 204 : 404);
    }
  });

  test("by what is no id is missing, and ending it is malformed: a mistake mustn't look like success", async () => {
    for (const sid of malformedSids) {
      for (const { method, path, json } of operatorCalls(sid).filter(({ path }) => path.includes(sid))) {
        (await operate(method, path, json)).is(method === 'DELETE' ? 400 : 404);
      }
    }
  });
});

describe('claims', { concurrency: true }, () => {
  const patch = (holder, json, options) => operate('PATCH', at(holder.sid, '/claims'), json, options);

  test('are merged, and the holder reads them', async () => {
    for (const type of [merge, 'application/json', `${merge}; charset=utf-8`]) {
      const holder = await createFor(newUser(), { claims: { a: 1, b: 2 }, data: { d: 1 } });

      const answer = (await patch(holder, { b: null, c: { x: null, y: 3 } }, { type })).is(200);

      const read = (await holder.read()).is(200);
      assert.deepEqual([read.json.claims, read.data, read.etag], [{ a: 1, c: { y: 3 } }, { d: 1 }, answer.etag]);
      assert.ok(!('token' in answer.json));
      assert.deepEqual((await introspect(holder.token)).claims, { a: 1, c: { y: 3 } });
    }
  });

  test('the holder has no way to write them', async () => {
    const holder = await createFor(newUser(), { claims: { role: 'user' } });

    (await holder.put({ claims: { role: 'admin' } })).is(200);
    (await holder.send('PATCH', '/sessions/current/claims', { json: { role: 'admin' } })).is(404, 'not-found');
    (await holder.send('PATCH', at(holder.sid, '/claims'), { json: {} })).is(401);

    assert.deepEqual((await holder.read()).json.claims, { role: 'user' });
  });

  test('a change can be tied to the version that was read', async () => {
    const holder = await createFor(newUser());
    const { etag } = await holder.look();
    const ifMatch = (tag) => ({ headers: { 'If-Match': tag } });

    const now = (await patch(holder, { a: 1 }, ifMatch(etag))).is(200).etag;
    const other = await createFor(newUser());
    for (const [tag, status] of [
      [etag, 412],
      [now.replace(holder.sid, other.sid), 412],
      [(await patch(other, { a: 1 })).is(200).etag, 412],
      [`W/${now}`, 412],
      [now.slice(1, -1), 400],
      ['*', 200],
    ]) {
      (await patch(holder, { a: 2 }, ifMatch(tag))).is(status);
    }
  });

  test('a bad body is refused and changes nothing', async () => {
    const holder = await createFor(newUser(), { claims: { a: 1 } });
    const { etag } = await holder.look();
    for (const [body, type, status] of [
      ['{}', 'text/plain', 415],
      ['{}', null, 415],
      ['{}', 'application/json; charset=utf-16', 415],
      ['', 'application/json', 400],
      ['{', 'application/json', 400],
      ['{"a":1,"a":2}', 'application/json', 400],
      ['{"a":"\\ud83e"}', merge, 400],
      ['[]', merge, 422],
      ['null', merge, 422],
      ['"x"', merge, 422],
      [nested(33), merge, 422],
      [jsonOf(settings.maxClaimsBytes + 1, 'b'), merge, 413],
      [jsonOf(settings.maxClaimsBytes * 20, 'b'), merge, 413],
    ]) {
      (await patch(holder, undefined, { body, type })).is(status);
    }

    assert.equal((await holder.look()).etag, etag);
  });
});

describe("data in the operator's hands", { concurrency: true }, () => {
  const change = (method, holder, json, options) => operate(method, at(holder.sid, '/data'), json, options);

  test('is replaced, merged and patched, and the holder sees it', async () => {
    const holder = await createFor(newUser(), { data: { a: 1 }, claims: { role: 'user' } });

    assert.deepEqual((await change('PUT', holder, { b: [1], c: 3 })).is(200).data, { b: [1], c: 3 });
    assert.deepEqual((await change('PATCH', holder, { c: null, d: 4 }, { type: merge })).is(200).data, { b: [1], d: 4 });
    const answer = (await change('PATCH', holder, [{ op: 'add', path: '/b/-', value: 2 }], { type: jsonPatch })).is(200);

    const read = (await holder.read()).is(200);
    assert.deepEqual([read.data, read.json.claims, read.etag], [{ b: [1, 2], d: 4 }, { role: 'user' }, answer.etag]);
    assert.ok(!('token' in answer.json));
  });

  test('a change can be tied to the version that was read', async () => {
    const holder = await byBearer({ data: { a: 1 } });
    const { etag } = await holder.look();
    const other = (await byBearer()).sid;
    for (const method of ['PUT', 'PATCH']) {
      const now = (await holder.patch({ a: method })).is(200).etag;
      for (const [tag, status] of [
        [etag, 412],
        [now.replace(holder.sid, other), 412],
        [`W/${now}`, 412],
        [now.slice(1, -1), 400],
        [now, 200],
      ]) {
        (await change(method, holder, { b: 1 }, { headers: { 'If-Match': tag } })).is(status);
      }
    }
  });

  test('a bad body is refused and changes nothing', async () => {
    const holder = await byBearer({ data: { a: 1 } });
    const { etag } = await holder.look();
    const bad = (type) => [
      ['{}', 'text/plain', 415],
      ['{}', null, 415],
      ['', type, 400],
      ['{', type, 400],
      ['{"a":1,"a":2}', type, 400],
      ['[]', type, 422],
      ['null', type, 422],
      [nested(33), type, 422],
      [jsonOf(settings.maxDataBytes + 1), type, 413],
      [jsonOf(settings.maxDataBytes * 4), type, 413],
    ];
    for (const [body, type, status] of bad('application/json')) {
      (await change('PUT', holder, undefined, { body, type })).is(status);
    }

    for (const [body, type, status] of [...bad(merge), ['[{"op":"test","path":"/a","value":2}]', jsonPatch, 409], ['{}', jsonPatch, 400]]) {
      (await change('PATCH', holder, undefined, { body, type })).is(status);
    }

    assert.equal((await holder.look()).etag, etag);
  });
});

describe("times in the operator's hands", { concurrency: true }, () => {
  const change = (holder, json, options) => operate('PATCH', at(holder.sid), json, options);

  test('the end can be brought nearer and put off', async () => {
    const holder = await byBearer({ lifetime: 600 });
    for (const endsIn of [60, 300, 1200]) {
      const answer = (await change(holder, { endsIn })).is(200);
      isNear(seconds(answer.json.endsAt), answer.date / 1000 + endsIn, 'endsAt');
      assert.equal((await holder.look()).json.endsAt, answer.json.endsAt);
      assert.ok(seconds(answer.json.expiresAt) <= seconds(answer.json.endsAt));
    }
  });

  test('the time until it ends unused can be set', async () => {
    const holder = await byBearer();
    for (const expiresIn of [30, 120]) {
      const answer = (await change(holder, { expiresIn })).is(200);
      isNear(seconds(answer.json.expiresAt), answer.date / 1000 + expiresIn, 'expiresAt');
      assert.equal((await operate('GET', at(holder.sid))).json.expiresAt, answer.json.expiresAt);
    }
  });

  test('a session is over when its expiresIn is, unless it is used', async () => {
    const [unused, used] = [await createFor(newUser()), await createFor(newUser())];
    for (const holder of [unused, used]) {
      (await change(holder, { expiresIn: 1 })).is(200);
    }

    await until('the end', async () => {
      (await used.touch()).is(204);
      return (await operate('GET', at(unused.sid))).is([200, 404]).status === 404;
    });
    (await unused.read()).is(401, 'not-authenticated');
    (await used.read()).is(200);
  });

  test('a session is over when its endsIn is, used or not', async () => {
    const holders = [await createFor(newUser()), await createFor(newUser())];
    for (const holder of holders) {
      (await change(holder, { endsIn: 1 })).is(200);
    }

    await until('the end', async () => {
      (await holders[0].touch()).is([204, 401]);
      return (await Promise.all(holders.map(({ sid }) => operate('GET', at(sid))))).every((answer) => answer.is([200, 404]).status === 404);
    });
    for (const holder of holders) {
      (await holder.read()).is(401, 'not-authenticated');
    }
  });

  test('what is beyond the configured times, or no time, is refused and changes nothing', async () => {
    const holder = await byBearer();
    const before = (await holder.look()).json;
    for (const [body, status] of [
      [`{"expiresIn":${before.idleTimeout * 1.2 + 60}}`, 422],
      [`{"endsIn":${before.lifetime + 60}}`, 422],
      [`{"expiresIn":60,"endsIn":${before.lifetime + 60}}`, 422],
      ['{"expiresIn":0}', 422],
      ['{"endsIn":-1}', 422],
      ['{"endsIn":"60"}', 422],
      ['{"endsIn":1e400}', 422],
      ['{"endsAt":"2030-01-01T00:00:00Z"}', 422],
      ['[]', 422],
      ['{', 400],
      ['{"endsIn":1,"endsIn":2}', 400],
    ]) {
      (await change(holder, undefined, { body })).is(status);
    }

    (await change(holder, { endsIn: 60 }, { type: 'text/plain' })).is(415, 'wrong-media-type');
    assert.deepEqual((await holder.look()).json, before);
  });
});

describe('introspection', { concurrency: true }, () => {
  test('of a token that is good says whose it is and for how long', async () => {
    const user = newUser();
    const holder = await createFor(user, { claims: { role: 'admin' }, data: { hidden: 1 } });
    const session = (await holder.look()).json;

    const { iat, exp, ...answer } = await introspect(holder.token);

    assert.deepEqual(answer, {
      active: true,
      sid: holder.sid,
      sub: user,
      persistent: false,
      version: session.version,
      claims: { role: 'admin' },
    });
    assert.deepEqual([iat, exp], [Math.floor(seconds(session.createdAt)), Math.floor(seconds(session.expiresAt))]);
  });

  test("of nobody's session has no subject", async () => {
    const answer = await introspect((await byCookie()).token);
    assert.deepEqual([answer.active, 'sub' in answer], [true, false]);
  });

  test('tells malformed, unknown, expired and ended tokens apart by nothing', async () => {
    const [expired, ended, loggedOut, live] = [
      await byBearer({ idleTimeout: 1 }),
      await createFor(newUser()),
      await byBearer(),
      await byBearer(),
    ];
    (await operate('DELETE', at(ended.sid))).is(204);
    (await loggedOut.logOut()).is(204);
    await until('the end', async () => !(await expired.isLetIn()));

    for (const token of [
      '',
      'nonsense',
      'é',
      'A'.repeat(5000),
      `${live.sid}.`,
      `${live.sid}.${'A'.repeat(43)}`,
      `${unknownSid}.${live.secret}`,
      `${live.token}=`,
      expired.token,
      ended.token,
      loggedOut.token,
    ]) {
      assert.deepEqual(await introspect(token), { active: false });
    }
  });

  test('keeps nothing alive unless it is asked to', async () => {
    const [looked, touched] = [await byBearer({ idleTimeout: 1 }), await byBearer({ idleTimeout: 1 })];
    await until('the end', async () => {
      assert.equal((await introspect(touched.token, { touch: true })).active, true);
      return !(await introspect(looked.token, { touch: false })).active;
    });
  });

  test('is asked by a body with a token, and nothing else', async () => {
    for (const [body, status] of [
      ['', 422],
      ['{}', 422],
      ['{"token":null}', 422],
      ['{"token":1}', 422],
      ['{"token":"x","touch":"true"}', 422],
      ['{"token":"x","token_type_hint":"y"}', 422],
      ['{"token":"x","token":"y"}', 400],
      ['token=x', 400],
      [`{"token":"${'x'.repeat(1024 * 1024)}"}`, 413],
    ]) {
      (await operate('POST', '/manage/introspect', undefined, { body })).is(status);
    }

    (await operate('POST', '/manage/introspect', undefined, { body: 'token=x', type: 'application/x-www-form-urlencoded' })).is(
      415,
      'wrong-media-type',
    );
  });
});
