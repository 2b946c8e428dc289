/** Calls to a service whose storage fails: many at once, what they were told, and how long they waited for it. */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { get, post } from './client.mjs';
import { Holder } from './holders.mjs';
import { storage } from './storage.mjs';

export const clients = 16;

/** The longest that a caller may wait for a refusal, in milliseconds. */
export const patience = 5_000;

/** Clients that make sessions, count in them, write to them and read them, and note what they were told. */
export class Load {
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
    const holder = new Holder({ transport: 'bearer', token: created.json.token });
    const session = { holder, acknowledged: 0, unanswered: 0, written: {} };
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

/** Fails unless a call was refused for its storage, with the time to come back, and soon. */
export function isRefused(answer, waited, which) {
  answer.is(503, 'storage-unavailable');
  assert.match(answer.header('retry-after') ?? '', /^\d+$/);
  assert.ok(waited <= patience, `${which} call waited ${waited} ms\n${answer}`);
}

/** The answer, and the milliseconds it took. */
export async function timed(call) {
  const began = performance.now();
  const answer = await call();
  return [answer, Math.round(performance.now() - began)];
}

export async function recovered() {
  await storage.recover();
  const until = Date.now() + 10_000;
  while ((await get('/health/ready')).status !== 200) {
    assert.ok(Date.now() < until, 'it is ready again');
    await pause(50);
  }
}
