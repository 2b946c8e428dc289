/**
 * POST /manage/end-everything ends the sessions of everybody on that deployment, so nothing here runs unless
 * SESSIONS_MAY_END_EVERYTHING=1 says that nobody minds. Not even the refusals: an implementation that gets them wrong would
 * end everything all the same.
 */
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { newUser, until } from './lib/given.mjs';
import { operate } from './lib/client.mjs';
import { create, createFor, byBearer, introspect, sidsOf, transports } from './lib/holders.mjs';
import { settings } from './lib/settings.mjs';
import { alone } from './lib/turns.mjs';

const path = '/manage/end-everything';
const meant = { confirm: 'end-everything' };

const skip = settings.mayEndEverything ? false : "it would end everybody's sessions: SESSIONS_MAY_END_EVERYTHING=1 allows it";
describe('ending everything', { skip }, () => {
  test('needs to be meant', async () => {
    await alone(async () => {
      const holder = await byBearer();
      for (const [body, status] of [
        ['', 422],
        ['{}', 422],
        ['{"confirm":null}', 422],
        ['{"confirm":true}', 422],
        ['{"confirm":"yes"}', 422],
        ['{"confirm":"END-EVERYTHING"}', 422],
        ['[]', 422],
        ['{"confirm":"end-everything","really":true}', 422],
        ['{', 400],
        ['{"confirm":"end-everything","confirm":"end-everything"}', 400],
      ]) {
        (await operate('POST', path, undefined, { body })).is(status);
      }

      (await operate('POST', path, meant, { type: 'text/plain' })).is(415, 'wrong-media-type');
      (await operate('POST', path, meant, { headers: { 'x-functions-key': 'wrong' } })).is(401, 'function-key');
      (await operate('DELETE', '/manage/sessions')).is(405, 'method-not-allowed');
      (await operate('DELETE', '/manage/sessions/')).is([400, 404, 405, 422]);
      await noMark();
      assert.ok(await holder.isLetIn());
    });
  });

  test('ends every session there was, and new ones work', async () => {
    await alone(async () => {
      const user = newUser();
      const holders = [
        ...(await Promise.all(transports.map((transport) => create(transport)))),
        await createFor(user),
        await (await byBearer()).signedIn(user),
      ];

      (await operate('POST', path, meant)).is(204);

      for (const holder of holders) {
        await until('the end, in every instance', async () => !(await holder.isLetIn()), 10);
        (await holder.patch({})).is(401, 'not-authenticated');
        (await operate('GET', `/manage/sessions/${holder.sid}`)).is(404, 'not-found');
        assert.deepEqual(await introspect(holder.token), { active: false });
      }

      await noMark();
      assert.deepEqual(await sidsOf(user), []);
      assert.ok(await (await (await byBearer()).signedIn(user)).isLetIn());
    });
  });
});

/** The mark may be set a little ahead of the clock, so that an instance whose clock is ahead is covered. */
function noMark() {
  return until('new sessions work', async () => (await byBearer()).isLetIn(), 15);
}
