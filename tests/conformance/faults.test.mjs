/**
 * The storage fails and comes back: what was acknowledged is there, nothing counts twice, and callers hear 503 within 5 s, those alone
 * who need what is missing.
 */
import { afterEach, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { get, operate, post } from './lib/client.mjs';
import { byBearer } from './lib/holders.mjs';
import { newUser } from './lib/given.mjs';
import { clients, isRefused, Load, patience, recovered, timed } from './lib/load.mjs';
import { cannotFail, storage } from './lib/storage.mjs';

/** Where the mark that ends everything is: in a shard, or in a partition of its own. */
const partitionsOfTheMark = ['00', 'table'];

describe('the storage fails', { skip: cannotFail }, () => {
  afterEach(() => recovered());

  test('what was acknowledged is there when it is back, and nothing counts more often than it was sent', { timeout: 60_000 }, async () => {
    const load = new Load();
    await load.during(killedAndBroughtBack);

    await load.check(({ count, acknowledged, unanswered }) => count >= acknowledged && count <= acknowledged + unanswered);
    assert.ok(load.acknowledged > clients && load.refused > 0, `${load.acknowledged} calls acknowledged, ${load.refused} refused`);
  });

  test('with an Idempotency-Key, repeated until it is acknowledged, each counts once', { timeout: 60_000 }, async () => {
    const load = new Load({ repeats: true });
    await load.during(killedAndBroughtBack);

    await load.check(({ count, acknowledged }) => count === acknowledged);
  });

  test('when none of it answers, every call is refused within 5 s, and so is the next', { timeout: 60_000 }, async () => {
    const holders = await Promise.all(Array.from({ length: clients }, () => byBearer({ data: { n: 0 } })));
    await storage.hang();

    for (const wave of ['the first', 'the second']) {
      const calls = holders.flatMap((holder) => [() => holder.look(), () => holder.increment('n'), () => post('/sessions', {})]);
      for (const [answer, waited] of await Promise.all([...calls, () => get('/health/ready')].map(timed))) {
        isRefused(answer, waited, wave);
      }

      await pause(1_000); // by the second, what an instance keeps in memory (the mark) is no longer fresh
    }
  });

  test('when nobody listens, every call is refused', { timeout: 60_000 }, async () => {
    const holder = await byBearer();
    await storage.refuse();

    const user = newUser();
    const calls = [
      () => holder.read(),
      () => holder.patch({ a: 1 }),
      () => holder.touch(),
      () => holder.rotate(),
      () => holder.logOut(),
      () => post('/sessions', {}),
      () => operate('POST', '/manage/users/sessions', { user }),
      () => operate('POST', '/manage/users/end-sessions', { user }),
      () => get('/health/ready'),
    ];
    for (const [answer, waited] of await Promise.all(calls.map(timed))) {
      isRefused(answer, waited, 'any');
    }

    assert.equal((await get('/health/live')).status, 200);
    await storage.recover();
    assert.ok(await holder.isLetIn());
  });

  test('when nobody listens any more, those who wait for their turn at one session are refused in time, too', { timeout: 60_000 }, async () => {
    const holder = await byBearer({ data: { n: 0 } });
    const working = Promise.all(Array.from({ length: clients * 2 }, () => untilRefused(() => holder.increment('n'))));
    await pause(500);
    await storage.refuse();

    for (const [answer, waited] of await working) {
      isRefused(answer, waited, 'any');
    }
  });

  test('when one partition hangs, its sessions are refused and all others work', { timeout: 60_000 }, async () => {
    const [there, elsewhere] = await holdersByPlace((shard) => shard === '01');
    await storage.hang('01');

    // More than a client of the storage may keep connections: who waits there takes none from the others.
    const waiting = Array.from({ length: 50 }, (_, i) => timed(() => there[i % there.length].increment('n')));
    for (let round = 0; round < 5; round++) {
      for (const [answer, waited] of await Promise.all(elsewhere.map((holder) => timed(() => holder.increment('n'))))) {
        assert.ok(waited < patience);
        answer.is(200);
      }
    }

    for (const [answer, waited] of await Promise.all(waiting)) {
      isRefused(answer, waited, 'there');
    }
  });

  test("when the mark's partition hangs, the mark as last known holds on and sessions elsewhere work", { timeout: 60_000 }, async () => {
    const [, elsewhere] = await holdersByPlace((shard) => partitionsOfTheMark.includes(shard));
    await storage.hang(...partitionsOfTheMark);

    const until = Date.now() + 8_000; // longer than a mark is taken for fresh
    while (Date.now() < until) {
      for (const [answer, waited] of await Promise.all(elsewhere.map((holder) => timed(() => holder.increment('n'))))) {
        assert.ok(waited < patience, `${waited} ms`);
        answer.is(200);
      }

      await pause(200);
    }
  });
});

/** What a storage does that is killed under load, in about 10 s. */
async function killedAndBroughtBack() {
  await pause(500);
  for (const fail of [storage.cut, storage.refuse, storage.hang, storage.stop, storage.cut, () => storage.hang('01'), storage.refuse]) {
    await fail();
    await pause(900); // longer than the client's retries
    await storage.recover();
    await pause(450);
  }
}

/** Calls again and again while it is answered; the first refusal, with how long it took. */
async function untilRefused(call) {
  for (;;) {
    const [answer, waited] = await timed(call);
    if (answer.status !== 200) {
      return [answer, waited];
    }
  }
}

/** Some sessions in the shards that are meant, and some in the others. */
async function holdersByPlace(isThere) {
  const [there, elsewhere] = [[], []];
  while (there.length < 4 || elsewhere.length < 8) {
    const holder = await byBearer({ data: { n: 0 } });
    (isThere(holder.sid.slice(0, 2)) ? there : elsewhere).push(holder);
  }

  return [there, elsewhere];
}
