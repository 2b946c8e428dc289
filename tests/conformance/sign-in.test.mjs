/** How a session comes to name a user: by a ticket that the holder redeems, or by the operator in one step. */
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { isNear, jsonOf, malformedSids, newUser, seconds, unknownSid, until } from './lib/given.mjs';
import { operate, send } from './lib/client.mjs';
import { byBearer, byCookie, create, createFor, heldBy, introspect, sidsOf, ticketFor, transports } from './lib/holders.mjs';
import { patience, settings } from './lib/settings.mjs';

const signInPath = (sid) => `/manage/sessions/${sid}/sign-in`;
const ticketPath = (sid) => `/manage/sessions/${sid}/ticket`;
const byOperator = (sid, wanted, options) => operate('POST', signInPath(sid), wanted, options);

describe('signing in with a ticket', { concurrency: true }, () => {
  for (const transport of transports) {
    test(`by ${transport} the session goes on under a new id, with its data, and the old token opens nothing`, async () => {
      const user = newUser();
      const anonymous = await create(transport, { data: { cart: ['tea'] }, idleTimeout: 600 });
      const ticket = await ticketFor(anonymous.sid, user, { claims: { role: 'admin' } });

      const answer = (await anonymous.redeem(ticket)).is(200);

      const signedIn = anonymous.after(answer);
      assert.deepEqual([answer.cookie !== undefined, 'token' in answer.json], [transport === 'cookie', transport !== 'cookie']);
      assert.notEqual(signedIn.sid, anonymous.sid);
      assert.notEqual(signedIn.secret, anonymous.secret);
      const session = (await signedIn.read()).is(200).json;
      assert.deepEqual(
        [session.sid, session.user, session.data, session.claims, session.idleTimeout],
        [signedIn.sid, user, { cart: ['tea'] }, { role: 'admin' }, 600],
      );

      (await anonymous.read()).is(401, 'not-authenticated');
      (await anonymous.patch({})).is(401, 'not-authenticated');
      (await operate('GET', `/manage/sessions/${anonymous.sid}`)).is(404);
      assert.deepEqual(await sidsOf(user), [signedIn.sid]);
      assert.equal((await introspect(signedIn.token)).sub, user);
    });
  }

  test('a ticket says how long it is good for, and nothing of the user', async () => {
    const user = newUser();
    const answer = (await operate('POST', ticketPath((await byBearer()).sid), { user })).is(201);

    assert.deepEqual(Object.keys(answer.json).sort(), ['expiresAt', 'ticket']);
    assert.match(answer.json.ticket, /^[A-Za-z0-9_-]{43}$/);
    assert.ok(seconds(answer.json.expiresAt) > answer.date / 1000);
  });

  test('who signs in to be remembered gets a cookie that lasts', async () => {
    const anonymous = await byCookie();
    const answer = (await anonymous.redeem(await ticketFor(anonymous.sid, newUser(), { persistent: true }))).is(200);

    assert.equal(answer.json.persistent, true);
    isNear(Number(answer.cookie.attributes.get('max-age')), answer.json.lifetime, 'Max-Age');
  });

  test('a ticket works once', async () => {
    const anonymous = await byBearer();
    const ticket = await ticketFor(anonymous.sid, newUser());
    const signedIn = anonymous.after((await anonymous.redeem(ticket)).is(200));

    (await signedIn.redeem(ticket)).is(422, 'not-allowed');
    assert.ok(await signedIn.isLetIn());
  });

  test("somebody else's ticket is worth nothing", async () => {
    const [mine, other] = [await byBearer(), await byBearer()];
    const ticket = await ticketFor(other.sid, newUser());

    (await mine.redeem(ticket)).is(422, 'not-allowed');
    assert.ok(await mine.isLetIn());
    (await other.redeem(ticket)).is(200);
  });

  test('a second ticket takes the place of the first', async () => {
    const [user, other] = [newUser(), newUser()];
    const anonymous = await byBearer();
    const first = await ticketFor(anonymous.sid, user);
    const second = await ticketFor(anonymous.sid, other);

    (await anonymous.redeem(first)).is(422, 'not-allowed');
    assert.equal((await anonymous.redeem(second)).is(200).json.user, other);
  });

  test('a ticket runs out', async (t) => {
    const anonymous = await byBearer();
    const issued = (await operate('POST', ticketPath(anonymous.sid), { user: newUser() })).is(201);
    const lifetime = seconds(issued.json.expiresAt) - issued.date / 1000;
    if (lifetime > patience) {
      return t.skip(`tickets are good for ${Math.round(lifetime)} s here, too long to wait for`);
    }

    await until('the end of the ticket', async () => Date.now() > issued.date + (lifetime + 1) * 1000, patience + 2);
    (await anonymous.redeem(issued.json.ticket)).is(422, 'not-allowed');
    assert.ok(await anonymous.isLetIn());
  });

  test('a body without a good ticket signs nobody in', async () => {
    const user = newUser();
    const holder = await byBearer();
    const { etag } = await holder.look();
    await ticketFor(holder.sid, user);
    for (const [body, status] of [
      ['', 422],
      ['{', 400],
      ['{}', 422],
      ['[]', 422],
      ['"ticket"', 422],
      ['{"ticket":null}', 422],
      ['{"ticket":1}', 422],
      ['{"ticket":""}', 422],
      ['{"ticket":"é"}', 422],
      [`{"ticket":"${'A'.repeat(43)}"}`, 422],
      [`{"ticket":"${'A'.repeat(20)} ${'A'.repeat(22)}"}`, 422],
      ['{"ticket":"AAAA","user":"root"}', 422],
      ['{"user":"root"}', 422],
      ['{"ticket":"a","ticket":"b"}', 400],
      ['{"ticket":"a","idToken":"b"}', 422],
      ['{"ticket":"a","nonce":"b"}', 422],
      ['{"nonce":"b"}', 422],
      ['{"idToken":1}', 422],
    ]) {
      (await holder.send('POST', '/sessions/current/sign-in', { body })).is(status);
    }

    assert.equal((await holder.look()).etag, etag);
    assert.deepEqual(await sidsOf(user), []);
  });

  test('a body of another media type, or a very long one, is refused', async () => {
    const holder = await byBearer();
    const body = JSON.stringify({ ticket: await ticketFor(holder.sid, newUser()) });
    for (const type of [null, 'text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=utf-16']) {
      (await holder.send('POST', '/sessions/current/sign-in', { body, type })).is(415, 'wrong-media-type');
    }

    (await holder.send('POST', '/sessions/current/sign-in', { body: jsonOf(1024 * 1024, 'ticket') })).is(413, 'too-large');
    (await holder.send('POST', '/sessions/current/sign-in', { body })).is(200);
  });

  test('a ticket without a session, or with one that is over, is worth nothing', async () => {
    const user = newUser();
    const holder = await byBearer({ idleTimeout: 1 });
    const ticket = await ticketFor(holder.sid, user);
    (await send('POST', '/sessions/current/sign-in', { json: { ticket } })).is(401, 'not-authenticated');
    (
      await send('POST', '/sessions/current/sign-in', { json: { ticket }, headers: { 'Session-Token': `${holder.sid}.${'A'.repeat(43)}` } })
    ).is(401);
    await until('the end', async () => !(await holder.isLetIn()));

    (await holder.redeem(ticket)).is(401, 'not-authenticated');
    assert.deepEqual(await sidsOf(user), []);
  });

  test("another site can't redeem one with the visitor's cookie", async () => {
    const user = newUser();
    const anonymous = await byCookie();
    const ticket = await ticketFor(anonymous.sid, user);

    for (const headers of [
      { Origin: 'https://other.example', 'Sec-Fetch-Site': 'cross-site' },
      { Origin: undefined, 'Sec-Fetch-Site': undefined },
    ]) {
      (await anonymous.redeem(ticket, { headers })).is(403, 'cross-site-request');
    }

    (await anonymous.redeem(ticket, { headers: { Cookie: undefined } })).is(401, 'not-authenticated');
    assert.deepEqual(await sidsOf(user), []);
  });

  test('made again, the same call is answered with another token of the same session', async () => {
    const user = newUser();
    const anonymous = await byBearer();
    const ticket = await ticketFor(anonymous.sid, user);
    const first = heldBy((await anonymous.redeem(ticket)).is(200));

    const second = heldBy((await anonymous.redeem(ticket)).is(200));

    assert.equal(second.sid, first.sid);
    assert.notEqual(second.token, first.token);
    assert.ok((await first.isLetIn()) && (await second.isLetIn()));
    assert.deepEqual(await sidsOf(user), [first.sid]);
    assert.ok(!(await anonymous.isLetIn()));
  });

  test('a log out with the token from before ends what has come of it', async () => {
    const user = newUser();
    const anonymous = await byBearer();
    const signedIn = heldBy((await anonymous.redeem(await ticketFor(anonymous.sid, user))).is(200));

    (await anonymous.logOut()).is(204);

    assert.ok(!(await signedIn.isLetIn()));
    assert.deepEqual(await sidsOf(user), []);
  });

  test('a session signed in meanwhile needs a new ticket for its new id', async () => {
    const user = newUser();
    const anonymous = await byBearer();
    const ticket = await ticketFor(anonymous.sid, newUser());
    const signedIn = heldBy((await byOperator(anonymous.sid, { user })).is(200));

    (await anonymous.redeem(ticket)).is(401, 'not-authenticated');
    (await signedIn.redeem(ticket)).is(422, 'not-allowed');
    (await operate('POST', ticketPath(anonymous.sid), { user })).is(404, 'not-found');
    assert.equal((await signedIn.read()).json.user, user);
  });

  test("signing in again keeps what is the user's own, and shows another user none of it", async () => {
    const [user, other] = [newUser(), newUser()];
    const kept = Object.fromEntries(settings.keptClaims.map((name) => [name, 'kept']));
    const first = await (await byBearer({ data: { cart: 1 } })).signedIn(user, { claims: { a: 1, ...kept } });
    const again = await first.signedIn(user, { claims: { b: 2 } });
    const session = (await again.read()).is(200).json;
    assert.deepEqual([session.user, session.data, session.claims], [user, { cart: 1 }, { ...kept, b: 2 }]);
    assert.deepEqual(await sidsOf(user), [again.sid]);

    const theirs = (await (await again.signedIn(other)).read()).is(200).json;
    assert.deepEqual([theirs.user, theirs.data, theirs.claims], [other, {}, {}]);
    assert.deepEqual(await sidsOf(user), []);
    for (const holder of [first, again]) {
      (await holder.read()).is(401);
    }
  });
});

