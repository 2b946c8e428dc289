/** What every call goes through: who speaks, from where, and what can't be a call at all. */
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { jsonOf, unknownSid } from './lib/given.mjs';
import { get, operate, origin, send } from './lib/client.mjs';
import { byBearer, byCookie, create, transports } from './lib/holders.mjs';
import { holderCalls, operatorCalls } from './lib/calls.mjs';
import { contractOf, exampleOf } from './lib/document.mjs';
import { settings } from './lib/settings.mjs';

const zeros = 'A'.repeat(43);
const jwt = 'eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJodHRwczovL2lkcC5leGFtcGxlIn0.c2lnbmF0dXJl';
const cookieName = (await send('POST', '/sessions')).is(201).cookie.name;
const cookieOf = (...tokens) => tokens.map((token) => `${cookieName}=${token}`).join('; ');
const noBrowser = { 'X-CSRF': '1' };
const unsafeCalls = () => holderCalls().filter(({ method }) => method !== 'GET');
const call = ({ method, path, json, type }, headers) => send(method, path, { json, type, headers });

describe('a token that opens nothing', { concurrency: true }, () => {
  const shapes = [
    '',
    '.',
    'nonsense',
    '{sid}',
    '{sid}.',
    '.{secret}',
    '{secret}.{sid}',
    '{sid}:{secret}',
    '{sid}.{secret}=',
    '{sid}.{secret}.{secret}',
    '{sid}.{secret}A',
    '"{sid}.{secret}"',
    '%7Bsid%7D.{secret}',
    `{sid}.${zeros}`,
    `${unknownSid}.{secret}`,
    `ff${'a'.repeat(26)}.{secret}`,
    `00${'a'.repeat(25)}b.${zeros}`,
    `${unknownSid.toUpperCase()}.${zeros}`,
    `00aaaaaaaaaaaaa1aaaaaaaaaaaa.${zeros}`,
    `{sid}.${'A'.repeat(20)}+${'A'.repeat(22)}`,
    `{sid}.${'A'.repeat(20)}/${'A'.repeat(22)}`,
    `{sid}.${'A'.repeat(20)}%${'A'.repeat(22)}`,
    `{sid}.${'A'.repeat(42)}B`,
    'a'.repeat(6 * 1024),
  ];

  for (const shape of shapes) {
    test(`is answered like none at all: ${shape.slice(0, 80) || 'an empty one'}`, async () => {
      const holder = await byBearer({ data: { kept: true } });
      const { etag } = await holder.look();
      const token = shape.replaceAll('{sid}', holder.sid).replaceAll('{secret}', holder.secret);

      // Whether JWTs are issued here is said before whose session it is.
      for (const one of holderCalls().filter(({ id }) => !['EndSibling', 'IncrementKey', 'DeleteKey', 'IssueJwt'].includes(id))) {
        const none = (await call(one)).is(401, 'not-authenticated');
        for (const shown of [{ Authorization: `Bearer ${token}` }, { 'Session-Token': token }, { Cookie: cookieOf(token), ...noBrowser }]) {
          assert.equal((await call(one, shown)).is(401, 'not-authenticated').text, none.text);
        }
      }

      for (const shown of [{ Authorization: `Bearer ${token}` }, { 'Session-Token': token }, { Cookie: cookieOf(token), ...noBrowser }]) {
        (await send('DELETE', '/sessions/current', { headers: shown })).is(204);
      }

      assert.equal((await holder.look()).is(200).etag, etag);
    });
  }

  test('in the address is none', async () => {
    const { token } = await byBearer();
    (await get(`/sessions/current?token=${token}&access_token=${token}&session-token=${token}`)).is(401, 'not-authenticated');
  });
});

