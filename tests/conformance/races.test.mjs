/** Many at once on one session: what was promised holds all the same. */
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { atOnce, exact, newUser } from './lib/given.mjs';
import { operate } from './lib/client.mjs';
import { byBearer, byCookie, createFor, heldBy, sidsOf, ticketFor } from './lib/holders.mjs';
import { settings } from './lib/settings.mjs';

const many = 25;
const statuses = (answers) => answers.map(({ status }) => status);

describe('side by side', () => {
  test('increments are exact, and each answer is another', async () => {
    const holder = await byBearer();
    const answers = await atOnce(many, () => holder.increment('n', '0.1'));

    const sums = answers.map((answer) => exact(/"value":([-+.\deE]+)/.exec(answer.is(200).text)[1]));
    assert.equal(new Set(sums).size, many);
    assert.equal((await holder.key('GET', 'n')).json, many / 10);
    assert.equal((await holder.look()).json.version, many + 1);
  });

  test('changes of different keys lose nothing, however they are made', async () => {
    const holder = await byBearer({ data: { list: [] } });
    const ways = [
      (i) => holder.patch({ [i]: i }),
      (i) => holder.key('PUT', String(i), { json: i }),
      (i) =>
        holder.jsonPatch([
          { op: 'add', path: `/${i}`, value: i },
          { op: 'add', path: '/list/-', value: i },
        ]),
      (i) => operate('PATCH', `/manage/sessions/${holder.sid}/data`, { [i]: i }),
    ];

    const answers = await atOnce(many, (i) => ways[i % ways.length](i));

    answers.forEach((answer) => answer.is(200));
    const { list, ...rest } = await holder.data();
    assert.deepEqual(rest, Object.fromEntries(Array.from({ length: many }, (_, i) => [i, i])));
    assert.deepEqual(
      list.sort((a, b) => a - b),
      Array.from({ length: many }, (_, i) => i).filter((i) => i % ways.length === 2),
    );
  });

  test('of several that mean the same version, one wins', async () => {
    const holder = await byBearer();
    const { etag } = await holder.look();
    const answers = await atOnce(many, (i) => holder.patch({ winner: i }, { headers: { 'If-Match': etag } }));

    assert.deepEqual(statuses(answers).sort(), [200, ...Array(many - 1).fill(412)]);
    assert.equal((await holder.data()).winner, statuses(answers).indexOf(200));
  });

  test('claims and data are changed without losing either', async () => {
    const holder = await createFor(newUser());
    const answers = await atOnce(20, (i) =>
      i % 2 ? holder.patch({ [i]: i }) : operate('PATCH', `/manage/sessions/${holder.sid}/claims`, { [i]: i }),
    );

    answers.forEach((answer) => answer.is(200));
    const { data, claims } = (await holder.look()).json;
    assert.deepEqual([Object.keys(data).length, Object.keys(claims).length], [10, 10]);
  });

  const ends = {
    'a log out': (holder) => holder.logOut(),
    'an end by the operator': (holder) => operate('DELETE', `/manage/sessions/${holder.sid}`),
    "the end of all of a user's sessions": (holder, user) => operate('POST', '/manage/users/end-sessions', { user }),
  };
  for (const [name, end] of Object.entries(ends)) {
    test(`${name} among writers is final`, async () => {
      const user = newUser();
      const holder = await createFor(user);
      let ended;
      const writers = atOnce(many, async (i) => {
        for (const write of [() => holder.patch({ [i]: i }), () => holder.touch(), () => holder.increment('n'), () => holder.read()]) {
          const before = ended;
          const { status } = (await write()).is([200, 204, 401]);
          assert.ok(!before || status === 401, `a call that began after the end was answered ${status}`);
        }
      });

      (await end(holder, user)).is([200, 204]);
      ended = true;

      (await holder.read()).is(401, 'not-authenticated');
      await writers;
      (await holder.read()).is(401, 'not-authenticated');
      (await operate('GET', `/manage/sessions/${holder.sid}`)).is(404);
      assert.deepEqual(await sidsOf(user), []);
    });
  }

  test('sign-ins of one session make one session, and its tokens work', async () => {
    for (let round = 0; round < 5; round++) {
      const users = [newUser(), newUser()];
      const anonymous = await byBearer({ data: { cart: 1 } });
      const ticket = await ticketFor(anonymous.sid, users[0]);
      const signIns = [
        () => anonymous.redeem(ticket),
        () => anonymous.redeem(ticket),
        () => operate('POST', `/manage/sessions/${anonymous.sid}/sign-in`, { user: users[1] }),
      ];

      const answers = await atOnce(signIns.length, (i) => signIns[i]());

      const tokens = new Set(
        answers.filter((answer) => answer.is([200, 401, 404, 409, 422]).status === 200).map((answer) => answer.json.token),
      );
      const sids = new Set();
      for (const token of tokens) {
        const { active, sid } = (await operate('POST', '/manage/introspect', { token })).is(200).json;
        assert.ok(active, 'a token that was handed out works');
        sids.add(sid);
      }

      // The ticket, redeemed twice, is the same call made twice: both answers are for one session.
      assert.ok(sids.size <= 1, `${sids.size} sessions have come of one`);
      assert.deepEqual([...(await sidsOf(users[0])), ...(await sidsOf(users[1]))], [...sids], 'no session is listed that nobody can use');
      assert.ok(tokens.size === 0 || !(await anonymous.isLetIn()), 'the old token opens nothing any more');
    }
  });

  test('a log out ends what a sign-in at the same moment makes of the session', async () => {
    for (let round = 0; round < 5; round++) {
      const user = newUser();
      const anonymous = await byBearer();
      const ticket = await ticketFor(anonymous.sid, user);

      const [signIn] = await Promise.all([anonymous.redeem(ticket), anonymous.logOut()]);

      assert.ok(!(await anonymous.isLetIn()));
      assert.deepEqual(await sidsOf(user), []);
      if (signIn.is([200, 401]).status === 200) {
        assert.ok(!(await heldBy(signIn).isLetIn()));
      }
    }
  });

  test('rotations leave the session to who holds it', async () => {
    for (const holder of [await byBearer(), await byCookie()]) {
      const answers = await atOnce(6, () => holder.rotate());

      const rotated = answers.map((answer) => holder.after(answer.is(200)));
      assert.ok(await holder.isLetIn(), 'the answers may all have been lost');
      let open = 0;
      for (const next of rotated) {
        open += (await next.isLetIn()) ? 1 : 0;
      }

      assert.ok(open >= 1, 'a new token works');
    }
  });

  test(
    'the first uses of a new token are all let in, and so is the old one in its grace',
    { skip: settings.rotationGrace >= 1 ? false : 'no grace' },
    async () => {
      const old = await byCookie();
      const next = await old.rotated();
      const answers = await atOnce(10, (i) => (i % 2 ? next : old).read());
      answers.forEach((answer) => answer.is(200));
    },
  );

  test(
    'sessions made for a user are all on the list',
    { skip: settings.maxPerUser > 0 ? 'SESSIONS_MAX_PER_USER is set' : false },
    async () => {
      const user = newUser();
      const holders = await atOnce(many, () => createFor(user));
      assert.deepEqual((await sidsOf(user)).sort(), holders.map(({ sid }) => sid).sort());
      const answers = await atOnce(3, () => operate('POST', '/manage/users/end-sessions', { user }));
      answers.forEach((answer) => answer.is(200));
      assert.deepEqual(await sidsOf(user), []);
      for (const holder of holders) {
        assert.ok(!(await holder.isLetIn()));
      }
    },
  );
});
