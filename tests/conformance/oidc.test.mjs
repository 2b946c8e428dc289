/** Signing in with an identity provider's word, where one is configured. */
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { newUser, until } from './lib/given.mjs';
import { byBearer, create, sidsOf, transports } from './lib/holders.mjs';
import { newKey, Provider } from './lib/provider.mjs';
import { settings } from './lib/settings.mjs';

const redeem = (holder, wanted) => holder.send('POST', '/sessions/current/sign-in', { json: wanted });
const notAToken = 'eyJhbGciOiJub25lIn0.e30.';
const enabled = (await redeem(await byBearer(), { idToken: notAToken })).is([404, 422]).status === 422;

if (!enabled) {
  describe("id tokens, which this deployment doesn't take", { concurrency: true }, () => {
    test("are answered as something that isn't enabled", async () => {
      for (const transport of transports) {
        const holder = await create(transport);
        (await redeem(holder, { idToken: notAToken })).is(404, 'not-enabled');
        assert.ok(await holder.isLetIn());
      }
    });
  });
} else {
  describe('id tokens', { concurrency: true }, () => {
    test("that aren't ones sign nobody in", async () => {
      const holder = await byBearer();
      for (const idToken of ['', 'nonsense', notAToken, 'a.b.c', `${'a'.repeat(9000)}.b.c`]) {
        (await redeem(holder, { idToken })).is(422, 'not-allowed');
      }

      (await redeem(holder, { idToken: notAToken, nonce: 1 })).is(422, 'not-allowed');
      assert.ok(await holder.isLetIn());
    });
  });

  const played =
    settings.oidcProvider && settings.oidcAudience
      ? false
      : 'SESSIONS_OIDC_PROVIDER and SESSIONS_OIDC_AUDIENCE name no provider that the suite could play';
  describe('id tokens of a provider that the suite plays', { skip: played }, () => {
    const provider = new Provider(settings.oidcProvider, settings.oidcAudience);
    const sub = (name) => ({ sub: newUser(name) });

    before(async () => {
      await provider.start();
      // A provider's keys are fetched now and then, and not for every unknown one at once.
      await until(
        'the service takes the new key',
        async () => {
          return (await redeem(await byBearer(), { idToken: provider.idToken(sub('first')) })).is([200, 422, 503]).status === 200;
        },
        60,
      );
    });
    after(() => provider.stop());

    for (const transport of transports) {
      test(`by ${transport}, a good one signs its user in, and the old token opens nothing`, async () => {
        const claims = sub('oidc');
        const anonymous = await create(transport, { data: { cart: 1 } });

        const answer = (await redeem(anonymous, { idToken: provider.idToken(claims) })).is(200);

        const signedIn = anonymous.after(answer);
        assert.deepEqual([answer.json.user, answer.data], [claims.sub, { cart: 1 }]);
        (await anonymous.read()).is(401, 'not-authenticated');
        assert.deepEqual(await sidsOf(claims.sub), [signedIn.sid]);
      });
    }

    test('a nonce is held to, where the client sent one', async () => {
      const wanted = (nonce) => ({ idToken: provider.idToken({ ...sub('nonce'), nonce: 'n-1' }), nonce });
      (await redeem(await byBearer(), wanted('n-2'))).is(422, 'not-allowed');
      (await redeem(await byBearer(), wanted('n-1'))).is(200);
    });

    test('one that is wrong in anything leaves the session as it was', async () => {
      const holder = await byBearer();
      const now = Math.floor(Date.now() / 1000);
      const claims = sub('wrong');
      const good = provider.idToken(claims);
      const [head, , signature] = good.split('.');
      const secret = provider.idToken(claims, { header: { alg: 'none' } }).split('.');
      for (const [what, idToken] of Object.entries({
        'another audience': provider.idToken({ ...claims, aud: 'somebody else' }),
        'another issuer': provider.idToken({ ...claims, iss: 'https://other.example' }),
        expired: provider.idToken({ ...claims, iat: now - 7200, exp: now - 3600 }),
        'not yet good': provider.idToken({ ...claims, nbf: now + 3600 }),
        'without a subject': provider.idToken({ ...claims, sub: undefined }),
        'without an end': provider.idToken({ ...claims, exp: undefined }),
        'for another party': provider.idToken({ ...claims, aud: [settings.oidcAudience, 'other'], azp: 'other' }),
        'signed by an unknown key': provider.idToken(claims, { key: newKey() }),
        'signed by another key': provider.idToken(claims, { key: { ...newKey(), id: JSON.parse(Buffer.from(head, 'base64url')).kid } }),
        unsigned: `${secret[0]}.${secret[1]}.`,
        'of another algorithm': provider.idToken(claims, { header: { alg: 'HS256' } }),
        changed: `${head}.${provider.idToken({ ...claims, sub: 'root' }).split('.')[1]}.${signature}`,
        'with its signature cut': good.slice(0, -4),
      })) {
        const answer = await redeem(holder, { idToken });
        assert.equal(answer.status, 422, `${what}: ${answer}`);
      }

      assert.ok(await holder.isLetIn());
      assert.deepEqual(await sidsOf(claims.sub), []);
    });
  });
}
