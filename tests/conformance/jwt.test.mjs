/** Short-lived tokens that other services check by themselves, with nothing but the published keys. */
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { isNear, newUser } from './lib/given.mjs';
import { get, send } from './lib/client.mjs';
import { byBearer, create, createFor, transports } from './lib/holders.mjs';
import { settings } from './lib/settings.mjs';

const keysPath = '/.well-known/jwks.json';
const issuing = (await get(keysPath)).is([200, 404]).status === 200;
const issue = (holder) => holder.send('POST', '/sessions/current/jwt');

if (!issuing) {
  describe("JWTs, which this deployment doesn't issue", { concurrency: true }, () => {
    test("are answered as something that isn't enabled", async () => {
      (await get(keysPath)).is(404, 'not-enabled');
      for (const transport of transports) {
        (await issue(await create(transport))).is(404, 'not-enabled');
      }
    });
  });
} else {
  describe('JWTs', { concurrency: true }, () => {
    for (const transport of transports) {
      test(`by ${transport}, one is issued that the published keys alone tell to be good`, async () => {
        const user = newUser('user "1"');
        const holder = await (await create(transport)).signedIn(user, { claims: { role: 'buyer 😀', sub: 'admin' } });

        const answer = (await issue(holder)).is(200);

        assert.equal(answer.header('cache-control'), 'no-store');
        const { header, payload } = await checked(answer.json.token);
        assert.deepEqual([answer.json.tokenType, header.alg, header.typ], ['Bearer', 'ES256', 'JWT']);
        assert.deepEqual([payload.sub, payload.sid, payload.claims], [user, holder.sid, { role: 'buyer 😀', sub: 'admin' }]);
        assert.ok(payload.iss);
        isNear(payload.iat, answer.date / 1000, 'iat');
        assert.equal(payload.exp - payload.iat, answer.json.expiresIn);
      });
    }

    test('of an anonymous session name nobody', async () => {
      const { payload } = await checked((await issue(await byBearer())).is(200).json.token);
      assert.deepEqual(['sub' in payload, payload.claims], [false, {}]);
    });

    test('have an id of their own each', async () => {
      const holder = await byBearer();
      const ids = [];
      for (let i = 0; i < 3; i++) {
        ids.push((await checked((await issue(holder)).is(200).json.token)).payload.jti);
      }

      assert.equal(new Set(ids).size, 3);
    });

    test('never outlive their session', async () => {
      const { expiresIn } = (await issue(await byBearer({ lifetime: 20 }))).is(200).json;
      assert.ok(expiresIn <= 20, `${expiresIn} s`);
    });

    test(
      "aren't issued with claims too long for a header",
      { skip: settings.maxClaimsBytes < 8192 ? 'claims are never that long here' : false },
      async () => {
        (await issue(await createFor(newUser(), { claims: { a: 'x'.repeat(8000) } }))).is(422, 'not-allowed');
      },
    );

    test("aren't issued without a session, or to another site", async () => {
      const holder = await create('cookie');
      (await issue({ send })).is(401, 'not-authenticated');
      (await holder.send('POST', '/sessions/current/jwt', { headers: { 'Sec-Fetch-Site': 'cross-site' } })).is(403, 'cross-site-request');
      (await holder.logOut()).is(204);
      (await issue(holder)).is(401, 'not-authenticated');
    });

    test('open no session', async () => {
      const { token } = (await issue(await byBearer())).is(200).json;
      for (const headers of [{ Authorization: `Bearer ${token}` }, { 'Session-Token': token }]) {
        (await get('/sessions/current', { headers })).is(401, 'not-authenticated');
      }
    });

    test('have keys of which only the public halves are published, for caches to keep', async () => {
      const answer = (await get(keysPath)).is(200);
      assert.match(answer.header('cache-control'), /^public, max-age=\d+$/);
      for (const key of answer.json.keys) {
        assert.deepEqual(Object.keys(key).sort(), ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
      }
    });
  });
}

async function checked(token) {
  const [head, body, signature] = token.split('.');
  const read = (part) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  const header = read(head);
  const jwk = (await get(keysPath)).is(200).json.keys.find(({ kid }) => kid === header.kid);
  assert.ok(jwk, `the key ${header.kid} is published`);
  const key = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' };
  assert.ok(verify('sha256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url')), 'the signature is good');
  return { header, payload: read(body) };
}
