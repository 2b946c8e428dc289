/** /sessions/current: reading a session, keeping it alive, changing its token, and the end. */
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { atOnce, newUser, seconds, until } from './lib/given.mjs';
import { get, operate, send } from './lib/client.mjs';
import { byBearer, byCookie, create, createFor, introspect, transports } from './lib/holders.mjs';
import { patience, settings } from './lib/settings.mjs';

const members = [
  'sid',
  'version',
  'data',
  'claims',
  'persistent',
  'createdAt',
  'lastSeenAt',
  'expiresAt',
  'endsAt',
  'idleTimeout',
  'lifetime',
];

describe('reading a session', { concurrency: true }, () => {
  for (const transport of transports) {
    test(`by ${transport} it is shown without its token`, async () => {
      const holder = await create(transport, { data: { a: 1 } });

      const answer = (await holder.read()).is(200);

      assert.deepEqual(Object.keys(answer.json).sort(), [...members].sort());
      assert.deepEqual([answer.json.sid, answer.data], [holder.sid, { a: 1 }]);
      assert.ok(!answer.text.includes(holder.secret));
    });
  }

  test('with the version it has, a client gets 304 and no body', async () => {
    const holder = await byBearer();
    const { etag } = await holder.read();

    for (const ifNoneMatch of [etag, `W/${etag}`, `"0", ${etag}`, '*']) {
      assert.equal((await holder.read('', { headers: { 'If-None-Match': ifNoneMatch } })).is(304).etag, etag);
    }
  });

  test('with another version or none it gets the session', async () => {
    const holder = await byBearer();
    const { etag } = await holder.read();
    const changed = (await holder.patch({ a: 1 })).is(200).etag;

    assert.notEqual(changed, etag);
    for (const ifNoneMatch of [etag, `"0${changed.slice(1)}`, changed.slice(1, -1), 'nonsense', '']) {
      assert.equal((await holder.read('', { headers: { 'If-None-Match': ifNoneMatch } })).is(200).etag, changed);
    }
  });

  test('a tag of another session is none of its own, nor is a bare version', async () => {
    const [holder, other] = [await byBearer({ data: { k: 1 } }), await byBearer({ data: { k: 1 } })];
    const { etag, json } = await holder.look();
    for (const tag of [(await other.look()).etag, `W/${(await other.look()).etag}`, `"${json.version}"`]) {
      const headers = { 'If-None-Match': tag };
      assert.equal((await holder.read('?touch=false', { headers })).is(200).json.sid, holder.sid);
      assert.equal((await holder.key('GET', 'k', { headers })).is(200).etag, etag);
      assert.equal((await operate('GET', `/manage/sessions/${holder.sid}`, undefined, { headers })).is(200).etag, etag);
    }
  });

  test('the tag says which session and which version it is', async () => {
    const holder = await byBearer({ data: { k: 1 } });
    const { etag, json } = await holder.look();
    assert.equal(etag, `"${holder.sid}.${json.version}"`);
    for (const answer of [
      await holder.key('GET', 'k', { headers: { 'If-None-Match': etag } }),
      await holder.read('?touch=false', { headers: { 'If-None-Match': `"x", W/${etag}` } }),
      await operate('GET', `/manage/sessions/${holder.sid}`, undefined, { headers: { 'If-None-Match': etag } }),
    ]) {
      assert.equal(answer.is(304).etag, etag);
    }
  });

  test('it shows the fields that are asked for', async () => {
    const holder = await byBearer({ data: { k: 1 } });
    for (const [query, expected] of [
      ['version', { version: 1 }],
      ['data,version', { version: 1, data: { k: 1 } }],
      ['claims,%20claims', { claims: {} }],
      ['persistent', { persistent: false }],
      ['user', {}],
    ]) {
      const answer = (await holder.read(`?fields=${query}`)).is(200);
      assert.deepEqual(answer.json, expected);
      assert.ok(answer.etag);
    }

    const { etag } = await holder.read();
    (await holder.read('?fields=data&touch=false', { headers: { 'If-None-Match': etag } })).is(304);
  });

  test("a field that isn't known is refused, with those that are", async () => {
    const holder = await byBearer();
    for (const fields of ['token', 'Data', 'data,', '']) {
      const answer = (await holder.read(`?fields=${fields}`)).is(400, 'malformed-request');
      assert.ok(answer.json.detail.includes('expiresAt'), answer.json.detail);
    }
  });

  test('a touch that is neither true nor false is malformed', async () => {
    const holder = await byBearer();
    for (const query of ['?touch=no', '?touch=0', '?touch=false&touch=true']) {
      (await holder.read(query)).is(400, 'malformed-request');
    }

    (await holder.read('?touch=true')).is(200);
  });
});

