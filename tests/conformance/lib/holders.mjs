/** Whoever holds a session, by each of the three ways to show its token. */
import { send, origin, operate } from './client.mjs';
import { Jar } from './cookies.mjs';
import { settings } from './settings.mjs';

export const transports = ['cookie', 'bearer', 'session-token'];

const isSafe = (method) => ['GET', 'HEAD', 'OPTIONS'].includes(method);

export class Holder {
  #jar;

  constructor({ transport, token, jar }) {
    this.transport = transport;
    this.token = token;
    this.#jar = jar;
  }

  get sid() {
    return this.token.split('.')[0];
  }

  get secret() {
    return this.token.split('.')[1];
  }

  /** What shows the token: nothing else makes one holder's calls another's. */
  get credentials() {
    switch (this.transport) {
      case 'cookie':
        return { Cookie: this.#jar.header };
      case 'bearer':
        return { Authorization: `Bearer ${this.token}` };
      default:
        return { 'Session-Token': this.token };
    }
  }

  /** The same session with the token that an answer brought. */
  after(answer) {
    const token = this.transport === 'cookie' ? answer.cookie?.value : answer.json.token;
    return token ? new Holder({ transport: this.transport, token, jar: this.#jar?.after(answer) }) : this;
  }

  send(method, path, options = {}) {
    // A page of the API's own origin, as browsers say it.
    const browser = this.transport === 'cookie' ? { 'Sec-Fetch-Site': 'same-origin', ...(isSafe(method) ? {} : { Origin: origin }) } : {};
    const version = settings.requiresIfMatch && changesData(method, path) ? { 'If-Match': '*' } : {};
    return send(method, path, { ...options, headers: { ...browser, ...version, ...this.credentials, ...options.headers } });
  }

  read(query = '', options) {
    return this.send('GET', `/sessions/current${query}`, options);
  }

  /** Reads without keeping the session alive. */
  look() {
    return this.read('?touch=false');
  }

  put(data, options) {
    return this.send('PUT', '/sessions/current/data', { json: data, ...options });
  }

  patch(data, options) {
    return this.send('PATCH', '/sessions/current/data', { json: data, type: 'application/merge-patch+json', ...options });
  }

  jsonPatch(operations, options) {
    return this.send('PATCH', '/sessions/current/data', { json: operations, type: 'application/json-patch+json', ...options });
  }

  key(method, key, options) {
    return this.send(method, `/sessions/current/data/${encodeURIComponent(key)}`, options);
  }

  increment(key, by, options) {
    return this.send('POST', `/sessions/current/data/${encodeURIComponent(key)}/increment`, {
      ...(by === undefined ? {} : { body: `{"by":${by}}` }),
      ...options,
    });
  }

  touch(options) {
    return this.send('POST', '/sessions/current/touch', options);
  }

  rotate(options) {
    return this.send('POST', '/sessions/current/rotate', options);
  }

  async rotated() {
    return this.after((await this.rotate()).is(200));
  }

  logOut(options) {
    return this.send('DELETE', '/sessions/current', options);
  }

  redeem(ticket, options) {
    return this.send('POST', '/sessions/current/sign-in', { json: { ticket }, ...options });
  }

  /** Signed in as this user, by a ticket. */
  async signedIn(user, more) {
    return this.after((await this.redeem(await ticketFor(this.sid, user, more))).is(200));
  }

  async data() {
    return (await this.look()).is(200).data;
  }

  /** Whether the token opens the session. Doesn't keep it alive. */
  async isLetIn() {
    return (await this.look()).is([200, 401]).status === 200;
  }
}

function changesData(method, path) {
  return !isSafe(method) && path.startsWith('/sessions/current/data');
}

/** A new session. */
export async function create(transport, wanted = {}) {
  const answer = (await send('POST', '/sessions', { json: transport === 'cookie' ? wanted : { transport: 'bearer', ...wanted } })).is(201);
  return transport === 'cookie'
    ? new Holder({ transport, token: answer.cookie.value, jar: new Jar().after(answer) })
    : new Holder({ transport, token: answer.json.token });
}

export const byBearer = (wanted) => create('bearer', wanted);
export const byCookie = (wanted) => create('cookie', wanted);

/** A session that the operator makes. */
export async function createFor(user, more = {}) {
  return new Holder({ transport: 'bearer', token: (await operate('POST', '/manage/sessions', { user, ...more })).is(201).json.token });
}

export async function ticketFor(sid, user, more = {}) {
  return (await operate('POST', `/manage/sessions/${sid}/ticket`, { user, ...more })).is(201).json.ticket;
}

/** The ids of a user's sessions, in the order of the list. */
export async function sidsOf(user) {
  return (await operate('POST', '/manage/users/sessions', { user })).is(200).json.sessions.map(({ sid }) => sid);
}

export async function introspect(token, more = {}) {
  return (await operate('POST', '/manage/introspect', { token, ...more })).is(200).json;
}

/** Whoever was handed the token of an answer. */
export const heldBy = (answer) => new Holder({ transport: 'bearer', token: answer.json.token });
