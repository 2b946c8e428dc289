/** One user's sessions: as the user sees them beside the own one, and as the operator does. */
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { atOnce, malformedSids, newUser, unknownSid, until } from './lib/given.mjs';
import { operate, send } from './lib/client.mjs';
import { byBearer, byCookie, create, createFor, introspect, sidsOf, ticketFor, transports } from './lib/holders.mjs';
import { settings } from './lib/settings.mjs';

const siblings = '/sessions/current/siblings';
const list = (wanted) => operate('POST', '/manage/users/sessions', wanted);
const end = (wanted) => operate('POST', '/manage/users/end-sessions', wanted);
const sids = (answer) => answer.is(200).json.sessions.map(({ sid }) => sid);

/** As many sessions of a user as a limit, where there is one, lets be. */
const several = settings.maxPerUser > 0 ? Math.min(settings.maxPerUser, 3) : 3;
const needsTwo = several >= 2 ? false : 'SESSIONS_MAX_PER_USER is too small';

describe('siblings', { concurrency: true, skip: needsTwo }, () => {
  for (const transport of transports) {
    test(`by ${transport} a holder sees and ends the other sessions of the same user, and no others`, async () => {
      const [user, stranger] = [newUser(), newUser()];
      const mine = await (await create(transport)).signedIn(user);
      const other = await createFor(user);
      const theirs = await createFor(stranger);

      const answer = await mine.send('GET', siblings);
      assert.deepEqual(sids(answer), [other.sid]);
      assert.ok(!answer.text.includes(other.secret));
      (await mine.send('DELETE', siblings)).is(204);

      (await other.read()).is(401, 'not-authenticated');
      assert.deepEqual(await introspect(other.token), { active: false });
      assert.ok((await mine.isLetIn()) && (await theirs.isLetIn()));
      assert.deepEqual(sids(await mine.send('GET', siblings)), []);
      (await mine.send('DELETE', siblings)).is(204);
    });

    test(`by ${transport} one of them can be ended alone`, async () => {
      const user = newUser();
      const mine = await (await create(transport)).signedIn(user);
      const other = await createFor(user);

      (await mine.send('DELETE', `${siblings}/${other.sid}`)).is(204);

      (await other.read()).is(401, 'not-authenticated');
      assert.ok(await mine.isLetIn());
      (await mine.send('DELETE', `${siblings}/${other.sid}`)).is(404, 'not-found');
    });
  }

  test("nobody else's session can be ended as a sibling, nor one's own", async () => {
    const mine = await (await byBearer()).signedIn(newUser());
    const [theirs, nobodys] = [await createFor(newUser()), await byBearer()];

    for (const sid of [theirs.sid, nobodys.sid, mine.sid, unknownSid]) {
      (await mine.send('DELETE', `${siblings}/${sid}`)).is(404, 'not-found');
    }

    for (const sid of malformedSids) {
      (await mine.send('DELETE', `${siblings}/${sid}`)).is(400, 'malformed-request');
    }

    assert.ok((await theirs.isLetIn()) && (await nobodys.isLetIn()) && (await mine.isLetIn()));
  });

  test("nobody's session has none", async () => {
    const [mine, other] = [await byBearer(), await byBearer()];

    assert.deepEqual(sids(await mine.send('GET', siblings)), []);
    (await mine.send('DELETE', siblings)).is(204);
    (await mine.send('DELETE', `${siblings}/${other.sid}`)).is(404, 'not-found');

    assert.ok((await other.isLetIn()) && (await mine.isLetIn()));
  });

  test('without a session nothing is told or ended', async () => {
    const user = newUser();
    const over = await createFor(user, { idleTimeout: 1 });
    const sibling = await createFor(user);
    await until('the end', async () => !(await over.isLetIn()));

    for (const [method, path] of [
      ['GET', siblings],
      ['DELETE', siblings],
      ['DELETE', `${siblings}/${sibling.sid}`],
    ]) {
      (await send(method, path)).is(401, 'not-authenticated');
      (await over.send(method, path)).is(401, 'not-authenticated');
    }

    assert.ok(await sibling.isLetIn());
  });

  test("another site can't end them with the visitor's cookie", async () => {
    const user = newUser();
    const mine = await (await byCookie()).signedIn(user);
    const sibling = await createFor(user);

    for (const path of [siblings, `${siblings}/${sibling.sid}`]) {
      (await mine.send('DELETE', path, { headers: { 'Sec-Fetch-Site': 'cross-site' } })).is(403, 'cross-site-request');
    }

    assert.ok(await sibling.isLetIn());
  });
});

