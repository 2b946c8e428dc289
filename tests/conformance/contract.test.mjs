/** Every answer that the document promises can be had: each call is brought to each of its statuses, one by one. */
import { describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { jsonOf, newUser, unknownSid } from './lib/given.mjs';
import { get, operate, send } from './lib/client.mjs';
import { holderCalls, operatorCalls } from './lib/calls.mjs';
import { contractOf, exampleOf } from './lib/document.mjs';
import { byBearer, byCookie, createFor, ticketFor } from './lib/holders.mjs';
import { settings } from './lib/settings.mjs';

const issuing = (await get('/.well-known/jwks.json')).status === 200;
const takesIdTokens = (await redeem(await byBearer(), { idToken: 'a.b.c' })).status === 422;
const rejects = settings.maxPerUser > 0 && settings.userOverflow === 'reject';

/** What can't be brought about by calling, with the reason. */
function notFromOutside(status, { id }) {
  return status === 429
    ? 'a limit would shut out the rest of the suite'
    : status >= 500
      ? 'the service would have to fail'
      : status === 428 && !settings.requiresIfMatch
        ? "SESSIONS_REQUIRE_IF_MATCH isn't set"
        : status === 409 && /sign-in|POST \/manage\/sessions$/.test(id) && !rejects
          ? 'the limit of sessions per user rejects nobody here'
          : id === 'POST /manage/end-everything' && status < 300
            ? 'end-everything.test.mjs is where everything may be ended'
            : id === 'POST /manage/end-everything' && !settings.mayEndEverything
              ? "a mistake would end everybody's sessions"
              : /jwt|jwks/.test(id) && status === 404 && issuing
                ? 'JWTs are issued here'
                : /jwt|jwks/.test(id) && [200, 422].includes(status) && !issuing
                  ? 'no JWTs are issued here'
                  : id === 'POST /sessions/current/sign-in' && status === 404 && takesIdTokens
                    ? 'id tokens are taken here'
                    : undefined;
}

describe('what the document promises', { concurrency: true }, async () => {
  for (const operation of (await contractOf()).operations) {
    const id = `${operation.method} ${operation.template}`;
    const statuses = Object.keys(operation.responses).map(Number);
    const within = statuses.filter((status) => !notFromOutside(status, { id }));

    test(`${id} can be answered ${within.join(', ')}`, async (t) => {
      for (const status of statuses) {
        const reason = notFromOutside(status, { id });
        if (reason) {
          t.diagnostic(`${status}: ${reason}`);
          continue;
        }

        const provoke = special[`${status} ${id}`] ?? general[status];
        assert.ok(provoke, `nothing here brings about ${status}`);
        (await provoke(await given(operation))).is(status);
      }
    });
  }
});

/** Someone who may make the call, and the call in a form that is fine. */
async function given({ method, template }) {
  const user = newUser();
  const holder = await createFor(user, { data: { k: 1 } });
  const sibling = settings.maxPerUser === 1 ? { sid: unknownSid } : await createFor(user);
  const path = exampleOf(template, { sid: template.startsWith('/manage') ? holder.sid : sibling.sid });
  const { id } = (await contractOf()).find(method, path);
  const fine = [{ method: 'POST', path: '/sessions', json: {} }, ...holderCalls(), ...operatorCalls(holder.sid, user)].find(
    (call) => call.method === method && call.path.replace(unknownSid, sibling.sid) === path,
  ) ?? { method, path };
  const credentials = template.startsWith('/manage')
    ? { 'x-functions-key': settings.functionKey }
    : template.startsWith('/sessions/')
      ? holder.credentials
      : {};
  const make = (more = {}) =>
    send(method, more.path ?? path, {
      json: 'body' in more ? undefined : fine.json,
      type: fine.type,
      ...more,
      headers: {
        ...(settings.requiresIfMatch && method !== 'GET' && { 'If-Match': '*' }),
        ...(more.credentials ?? credentials),
        ...more.headers,
      },
    });
  return { id, user, holder, method, path, template, fine, make };
}

const long = () => jsonOf(2 * 1024 * 1024);
const general = {
  200: ({ make }) => make(),
  201: ({ make }) => make(),
  204: ({ make, method, path }) => make(method !== 'DELETE' && path.includes('/data') ? { headers: { Prefer: 'return=minimal' } } : {}),
  304: async ({ make }) => make({ headers: { 'If-None-Match': (await make()).is(200).etag } }),
  400: ({ make, fine, template, path, holder }) =>
    fine.json !== undefined
      ? make({ body: '{' })
      : path.includes('/data/')
        ? make(path.endsWith('k') && fine.method === 'GET' ? { path: `${path}?touch=no` } : { headers: { 'If-Match': 'none' } })
        : template.includes('{sid}')
          ? make({ path: exampleOf(template, { sid: 'nonsense' }) })
          : make({ path: `${path}?touch=no`, holder }),
  401: ({ make }) => make({ credentials: {} }),
  403: async ({ make }) =>
    make({ credentials: (await byCookie({ data: { k: 1 } })).credentials, headers: { Origin: 'https://evil.example' } }),
  404: ({ make, template }) => make({ path: exampleOf(template, { sid: unknownSid, key: 'nothing', asset: 'nothing.js' }) }),
  409: ({ make }) => make({ body: '[{"op":"remove","path":"/nothing"}]', type: 'application/json-patch+json' }),
  412: ({ make }) => make({ headers: { 'If-Match': '"nothing"' } }),
  413: ({ make }) => make({ body: long() }),
  415: ({ make }) => make({ body: '{}', type: 'text/plain' }),
  422: ({ make, template }) =>
    template.includes('{key}') ? make({ path: exampleOf(template, { key: 'k'.repeat(257) }) }) : make({ body: '[]' }),
  428: ({ make }) => make({ headers: { 'If-Match': undefined } }),
};

const special = {
  '200 POST /sessions/current/sign-in': async ({ holder, user }) => holder.redeem(await ticketFor(holder.sid, user)),
  '404 POST /sessions/current/sign-in': ({ holder }) => redeem(holder, { idToken: 'a.b.c' }),
  '409 POST /sessions/current/sign-in': async ({ user }) => {
    await fill(user);
    const holder = await byBearer();
    return holder.redeem(await ticketFor(holder.sid, user));
  },
  '409 POST /manage/sessions': async ({ user }) => {
    await fill(user);
    return operate('POST', '/manage/sessions', { user });
  },
  '409 POST /manage/sessions/{sid}/sign-in': async ({ user }) => {
    await fill(user);
    return operate('POST', `/manage/sessions/${(await byBearer()).sid}/sign-in`, { user });
  },
  '404 POST /sessions/current/jwt': ({ make }) => make(),
  '422 POST /sessions/current/jwt': async () =>
    (await createFor(newUser(), { claims: { a: 'x'.repeat(8000) } })).send('POST', '/sessions/current/jwt'),
  '404 GET /.well-known/jwks.json': ({ make }) => make(),
  '400 DELETE /sessions/current': ({ make }) =>
    make({ headers: { 'Session-Token': Array.from({ length: 9 }, (_, i) => `${unknownSid}.${i}${'A'.repeat(42)}`) } }),
  '400 GET /sessions/current/siblings': ({ make, path }) => make({ path: `${path}?continuation=x` }),
  '400 POST /manage/end-everything': ({ make }) => make({ body: '{' }),
  '422 POST /manage/end-everything': ({ make }) => make({ body: '{}' }),
  '415 POST /manage/end-everything': ({ make }) => make({ body: '{}', type: 'text/plain' }),
};

function redeem(holder, wanted) {
  return holder.send('POST', '/sessions/current/sign-in', { json: wanted });
}

async function fill(user) {
  while ((await operate('POST', '/manage/sessions', { user })).is([201, 409]).status === 201);
}