describe('signing in by the operator, in one step', { concurrency: true }, () => {
  for (const withToken of [true, false]) {
    test(`${withToken ? 'with' : 'without'} the token along, the answer has the new one and the old one opens nothing`, async () => {
      const user = newUser();
      const anonymous = await byBearer({ data: { cart: 1 } });
      const token = withToken ? anonymous.token : undefined;

      const answer = (await byOperator(anonymous.sid, { user, claims: { role: 'admin' }, token })).is(200);

      const signedIn = heldBy(answer);
      assert.deepEqual([answer.json.user, answer.data, answer.json.claims], [user, { cart: 1 }, { role: 'admin' }]);
      assert.equal(answer.cookie, undefined);
      assert.notEqual(signedIn.sid, anonymous.sid);
      assert.ok(await signedIn.isLetIn());
      assert.ok(!(await anonymous.isLetIn()));
      assert.deepEqual(await sidsOf(user), [signedIn.sid]);

      // The same call again is completed by another token of the same session; another user's isn't the same call.
      const again = heldBy((await byOperator(anonymous.sid, { user })).is(200));
      assert.equal(again.sid, signedIn.sid);
      assert.ok(await again.isLetIn());
      (await byOperator(anonymous.sid, { user: newUser() })).is(404, 'not-found');
    });
  }

  test('it can make the session one that is remembered', async () => {
    const anonymous = await byBearer();
    assert.equal((await byOperator(anonymous.sid, { user: newUser(), persistent: true })).is(200).json.persistent, true);
  });

  test("a token that isn't the session's is refused, and nobody is signed in", async () => {
    const user = newUser();
    const [mine, other] = [await byBearer(), await byBearer()];
    for (const token of [other.token, `${mine.sid}.${other.secret}`, 'nonsense', '', `${mine.token}A`]) {
      (await byOperator(mine.sid, { user, token })).is(422, 'not-allowed');
    }

    assert.ok((await mine.isLetIn()) && (await other.isLetIn()));
    assert.deepEqual(await sidsOf(user), []);
  });

  test(
    'so is one that was rotated away, once its grace is over',
    { skip: settings.rotationGrace <= patience ? false : 'the grace is too long to wait for' },
    async () => {
      const first = await byBearer();
      const second = await first.rotated();
      (await second.read()).is(200);
      const user = newUser();

      const ended = Date.now() + (settings.rotationGrace + 1) * 1000;
      await until('the end of the grace', () => Date.now() > ended, settings.rotationGrace + 2);
      (await byOperator(first.sid, { user, token: first.token })).is([404, 422]);
      assert.deepEqual(await sidsOf(user), []);
    },
  );

  test("a session that isn't there is missing", async () => {
    const over = await byBearer({ idleTimeout: 1 });
    await until('the end', async () => !(await over.isLetIn()));
    for (const sid of [unknownSid, over.sid]) {
      (await byOperator(sid, { user: newUser() })).is(404, 'not-found');
      (await operate('POST', ticketPath(sid), { user: newUser() })).is(404, 'not-found');
    }
  });

  test('what is no id is missing', async () => {
    for (const sid of malformedSids) {
      (await byOperator(sid, { user: newUser() })).is(404, 'not-found');
      (await operate('POST', ticketPath(sid), { user: newUser() })).is(404, 'not-found');
    }
  });

  test('a body that says nothing clear is refused, and changes nothing', async () => {
    const holder = await byBearer();
    const { etag } = await holder.look();
    for (const [body, status] of [
      ['', 422],
      ['{', 400],
      ['[]', 422],
      ['{}', 422],
      ['{"user":null}', 422],
      ['{"user":""}', 422],
      ['{"user":1}', 422],
      ['{"user":"\\ud83e"}', 400],
      ['{"user":"ada","user":"bob"}', 400],
      ['{"user":"ada","claims":[]}', 422],
      ['{"user":"ada","claims":"{}"}', 422],
      ['{"user":"ada","persistent":"yes"}', 422],
      ['{"user":"ada","data":{}}', 422],
      ['{"principal":"ada"}', 422],
      [`{"user":"${'u'.repeat(513)}"}`, 422],
      [`{"user":"${'é'.repeat(256)}u"}`, 422],
    ]) {
      (await operate('POST', signInPath(holder.sid), undefined, { body })).is(status);
      (await operate('POST', ticketPath(holder.sid), undefined, { body })).is(status);
    }

    for (const path of [signInPath(holder.sid), ticketPath(holder.sid)]) {
      (await operate('POST', path, { user: newUser() }, { type: 'text/plain' })).is(415, 'wrong-media-type');
      (await operate('POST', path, { user: newUser(), claims: JSON.parse(jsonOf(settings.maxClaimsBytes * 8)) })).is(413, 'too-large');
      (await operate('POST', path, { user: newUser(), claims: JSON.parse(jsonOf(settings.maxClaimsBytes + 1)) })).is(413, 'too-large');
    }

    assert.equal((await holder.look()).etag, etag);
  });

  test('a ticket takes no token', async () => {
    (await operate('POST', ticketPath((await byBearer()).sid), { user: newUser(), token: 'x' })).is(422, 'not-allowed');
  });

  test('claims that get too large with those there are refused', async () => {
    const half = 'x'.repeat(Math.ceil(settings.maxClaimsBytes * 0.6));
    const user = newUser();
    const holder = await createFor(user, { claims: { a: half } });

    (await operate('PATCH', `/manage/sessions/${holder.sid}/claims`, { b: half })).is(413, 'too-large');
    assert.ok(await holder.isLetIn());
  });
});