describe("a user's sessions", { concurrency: true }, () => {
  const fixed = ['.', '..', 'a//b', 'https://idp/42', '\u0000'];
  const names = [
    ...[
      'ada@example.com',
      "o'brien",
      'a "quoted" name',
      'tenant/ada',
      'tenant%2Fada',
      '50%',
      '%',
      '%00',
      'a+b c',
      '🦊',
      'ключ',
      '?#&=;:',
      'a\\b',
      '\u0001\u0000',
      '../..',
      'line\nbreak',
      '\u202e',
      'u'.repeat(440),
      '✓'.repeat(140),
    ].map((name) => `${name}${newUser('')}`),
    'u'.repeat(512 - Buffer.byteLength(newUser(''))) + newUser(''),
  ].map((name) => ({ name, alone: true }));

  for (const { name, alone } of [...names, ...fixed.map((name) => ({ name, alone: false }))]) {
    test(`are found and ended, whatever the user is called: ${short(name)}`, async () => {
      const holder = await createFor(name);
      const anonymous = await byBearer();
      const signedIn = several > 1 ? await anonymous.signedIn(name) : holder;
      const other = await createFor(newUser());

      const listed = await sidsOf(name);
      assert.ok(listed.includes(holder.sid) && listed.includes(signedIn.sid));
      assert.equal((await holder.read()).json.user, name);
      assert.equal((await introspect(holder.token)).sub, name);
      const { ended } = (await end({ user: name })).is(200).json;

      assert.ok(alone ? ended === listed.length : ended >= listed.length, `${ended} of ${listed.length} were ended`);
      assert.ok(!(await holder.isLetIn()) && !(await signedIn.isLetIn()));
      assert.ok(await other.isLetIn());
    });
  }

  test('are those of this very name, and of none that looks like it', async () => {
    const user = newUser();
    const likes = [
      `${user}/b`,
      `${user}%2Fb`,
      `${user}%2fb`,
      `${user}%252Fb`,
      `${user}+b`,
      `${user} b`,
      `${user}%20b`,
      `${user.toUpperCase()}/b`,
      `${user}/b `,
      `${user}é`,
      `${user}e\u0301`,
    ];
    const holders = await Promise.all(likes.map((name) => createFor(name)));

    for (const [i, name] of likes.entries()) {
      assert.deepEqual(await sidsOf(name), [holders[i].sid], name);
    }
  });

  test('are listed newest first, with what a person needs and no token', { skip: needsTwo }, async () => {
    const user = newUser();
    const first = await createFor(user);
    const remembered = await byBearer();
    const firefox = { 'User-Agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0' };
    const second = remembered.after((await remembered.redeem(await ticketFor(remembered.sid, user, { persistent: true }), { headers: firefox })).is(200));

    const answer = (await list({ user })).is(200);

    assert.deepEqual(sids(answer), [second.sid, first.sid]);
    const [newest, oldest] = answer.json.sessions;
    assert.deepEqual([newest.persistent, newest.userAgent, oldest.persistent], [true, 'Firefox on Windows', false]);
    assert.equal(oldest.createdAt, (await first.look()).json.createdAt);
    assert.ok(!answer.text.includes(first.secret) && !answer.text.includes(second.secret));
    assert.ok(!('data' in newest) && !('claims' in newest));
  });

  const needsMany = settings.maxPerUser > 0 ? 'SESSIONS_MAX_PER_USER is set' : false;
  test('are listed 100 at a time, each that lives throughout once, to the user and to the operator', { skip: needsMany }, async () => {
    const user = newUser();
    const mine = await createFor(user);
    const lasting = [];
    while (lasting.length < 210) {
      lasting.push(...(await atOnce(15, () => createFor(user, { data: { n: 1 } }))));
    }

    const ways = {
      'the operator': (continuation) => list({ user, continuation }),
      'the operator, with data': (continuation) => list({ user, continuation, include: ['data'] }),
      'the user': (continuation) => mine.send('GET', continuation ? `${siblings}?continuation=${continuation}` : siblings),
    };
    for (const [name, ask] of Object.entries(ways)) {
      const [listed, sizes, others] = [[], [], []];
      let continuation;
      do {
        const answer = (await ask(continuation)).is(200);
        assert.ok(name !== 'the operator, with data' || answer.json.sessions.every(({ data }) => data));
        listed.push(...sids(answer));
        sizes.push(answer.json.sessions.length);
        ({ continuation } = answer.json);
        others.push(await createFor(user));
      } while (continuation);

      assert.equal(new Set(listed).size, listed.length, `${name} sees none twice`);
      assert.deepEqual(
        lasting.filter(({ sid }) => !listed.includes(sid)),
        [],
        `${name} sees all`,
      );
      assert.deepEqual([sizes.length, sizes[0], sizes[1]], [3, 100, 100]);
      await atOnce(others.length, async (i) => (await others[i].logOut()).is(204));
    }

    const { continuation } = (await list({ user })).json;
    for (const wrong of ['x', `${continuation}A`, continuation.slice(1), `!${continuation.slice(1)}`, '%20', `${continuation}&continuation=${continuation}`]) {
      (await mine.send('GET', `${siblings}?continuation=${wrong}`)).is(400, 'malformed-request');
    }

    (await mine.send('GET', `${siblings}?continuation=`)).is(400, 'malformed-request');
    (await list({ user, continuation: 'x' })).is(400, 'malformed-request');
    (await list({ user, continuation: '' })).is(400, 'malformed-request');
    (await list({ user, continuation: 1 })).is(422, 'not-allowed');
    assert.equal((await end({ user })).is(200).json.ended, 211);
  });

  test('are called by a few words on the browser or app, and never by more', { skip: needsTwo }, async () => {
    for (const [agent, label] of [
      [
        'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
        'Edge on Windows',
      ],
      [
        'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1',
        'Safari on iPhone',
      ],
      ['curl/8.1.2', 'curl'],
      ['<script>alert(1)</script>', null],
    ]) {
      const user = newUser();
      const created = (await send('POST', '/sessions', { json: { transport: 'bearer' }, headers: { 'User-Agent': agent } })).is(201);
      (await operate('POST', `/manage/sessions/${created.json.sid}/sign-in`, { user })).is(200);
      assert.equal((await list({ user })).is(200).json.sessions[0].userAgent, label);
    }
  });

  test('are listed with their data and claims where these are asked for', async () => {
    const user = newUser();
    await createFor(user, { data: { cart: ['tea'] }, claims: { role: 'editor' } });

    const [entry] = (await list({ user, include: ['data'] })).is(200).json.sessions;

    assert.deepEqual([entry.data, entry.claims], [{ cart: ['tea'] }, { role: 'editor' }]);
    assert.ok(!('data' in (await list({ user, include: [] })).is(200).json.sessions[0]));
  });

  test('are none where nobody has heard of the user', async () => {
    const user = newUser();
    assert.deepEqual(sids(await list({ user })), []);
    assert.deepEqual((await end({ user })).is(200).json, { ended: 0 });
  });

  test("aren't listed once they have expired", async () => {
    const user = newUser();
    const holder = await createFor(user, { idleTimeout: 1 });
    await until('the end', async () => !(await holder.isLetIn()));
    assert.deepEqual(await sidsOf(user), []);
  });

  test('can all be ended but one', { skip: needsTwo }, async () => {
    const user = newUser();
    const [kept, ended] = [await createFor(user), await createFor(user)];

    assert.deepEqual((await end({ user, except: kept.sid })).is(200).json, { ended: 1 });
    assert.ok(await kept.isLetIn());
    (await ended.read()).is(401, 'not-authenticated');

    assert.deepEqual((await end({ user, except: unknownSid })).is(200).json, { ended: 1 });
    (await kept.read()).is(401, 'not-authenticated');
  });

  test('can be ended by the dozen', { skip: settings.maxPerUser > 0 ? 'SESSIONS_MAX_PER_USER is set' : false }, async () => {
    const user = newUser();
    const holders = await Promise.all(Array.from({ length: 40 }, () => createFor(user)));
    assert.equal((await sidsOf(user)).length, 40);

    assert.deepEqual((await end({ user })).is(200).json, { ended: 40 });

    for (const holder of holders) {
      (await holder.read()).is(401);
    }

    assert.deepEqual(await sidsOf(user), []);
  });

  test('are asked for by a body that says so, and nothing else', async () => {
    const user = newUser();
    const holder = await createFor(user);
    const refused = [
      ['', 422],
      ['{', 400],
      ['{}', 422],
      ['[]', 422],
      ['{"user":null}', 422],
      ['{"user":""}', 422],
      ['{"user":1}', 422],
      ['{"user":"\\ud83e"}', 400],
      ['{"user":"a","user":"b"}', 400],
      [`{"user":"${'u'.repeat(513)}"}`, 422],
      [`{"user":"${'é'.repeat(256)}u"}`, 422],
      ['{"principal":"a"}', 422],
    ];
    for (const [body, status] of refused) {
      for (const path of ['/manage/users/sessions', '/manage/users/end-sessions']) {
        (await operate('POST', path, undefined, { body })).is(status);
      }
    }

    for (const include of ['data', ['token'], ['data', 'x'], [1], {}]) {
      (await list({ user, include })).is(422, 'not-allowed');
    }

    for (const except of ['nonsense', '', 1, [holder.sid]]) {
      (await end({ user, except })).is([400, 422]);
    }

    for (const path of ['/manage/users/sessions', '/manage/users/end-sessions']) {
      (await operate('POST', path, { user }, { type: 'text/plain' })).is(415, 'wrong-media-type');
      (await operate('POST', path, { user, more: 'x'.repeat(1024 * 1024) })).is(413, 'too-large');
    }

    assert.ok(await holder.isLetIn());
  });
});