describe('who speaks', { concurrency: true }, () => {
  test("a bearer's scheme has no case, and no other scheme will do", async () => {
    const { token } = await byBearer();
    for (const [value, status] of [
      [`bearer ${token}`, 200],
      [`BEARER ${token}`, 200],
      [`Bearer  ${token}`, 200],
      [`Basic ${token}`, 401],
      [token, 401],
      [`Bearer${token}`, 401],
    ]) {
      (await get('/sessions/current', { headers: { Authorization: value } })).is(status);
    }
  });

  test('other cookies are none of ours', async () => {
    const { token } = await byCookie();
    for (const [value, status] of [
      [`a=1; ${cookieOf(token)}; ${cookieName}2=x; x${cookieName}=y`, 200],
      [`a=1;${cookieOf(token)}`, 200],
      [`${cookieName.toLowerCase()}x=${token}`, 401],
      [`x${cookieName}=${token}`, 401],
      [cookieName, 401],
    ]) {
      (await get('/sessions/current', { headers: { Cookie: value } })).is(status);
    }
  });

  test("a cookie's name has case", { skip: cookieName === cookieName.toLowerCase() ? 'the name has no capitals' : false }, async () => {
    const { token } = await byCookie();
    (await get('/sessions/current', { headers: { Cookie: `${cookieName.toLowerCase()}=${token}` } })).is(401);
  });

  test('the same token shown twice is one', async () => {
    const { token } = await byCookie();
    for (const headers of [
      { Cookie: cookieOf(token, token) },
      { Cookie: cookieOf(token), Authorization: `Bearer ${token}` },
      { Authorization: `Bearer ${token}`, 'Session-Token': token },
      { Cookie: cookieOf(token), Authorization: `Bearer ${token}`, 'Session-Token': token },
    ]) {
      (await get('/sessions/current', { headers })).is(200);
    }
  });

  const pairs = {
    'two cookies': (one, two) => ({ Cookie: cookieOf(one, two) }),
    'a cookie and a bearer': (one, two) => ({ Cookie: cookieOf(one), Authorization: `Bearer ${two}` }),
    'a cookie and a Session-Token': (one, two) => ({ Cookie: cookieOf(one), 'Session-Token': two }),
    'a bearer and a Session-Token': (one, two) => ({ Authorization: `Bearer ${one}`, 'Session-Token': two }),
  };
  for (const [name, shown] of Object.entries(pairs)) {
    test(`${name} that differ are nobody's, and a log out ends every session shown`, async () => {
      const [one, two] = [await byBearer({ data: { k: 1 } }), await byBearer({ data: { k: 2 } })];
      for (const headers of [
        shown(one.token, two.token),
        shown(two.token, one.token),
        shown(one.token, `${two.sid}.${zeros}`),
        shown(one.token, `${one.sid}.${zeros}`),
      ]) {
        for (const any of holderCalls()) {
          (await call(any, { ...headers, 'Sec-Fetch-Site': 'same-origin' })).is(401, 'not-authenticated');
        }
      }

      assert.deepEqual([await one.data(), await two.data()], [{ k: 1 }, { k: 2 }]);
      (await send('DELETE', '/sessions/current', { headers: { ...shown(one.token, two.token), 'Sec-Fetch-Site': 'same-origin' } })).is(204);
      (await one.read()).is(401, 'not-authenticated');
      (await two.read()).is(401, 'not-authenticated');
    });
  }

  test("a bearer that isn't ours, such as an identity provider's, is ignored: the cookie speaks, under the cross-site rule", async () => {
    for (const bearer of [jwt, 'opaque-token', '']) {
      const holder = await byCookie({ data: { k: 1 } });
      const headers = { Authorization: `Bearer ${bearer}`, Cookie: holder.credentials.Cookie };

      (await get('/sessions/current', { headers })).is(200);
      for (const any of [...unsafeCalls(), { method: 'DELETE', path: '/sessions/current' }]) {
        (await call(any, headers)).is(403, 'cross-site-request');
        (await call(any, { ...headers, 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' })).is(403, 'cross-site-request');
      }

      (await send('PATCH', '/sessions/current/data', { json: { a: 1 }, headers: { ...headers, 'Sec-Fetch-Site': 'same-origin' } })).is(200);
      const rotated = (await send('POST', '/sessions/current/rotate', { headers: { ...headers, ...noBrowser } })).is(200);
      assert.ok(rotated.cookie && !('token' in rotated.json), 'the new token comes the way the old one did');
    }
  });

  test('beside it, a Session-Token speaks for platforms that use Authorization themselves', async () => {
    const holder = await create('session-token');
    (await holder.read('', { headers: { Authorization: `Bearer ${jwt}` } })).is(200);
    const answer = (await holder.rotate({ headers: { Authorization: `Bearer ${jwt}` } })).is(200);
    assert.ok('token' in answer.json && answer.cookie === undefined);
  });

  test('alone, it opens nothing', async () => {
    for (const any of holderCalls()) {
      (await call(any, { Authorization: `Bearer ${jwt}` })).is(401, 'not-authenticated');
    }
  });
});

describe('calls that another site might have made a browser send', { concurrency: true }, () => {
  const ours = [
    { 'Sec-Fetch-Site': 'same-origin' },
    { 'Sec-Fetch-Site': 'same-origin', Origin: origin },
    { 'X-CSRF': '1' },
    ...(settings.allowedOrigin
      ? [{ Origin: settings.allowedOrigin }, { 'Sec-Fetch-Site': 'cross-site', Origin: settings.allowedOrigin }]
      : []),
  ];
  const others = [
    {},
    { 'X-CSRF': '0' },
    { 'X-CSRF': 'true' },
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site' },
    { 'Sec-Fetch-Site': 'none' },
    { 'Sec-Fetch-Site': 'SAME-ORIGIN' },
    { 'Sec-Fetch-Site': '', 'X-CSRF': '1' },
    { 'Sec-Fetch-Site': 'cross-site', 'X-CSRF': '1' },
    { 'Sec-Fetch-Site': 'same-site', 'X-CSRF': '1' },
    { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example', 'X-CSRF': '1' },
    { Origin: 'https://evil.example' },
    { Origin: 'https://evil.example', 'X-CSRF': '1' },
    { Origin: 'null' },
    { Origin: 'null', 'X-CSRF': '1' },
    { Origin: '', 'X-CSRF': '1' },
    ...(settings.allowedOrigin ? lookalikes(settings.allowedOrigin).map((like) => ({ Origin: like })) : []),
  ];
  const unsafe = [...unsafeCalls(), { method: 'DELETE', path: '/sessions/current' }];

  test("by cookie, a call of the API's own pages, of allowed origins and of who is no browser is let through", async () => {
    for (const headers of ours) {
      for (const any of unsafe.filter(({ id }) => id !== 'SignIn' && id !== 'EndSibling' && id !== 'IssueJwt')) {
        const { token } = await byCookie({ data: { k: 1 } });
        (await call(any, { Cookie: cookieOf(token), ...headers })).is([200, 204]);
      }
    }
  });

  test('by cookie, any other call that changes something is refused, and changes nothing', async () => {
    const holder = await byCookie({ data: { k: 1 } });
    const { etag } = await holder.look();
    for (const headers of others) {
      for (const any of unsafe) {
        assert.equal((await call(any, { Cookie: cookieOf(holder.token), ...headers })).is(403, 'cross-site-request').cookie, undefined);
      }
    }

    assert.equal((await holder.look()).is(200).etag, etag);
  });

  test('a read by cookie needs no proof', async () => {
    const { token } = await byCookie();
    for (const headers of others) {
      (await get('/sessions/current', { headers: { Cookie: cookieOf(token), ...headers } })).is(200);
    }
  });

  for (const transport of ['bearer', 'session-token']) {
    test(`by ${transport} no browser sends anything on its own, so any call is let through`, async () => {
      const holder = await create(transport, { data: { k: 1 } });
      for (const headers of others) {
        (await holder.patch({ a: 1 }, { headers })).is(200);
        (await holder.touch({ headers })).is(204);
      }
    });
  }

  test('pages of other origins may read the headers they need', async () => {
    const exposed = (await get('/sessions/current', { headers: { Origin: settings.allowedOrigin || 'https://other.example' } })).is(401);
    for (const name of ['ETag', 'Location', 'Accept-Patch', 'Preference-Applied', 'Retry-After', 'WWW-Authenticate']) {
      assert.ok(exposed.header('access-control-expose-headers')?.includes(name), name);
    }
  });

  function lookalikes(allowed) {
    const { protocol, host, hostname } = new URL(allowed);
    return [
      `${allowed}/`,
      `${allowed}.evil.example`,
      `${protocol}//sub.${host}`,
      `${protocol === 'https:' ? 'http:' : 'https:'}//${host}`,
      `${protocol}//${hostname}:8443`,
      allowed.replace(hostname, hostname.toUpperCase()),
      `https://evil.example ${allowed}`,
    ];
  }
});

describe("an address or a method that isn't one of the API's", { concurrency: true }, () => {
  test('is not found, whatever the method and whoever asks', async () => {
    const holder = await byBearer();
    for (const path of [
      '/nowhere',
      '/sessions/nothing',
      '/sessions/current/nothing',
      '/sessions/current/touch/more',
      '/health',
      '/health/nothing',
      '/docs/nothing.js',
      '/docs/..%2Fopenapi.json',
      '/manage',
      '/manage/nothing',
      `/manage/sessions/${unknownSid}/nothing`,
      '/manage/users',
      '/manage/principals/ada/sessions',
      '/sessions/current/principal',
      '/.well-known/nothing',
    ]) {
      for (const method of ['GET', ...(path.startsWith('/docs') ? [] : ['POST', 'PUT', 'PATCH', 'DELETE'])]) {
        (await holder.send(method, path)).is(404, 'not-found');
        (await operate(method, path)).is(404, 'not-found');
      }

      (await send('HEAD', path)).is(404);
    }
  });

  test('is told which methods there are', async () => {
    const { operations } = await contractOf();
    const templates = [...new Set(operations.map(({ template }) => template))];
    for (const template of templates) {
      const allowed = operations.filter((operation) => operation.template === template).map(({ method }) => method);
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) => !allowed.includes(method))) {
        if (template === '/manage/sessions' && method === 'DELETE' && !settings.mayEndEverything) {
          continue; // it used to end every session: not to be tried where that would be a pity
        }

        const answer = (await operate(method, exampleOf(template), ['GET', 'DELETE'].includes(method) ? undefined : {})).is(
          405,
          'method-not-allowed',
        );
        const told = answer
          .header('allow')
          .split(',')
          .map((name) => name.trim());
        assert.deepEqual(
          told.filter((name) => !['HEAD', 'OPTIONS'].includes(name)).sort(),
          [...allowed].filter((name) => name !== 'HEAD').sort(),
          `${method} ${template}`,
        );
      }
    }
  });

  test('HEAD is answered where there is something to look at without a session, and is a wrong method elsewhere', async () => {
    const holder = await byBearer();
    for (const path of ['/health/live', '/health/ready', '/openapi.json', '/docs']) {
      const [whole, head] = [(await get(path)).is(200), (await send('HEAD', path)).is(200)];
      for (const name of ['content-type', 'cache-control', 'etag', 'x-content-type-options', 'content-security-policy', 'referrer-policy']) {
        assert.equal(head.header(name), whole.header(name), `${name} of ${path}`);
      }
    }

    for (const path of ['/sessions', '/sessions/current', '/sessions/current/data', '/manage/sessions']) {
      const answer = (await holder.send('HEAD', path)).is(405);
      assert.ok(answer.header('allow'), path);
    }
  });
});

describe('a body that is too long', { concurrency: true }, () => {
  const withBodies = async () => {
    const holder = await byBearer();
    return [
      { method: 'POST', path: '/sessions' },
      ...holderCalls()
        .filter(({ json }) => json !== undefined)
        .map((one) => ({ ...one, headers: holder.credentials })),
      ...operatorCalls(holder.sid)
        .filter(({ json }) => json !== undefined)
        .map((one) => ({ ...one, headers: { 'x-functions-key': settings.functionKey } })),
    ];
  };

  test('is refused by every call that takes one, with its length said and without', async () => {
    const body = jsonOf(settings.maxDataBytes * 2 + settings.maxClaimsBytes * 2 + 200_000, 'token');
    for (const { method, path, type, headers } of await withBodies()) {
      (await send(method, path, { body, type, headers })).is(413, 'too-large');
      (await send(method, path, { body, type, headers, chunked: true })).is(413, 'too-large');
    }
  });

  test('is refused in the same way where it is longer than servers take by default', async () => {
    const body = jsonOf(31 * 1024 * 1024);
    const holder = await byBearer({ data: { kept: true } });
    (await send('POST', '/sessions', { body })).is(413, 'too-large');
    (await holder.put(undefined, { body })).is(413, 'too-large');
    (await holder.patch(undefined, { body, chunked: true })).is(413, 'too-large');
    (await operate('POST', '/manage/sessions', undefined, { body })).is(413, 'too-large');
    assert.deepEqual(await holder.data(), { kept: true });
  });

  test('is no matter where no body is looked at', async () => {
    for (const transport of transports) {
      const holder = await create(transport);
      (await holder.touch({ json: { a: 1 } })).is(204);
      (await holder.rotate({ body: 'anything', type: 'text/plain' })).is(200);
      (await holder.logOut({ json: {} })).is(204);
    }
  });
});