describe('keeping a session alive', { concurrency: true }, () => {
  for (const transport of transports) {
    test(`a touch by ${transport} moves the deadline at once and says nothing`, async () => {
      const holder = await create(transport);
      const before = (await holder.look()).is(200).json;

      await until('a later deadline', async () => {
        (await holder.touch()).is(204);
        return seconds((await holder.look()).json.expiresAt) > seconds(before.expiresAt);
      });

      assert.equal((await holder.look()).json.version, before.version);
    });
  }

  test("a session that isn't used ends, however often it is looked at", async () => {
    const holder = await byBearer({ idleTimeout: 1, data: { k: 1 } });

    await until('the end', async () => {
      await introspect(holder.token);
      await operate('GET', `/manage/sessions/${holder.sid}`);
      await holder.send('GET', '/sessions/current/data/k?touch=false');
      return !(await holder.isLetIn());
    });

    assert.deepEqual(await introspect(holder.token), { active: false });
    (await operate('GET', `/manage/sessions/${holder.sid}`)).is(404, 'not-found');
  });

  test('one that is used goes on, by whatever it is used', async () => {
    const uses = {
      read: (holder) => holder.read(),
      'conditional read': async (holder) => holder.read('', { headers: { 'If-None-Match': (await holder.look()).etag ?? '' } }),
      touch: (holder) => holder.touch(),
      change: (holder) => holder.patch({}),
      'read of a key': (holder) => holder.key('GET', 'k'),
      siblings: (holder) => holder.send('GET', '/sessions/current/siblings'),
      'introspection that touches': (holder) => introspect(holder.token, { touch: true }),
    };
    const unused = await byBearer({ idleTimeout: 1 });
    const used = await Promise.all(Object.values(uses).map(async (use) => [use, await byBearer({ idleTimeout: 1, data: { k: 1 } })]));

    await until("the end of one that isn't", async () => {
      await Promise.all(used.map(([use, holder]) => use(holder)));
      return !(await unused.isLetIn());
    });

    for (const [i, [, holder]] of used.entries()) {
      assert.ok(await holder.isLetIn(), `${Object.keys(uses)[i]} is a use`);
    }
  });

  test('its lifetime ends it all the same', async () => {
    const holder = await byBearer({ lifetime: 1 });

    await until('the end', async () => (await holder.touch()).is([204, 401]).status === 401);
    (await holder.read()).is(401, 'not-authenticated');
  });

  for (const [how, wanted] of [
    ['its idle timeout', { idleTimeout: 1 }],
    ['its lifetime', { lifetime: 1 }],
  ]) {
    test(`after ${how} every call is refused, and nothing brings it back`, async () => {
      const holder = await byBearer(wanted);
      await until('the end', async () => !(await holder.isLetIn()));

      for (const call of [
        holder.touch(),
        holder.read(),
        holder.put({}),
        holder.patch({}),
        holder.rotate(),
        holder.increment('n'),
        holder.key('GET', 'k'),
      ]) {
        (await call).is(401, 'not-authenticated');
      }

      (await holder.logOut()).is(204);
    });
  }
});

