/** POST /sessions: where every session begins. */
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { exact, isNear, jsonOf, nested, newUser, seconds } from './lib/given.mjs';
import { operate, origin, send } from './lib/client.mjs';
import { byBearer, create, createFor, transports } from './lib/holders.mjs';
import { settings } from './lib/settings.mjs';

const createWith = (options) => send('POST', '/sessions', options);

/** The times that sessions have here when nobody asks for others: they are the longest that can be asked for, too. */
const usual = (await createWith({ body: '{}' })).is(201).json;
const remembered = (await operate('POST', '/manage/sessions', { persistent: true })).is(201).json;

describe('creating a session', { concurrency: true }, () => {
  for (const body of [
    undefined,
    '{}',
    '{"data":null,"persistent":null,"idleTimeout":null,"lifetime":null,"transport":null}',
    '{"transport":"cookie"}',
  ]) {
    test(`with ${body ?? 'no body'}, it comes with a cookie and the usual times`, async () => {
      const answer = (await createWith({ body })).is(201);

      const session = answer.json;
      assert.equal(session.sid, answer.cookie.value.split('.')[0]);
      assert.deepEqual([session.version, session.data, session.claims, session.persistent], [1, {}, {}, false]);
      assert.ok(!('user' in session), 'nobody has signed in');
      isNear(seconds(session.createdAt), answer.date / 1000, 'createdAt');
      assert.equal(session.lastSeenAt, session.createdAt);
      assert.equal(seconds(session.endsAt) - seconds(session.createdAt), session.lifetime);
      assert.match(answer.header('location'), /\/sessions\/current$/);
    });
  }

  test('it lives at least as long as its idle timeout without being used, and at most a tenth longer', () => {
    const idle = seconds(usual.expiresAt) - seconds(usual.lastSeenAt);
    assert.ok(
      idle >= usual.idleTimeout && idle <= usual.idleTimeout * 1.1 + 0.001,
      `${idle} s with an idle timeout of ${usual.idleTimeout} s`,
    );
  });

  test('the cookie is out of reach for scripts, for plain HTTP and for other hosts', async () => {
    const { cookie } = (await createWith({})).is(201);

    assert.equal(cookie.attributes.get('httponly'), true);
    assert.equal(cookie.attributes.get('secure'), true);
    assert.equal(cookie.attributes.get('path'), '/');
    assert.match(cookie.attributes.get('samesite'), /^(Lax|Strict|None)$/);
    assert.equal(cookie.attributes.has('partitioned'), cookie.attributes.get('samesite') === 'None');
    assert.ok(!(cookie.name.startsWith('__Host-') && cookie.attributes.has('domain')), 'a __Host- cookie has no Domain');
    assert.ok(!cookie.attributes.has('max-age') && !cookie.attributes.has('expires'), 'it goes when the browser does');
  });

  test('a token has the form that is published, and no two are alike', async () => {
    const tokens = await Promise.all(Array.from({ length: 10 }, async () => (await byBearer()).token));

    for (const token of tokens) {
      assert.match(token, /^[0-9a-f]{2}[a-z2-7]{26}\.[A-Za-z0-9_-]{43}$/);
    }

    assert.equal(new Set(tokens.flatMap((token) => token.split('.'))).size, 20);
  });

  test('with a cookie the token is nowhere else', async () => {
    const answer = (await createWith({ json: { data: { a: 1 } } })).is(201);

    const secret = answer.cookie.value.split('.')[1];
    assert.ok(!('token' in answer.json));
    assert.ok(!answer.text.includes(secret) && !answer.header('location').includes(secret));
  });

  test('with bearer transport the token is in the body and no cookie is set', async () => {
    const answer = (await createWith({ json: { transport: 'bearer' } })).is(201);

    assert.equal(answer.cookie, undefined);
    assert.equal(answer.json.token.split('.')[0], answer.json.sid);
  });

  const allowed = settings.allowsPersistent ? false : "SESSIONS_ALLOW_PERSISTENT isn't set";
  const forbidden = settings.allowsPersistent ? 'SESSIONS_ALLOW_PERSISTENT is set' : false;

  test('who asks for one that is remembered gets it only where the service allows it', { skip: forbidden }, async () => {
    for (const transport of ['cookie', 'bearer']) {
      const answer = (await createWith({ json: { persistent: true, transport } })).is(422, 'not-allowed');
      assert.match(answer.json.detail, /persistent sessions only by its backend/);
      assert.equal(answer.cookie, undefined);
      (await createWith({ json: { persistent: false, transport } })).is(201);
    }

    const holder = await createFor(newUser(), { persistent: true });
    assert.equal((await holder.look()).json.persistent, true);
    const signedIn = await (await byBearer()).signedIn(newUser(), { persistent: true });
    assert.equal((await signedIn.look()).json.persistent, true);
  });

  test('one that is remembered has the longer times, and a cookie that lasts as long as it may', { skip: allowed }, async () => {
    assert.ok(remembered.persistent && remembered.idleTimeout >= usual.idleTimeout && remembered.lifetime >= usual.lifetime);

    for (const [wanted, maxAge] of [
      [{}, remembered.lifetime],
      [{ lifetime: 3600 }, 3600],
      [{ lifetime: 3600.9, idleTimeout: 60 }, 3600],
    ]) {
      const answer = (await createWith({ json: { persistent: true, ...wanted } })).is(201);
      isNear(Number(answer.cookie.attributes.get('max-age')), maxAge, 'Max-Age');
      assert.equal(answer.json.persistent, true);
    }
  });

  test('data comes along and is read back, every number with all its digits', async () => {
    const data =
      '{"cart":[{"sku":"A-1","n":2}],"grün":"🦊 <b>&amp;</b> \\u0000 \\"","empty":{},"nothing":null,' +
      '"n":123456789012345678901234567890,"d":-0.10e5}';
    for (const transport of transports) {
      const holder = await create(transport);
      await holder.put(undefined, { body: data });
      assert.deepEqual((await holder.read()).data, JSON.parse(data));
    }

    const answer = (await createWith({ body: ` { "transport" : "bearer", "data" : ${data} } ` })).is(201);
    assert.deepEqual(answer.data, JSON.parse(data));
    assert.equal(exact(/"n":(\d{20,})/.exec(answer.text)[1]), exact('123456789012345678901234567890'));
  });

  test('the times may be shortened', async () => {
    for (const [wanted, idleTimeout, lifetime] of [
      [{ idleTimeout: 60, lifetime: 600 }, 60, 600],
      [{ idleTimeout: 1.5 }, 1.5, usual.lifetime],
      [{ idleTimeout: usual.idleTimeout, lifetime: usual.lifetime }, usual.idleTimeout, usual.lifetime],
      [{ lifetime: 1 }, usual.idleTimeout, 1],
    ]) {
      const session = (await createWith({ json: wanted })).is(201).json;
      assert.deepEqual([session.idleTimeout, session.lifetime], [idleTimeout, lifetime]);
      assert.ok(seconds(session.expiresAt) <= seconds(session.endsAt));
    }
  });

  test('what may not be asked for is refused', async () => {
    for (const body of [
      `{"idleTimeout":${usual.idleTimeout + 0.001}}`,
      '{"idleTimeout":0.999}',
      '{"idleTimeout":0}',
      '{"idleTimeout":-1}',
      '{"idleTimeout":1e400}',
      '{"idleTimeout":"60"}',
      `{"lifetime":${usual.lifetime + 1}}`,
      '{"lifetime":true}',
      `{"persistent":true,"idleTimeout":${remembered.idleTimeout + 1}}`,
      `{"persistent":true,"lifetime":${remembered.lifetime + 1}}`,
      '{"persistent":"yes"}',
      '{"transport":"header"}',
      '{"transport":1}',
      '{"idletimeout":60}', // misspelt, it would be a longer one than was asked for
      '{"data":[]}',
      '{"data":"{}"}',
      `{"data":${nested(33)}}`,
      `{"data":{"${'n'.repeat(257)}":1}}`,
      '{"claims":{"admin":true}}',
      '{"user":"ada@shop.example"}',
      '{"version":7}',
      '[]',
      'null',
      '"{}"',
    ]) {
      assert.equal((await createWith({ body })).is(422, 'not-allowed').cookie, undefined);
    }
  });

  test('what is no JSON is malformed', async () => {
    for (const body of [
      '{',
      '}',
      '{"data":{},}',
      "{'data':{}}",
      '{"data":{}} {}',
      '{"data":{"a":1,"a":2}}',
      '{"data":{},"data":{}}',
      '{"data":{"a":"\\ud83e"}}',
      '\ufeff{}',
    ]) {
      (await createWith({ body })).is(400, 'malformed-request');
    }

    (await createWith({ body: Buffer.from([...Buffer.from('{"data":{"a":"'), 0xff, ...Buffer.from('"}}')]) })).is(400, 'malformed-request');
  });

  test('a body must be JSON by its media type, in UTF-8', async () => {
    for (const type of [
      null,
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/json; charset=utf-16',
    ]) {
      (await createWith({ body: '{}', type })).is(415, 'wrong-media-type');
    }

    (await createWith({ body: '{}', type: 'Application/JSON; charset="UTF-8"' })).is(201);
  });

  test('data has its largest size, and what is larger makes no session', async () => {
    const largest = jsonOf(settings.maxDataBytes);
    (await createWith({ body: `{"data":${largest}}` })).is(201);
    (await createWith({ body: `{"data":${jsonOf(settings.maxDataBytes + 1)}}` })).is(413, 'too-large');
    (await createWith({ body: `{"data":${jsonOf(settings.maxDataBytes * 3)}}` })).is(413, 'too-large');
  });

  test('data may be 32 levels deep', async () => {
    (await createWith({ body: `{"data":${nested(32)}}` })).is(201);
  });

  test('a session presented along is left alone, and the new one is another', async () => {
    for (const transport of transports) {
      const holder = await create(transport);
      const answer = (await holder.send('POST', '/sessions')).is(201);
      assert.notEqual(answer.json.sid, holder.sid);
      assert.ok(await holder.isLetIn());
    }
  });

  test('an Idempotency-Key means nothing here: each call makes a session', async () => {
    const headers = { 'Idempotency-Key': '"0f5f1f0a-1c1e-4a6f-9a55-0d1d9d5b7c11"' };
    const [one, two] = [(await createWith({ headers })).is(201), (await createWith({ headers })).is(201)];

    assert.notEqual(one.json.sid, two.json.sid);
    (await createWith({ headers: { 'Idempotency-Key': 'short' } })).is(201);
  });

  test('a page gets no bearer token, out of reach of which the cookie is', async () => {
    for (const from of ['https://evil.example', 'null']) {
      (await createWith({ json: { transport: 'bearer' }, headers: { Origin: from } })).is(settings.allowsBearerForBrowsers ? 201 : 422);
    }
  });

  test("another site can't put a session of its own choice into a visitor's browser", async () => {
    for (const headers of [
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site', 'X-CSRF': '1' },
      { 'Sec-Fetch-Site': 'none' },
      { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example', 'X-CSRF': '1' },
      { Origin: 'https://evil.example', 'X-CSRF': '1' },
      { Origin: 'null' },
      { Origin: '' },
    ]) {
      assert.equal((await createWith({ headers })).is(403, 'cross-site-request').cookie, undefined);
    }
  });

  test("the API's own pages and who is no browser get one", async () => {
    for (const headers of [
      {},
      { 'X-CSRF': '1' },
      { 'Sec-Fetch-Site': 'same-origin' },
      { 'Sec-Fetch-Site': 'same-origin', Origin: origin },
    ]) {
      assert.ok((await createWith({ headers })).is(201).cookie);
    }
  });

  test(
    'pages of an origin that is allowed get one',
    { skip: settings.allowedOrigin ? false : 'SESSIONS_ALLOWED_ORIGIN names none' },
    async () => {
      assert.ok((await createWith({ headers: { 'Sec-Fetch-Site': 'cross-site', Origin: settings.allowedOrigin } })).is(201).cookie);
    },
  );
});
