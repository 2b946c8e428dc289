/**
 * The storage fails and comes back: what was acknowledged is there, nothing counts twice, and callers hear 503 within 5 s, those alone
 * who need what is missing.
 */
import { afterEach, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { get, operate, post } from './lib/client.mjs';
import { byBearer, Holder } from './lib/holders.mjs';
import { newUser } from './lib/given.mjs';
import { cannotFail, storage } from './lib/storage.mjs';

const clients = 16;
const patience = 5_000;

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

  test('with an Idempotency-Key, repeated until it is acknowledged, each counts once', { timeout: 60_000 }, async (t) => {
    if (!(await knowsIdempotencyKeys())) {
      t.skip("the service knows no Idempotency-Key here");
      return;
    }

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

  test('when one partition hangs, its sessions are refused and all others work', { timeout: 60_000 }, async () => {
    const [there, elsewhere] = await holdersByPlace((shard) => shard === '01');
    await storage.hang('01');

    // More than a client of the storage may keep connections: who waits there takes none from the others.
    const waiting = Array.from({ length: 50 }, (_, i) => timed(() => (i % 2 ? there[0].look() : there[i % there.length].increment('n'))));
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

/** Clients that make sessions, count in them, write to them and read them, and note what they were told. */
class Load {
  #repeats;
  #sessions = [];
  #shared; // in which all of them count
  #over = false;
  acknowledged = 0;
  refused = 0;

  constructor({ repeats = false } = {}) {
    this.#repeats = repeats;
  }

  async during(happens) {
    this.#shared = this.#open((await post('/sessions', { transport: 'bearer', data: { n: 0 } })).is(201));
    const working = Promise.all(Array.from({ length: clients }, () => this.#work()));
    working.catch(() => {}); // it is awaited below, when the storage has come to rest
    await happens();
    this.#over = true;
    await recovered();
    await working;
  }

  /** Every session that was handed out is there, counts what `fits`, and has all that was acknowledged. */
  async check(fits) {
    assert.ok(this.#sessions.length >= clients);
    for (const { holder, acknowledged, unanswered, written } of this.#sessions) {
      const { n: count, ...rest } = (await holder.look()).is(200).data;
      assert.ok(fits({ count, acknowledged, unanswered }), `${holder.sid}: ${count}, ${acknowledged} acknowledged, ${unanswered} unanswered`);
      for (const [key, value] of Object.entries(written)) {
        assert.equal(rest[key], value, `${key} of ${holder.sid}`);
      }
    }
  }

  async #work() {
    while (!this.#over) {
      const created = await this.#call(() => post('/sessions', { transport: 'bearer', data: { n: 0 } }));
      if (created) {
        const session = this.#open(created);
        for (let round = 0; round < 25 && !this.#over; round++) {
          await this.#count(this.#shared);
          await this.#use(session, round);
        }
      }
    }
  }

  #open(created) {
    const session = { holder: new Holder({ transport: 'bearer', token: created.json.token }), acknowledged: 0, unanswered: 0, written: {} };
    this.#sessions.push(session);
    return session;
  }

  async #count(session) {
    const headers = this.#repeats ? { 'Idempotency-Key': `"${crypto.randomUUID()}"` } : {};
    let counted;
    do {
      counted = await this.#call(() => session.holder.increment('n', 1, { headers }));
    } while (!counted && this.#repeats);
    session[counted ? 'acknowledged' : 'unanswered']++;
  }

  async #use(session, round) {
    const { holder } = session;
    await this.#count(session);
    if (await this.#call(() => holder.patch({ [`k${round % 5}`]: round }))) {
      session.written[`k${round % 5}`] = round;
    } else {
      delete session.written[`k${round % 5}`]; // it may be there or not
    }

    await this.#call(() => holder.read());
  }

  /** The answer; none where the storage wasn't there. */
  async #call(call) {
    const [answer, waited] = await timed(call);
    if (answer.status !== 503) {
      this.acknowledged++;
      return answer.is([200, 201]);
    }

    isRefused(answer, waited, 'any');
    this.refused++;
    await pause(50);
    return undefined;
  }
}

function isRefused(answer, waited, which) {
  answer.is(503, 'storage-unavailable');
  assert.match(answer.header('retry-after') ?? '', /^\d+$/);
  assert.ok(waited <= patience, `${which} call waited ${waited} ms\n${answer}`);
}

async function timed(call) {
  const began = performance.now();
  const answer = await call();
  return [answer, Math.round(performance.now() - began)];
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

async function knowsIdempotencyKeys() {
  const [holder, headers] = [await byBearer(), { 'Idempotency-Key': `"${crypto.randomUUID()}"` }];
  (await holder.increment('n', 1, { headers })).is(200);
  (await holder.increment('n', 1, { headers })).is(200);
  return (await holder.data()).n === 1;
}

async function recovered() {
  await storage.recover();
  const until = Date.now() + 10_000;
  while ((await get('/health/ready')).status !== 200) {
    assert.ok(Date.now() < until, 'it is ready again');
    await pause(50);
  }
}