const limited = settings.maxPerUser > 0 && settings.maxPerUser <= 20 ? false : "SESSIONS_MAX_PER_USER isn't set";
describe('the limit of sessions per user', { concurrency: true, skip: limited }, () => {
  const full = async (user) => {
    const holders = [];
    for (let i = 0; i < settings.maxPerUser; i++) {
      holders.push(await createFor(user));
    }

    return holders;
  };

  test(
    'makes the oldest one go',
    { skip: settings.userOverflow === 'evict-oldest' ? false : 'SESSIONS_USER_OVERFLOW is another' },
    async () => {
      const user = newUser();
      const holders = await full(user);
      const newest = await (await byBearer()).signedIn(user);

      (await holders[0].read()).is(401);
      assert.deepEqual((await sidsOf(user)).sort(), [...holders.slice(1), newest].map(({ sid }) => sid).sort());
    },
  );

  test('refuses one more', { skip: settings.userOverflow === 'reject' ? false : 'SESSIONS_USER_OVERFLOW is another' }, async () => {
    const user = newUser();
    const holders = await full(user);
    const anonymous = await byBearer({ data: { cart: 1 } });
    const ticket = await ticketFor(anonymous.sid, user);

    (await anonymous.redeem(ticket)).is(409, 'conflict');
    (await operate('POST', '/manage/sessions', { user })).is(409, 'conflict');
    (await operate('POST', `/manage/sessions/${anonymous.sid}/sign-in`, { user })).is(409, 'conflict');
    assert.deepEqual(await anonymous.data(), { cart: 1 });

    (await holders[0].logOut()).is(204);
    (await anonymous.redeem(ticket)).is(200);
  });

  test("isn't touched by signing in again", async () => {
    const user = newUser();
    const holders = await full(user);
    const again = await holders[0].signedIn(user);
    assert.deepEqual((await sidsOf(user)).sort(), [again, ...holders.slice(1)].map(({ sid }) => sid).sort());
  });

  test('is held when many are made at once', async () => {
    const user = newUser();
    const answers = await atOnce(settings.maxPerUser + 5, () => operate('POST', '/manage/sessions', { user }));
    answers.forEach((answer) => answer.is(settings.userOverflow === 'reject' ? [201, 409] : 201));
    assert.equal((await sidsOf(user)).length, settings.maxPerUser);
  });
});

function short(name) {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 30)}… (${Buffer.byteLength(name)} bytes)` : name);
}