describe('changing the token', { concurrency: true }, () => {
  for (const transport of transports) {
    test(`by ${transport} a rotation brings a new token, the same way, for the same session`, async () => {
      const old = await create(transport, { data: { a: 1 } });
      const { etag } = await old.read();

      const answer = (await old.rotate()).is(200);

      const next = old.after(answer);
      assert.notEqual(next.token, old.token);
      assert.deepEqual([next.sid, answer.json.sid, answer.data, answer.etag], [old.sid, old.sid, { a: 1 }, etag]);
      assert.deepEqual([answer.cookie !== undefined, 'token' in answer.json], [transport === 'cookie', transport !== 'cookie']);
      assert.ok(transport !== 'cookie' || !answer.text.includes(next.secret), 'what is in the cookie is nowhere else');
      assert.ok(await next.isLetIn());
    });

    test(`by ${transport} the old token works until the new one was used, for its answer may have been lost`, async () => {
      const old = await create(transport);
      const next = await old.rotated();

      (await old.read()).is(200);
      assert.equal((await introspect(old.token)).active, true);
      assert.equal((await introspect(next.token)).active, true);
      (await next.read()).is(200);
    });
  }

  test(
    'in its grace it works beside the new one',
    { skip: settings.rotationGrace >= 1 ? false : 'SESSIONS_ROTATION_GRACE is too short' },
    async () => {
      const old = await byBearer();
      const next = await old.rotated();
      (await next.read()).is(200);

      (await old.read()).is(200);
      (await old.patch({ a: 1 })).is(200);
      (await next.read()).is(200);
    },
  );

  const untilReplay =
    settings.rotationGrace <= patience
      ? false
      : `the grace of ${settings.rotationGrace} s is too long to wait for; SESSIONS_ROTATION_GRACE`;
  for (const transport of transports) {
    test(
      `by ${transport} the old token used after its grace is a replay, and ends the session for everyone`,
      { skip: untilReplay },
      async () => {
        const old = await create(transport);
        const next = await old.rotated();
        (await next.read()).is(200);

        await until('the end of the grace', async () => (await old.read()).is([200, 401]).status === 401, settings.rotationGrace + 5);

        (await next.read()).is(401, 'not-authenticated');
        (await operate('GET', `/manage/sessions/${old.sid}`)).is(404);
      },
    );
  }

  test('a second rotation does not cut the grace of the first one short', async () => {
    const first = await byBearer();
    const second = await first.rotated();
    (await second.read()).is(200);
    const third = await second.rotated();
    (await third.read()).is(200);

    for (const holder of [first, second, third]) {
      (await holder.read()).is(200);
    }
  });

  test('the cookie of one that is remembered lasts for what is left', async () => {
    const holder = await (await byCookie({ lifetime: 3600 })).signedIn(newUser(), { persistent: true });
    const { lifetime } = (await holder.look()).json;
    const maxAge = Number((await holder.rotate()).is(200).cookie.attributes.get('max-age'));
    assert.ok(maxAge > lifetime - 10 && maxAge <= lifetime, `Max-Age=${maxAge}`);
  });

  const byAge =
    settings.rotateAfter > 0 && settings.rotateAfter <= patience ? false : "SESSIONS_ROTATE_AFTER isn't set, or too long to wait for";
  test('a cookie that is old enough is changed for a new one on the way', { skip: byAge }, async () => {
    const [holder, app] = [await byCookie(), await byBearer()];
    let answer;
    await until('a new cookie', async () => Boolean((answer = (await holder.read()).is(200)).cookie), settings.rotateAfter + 5);

    const next = holder.after(answer);
    assert.equal(next.sid, holder.sid);
    assert.notEqual(next.token, holder.token);
    (await next.read()).is(200);
    assert.ok(!('token' in (await app.read()).is(200).json), "a program is never handed a token that it didn't ask for");
  });

  test('a cookie that is young stays as it is', { skip: settings.rotateAfter > 0 && settings.rotateAfter < 1 }, async () => {
    assert.equal((await (await byCookie()).read()).is(200).cookie, undefined);
  });
});

describe('logging out', { concurrency: true }, () => {
  for (const transport of transports) {
    test(`by ${transport} it ends the session for good, however often`, async () => {
      const holder = await create(transport);
      const other = await create(transport);

      for (let time = 1; time <= 3; time++) {
        const answer = (await holder.logOut()).is(204);
        assert.equal(answer.header('clear-site-data'), time === 1 && settings.clearSiteData ? settings.clearSiteData : undefined);
      }

      (await holder.read()).is(401, 'not-authenticated');
      (await holder.patch({})).is(401, 'not-authenticated');
      assert.deepEqual(await introspect(holder.token), { active: false });
      (await operate('GET', `/manage/sessions/${holder.sid}`)).is(404, 'not-found');
      assert.ok(await other.isLetIn());
    });
  }

  test('the browser is told to forget the cookie, which it only does by the same name and attributes', async () => {
    const created = (await send('POST', '/sessions')).is(201).cookie;
    const { cookie } = (
      await send('DELETE', '/sessions/current', { headers: { Cookie: `${created.name}=${created.value}`, 'X-CSRF': '1' } })
    ).is(204);

    assert.deepEqual([cookie.name, cookie.value, cookie.attributes.get('max-age')], [created.name, '', '0']);
    for (const [name, value] of created.attributes) {
      assert.equal(cookie.attributes.get(name), value, name);
    }
  });

  test('eight tokens that differ are ended at once; more are refused, and nothing ends', async () => {
    const holders = await atOnce(9, () => byBearer());
    const shown = (some) => ({ headers: { 'Session-Token': some.map(({ token }) => token) } });

    const answer = (await send('DELETE', '/sessions/current', shown(holders))).is(400, 'malformed-request');
    assert.match(answer.json.detail, /8/);
    assert.equal(answer.cookie, undefined);
    for (const holder of holders) {
      assert.ok(await holder.isLetIn());
    }

    (await send('DELETE', '/sessions/current', shown([...holders.slice(0, 8), ...holders.slice(0, 8)]))).is(204);
    assert.deepEqual(await Promise.all(holders.map((holder) => holder.isLetIn())), [...Array(8).fill(false), true]);
  });

  test('without a token, or with one that opens nothing, it is answered alike and ends nothing', async () => {
    const [holder, other] = [await byBearer(), await byBearer()];
    for (const headers of [
      {},
      { Authorization: 'Bearer nonsense' },
      { Authorization: `Bearer ${holder.sid}.${other.secret}` },
      { 'Session-Token': 'nonsense' },
    ]) {
      const answer = (await send('DELETE', '/sessions/current', { headers })).is(204);
      assert.equal(answer.header('clear-site-data'), undefined);
    }

    assert.ok((await holder.isLetIn()) && (await other.isLetIn()));
  });

  test('no limit of calls stands in its way', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => send('DELETE', '/sessions/current', { headers: { Authorization: 'Bearer nonsense' } })),
    );
    for (const answer of answers) {
      assert.equal(answer.is(204).header('ratelimit'), undefined);
    }
  });

  test(
    'with a token that was rotated away a moment ago it ends the session too',
    { skip: settings.rotationGrace >= 1 ? false : 'no grace' },
    async () => {
      const old = await byBearer();
      const next = await old.rotated();
      (await next.read()).is(200);

      (await old.logOut()).is(204);

      (await next.read()).is(401, 'not-authenticated');
    },
  );

  test("a user's session is off the list at once", async () => {
    const user = newUser();
    const holder = await createFor(user);
    (await holder.logOut()).is(204);
    assert.deepEqual((await operate('POST', '/manage/users/sessions', { user })).is(200).json.sessions, []);
    (await get('/sessions/current')).is(401);
  });
});
