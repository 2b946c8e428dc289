// The session API in a page's hands: the cookie does the work, and no token is ever seen here.
import { apiBase } from './config.js';

/** What the API refused (RFC 9457), or that it couldn't be reached (status 0). */
export class Problem extends Error {
  constructor(status, title, detail) {
    super(detail ? `${title}: ${detail}` : title);
    this.status = status;
    this.title = title;
    this.detail = detail;
  }
}

async function call(method, path, { body, type = 'application/json', etag } = {}) {
  const headers = {};
  if (body !== undefined) {
    headers['Content-Type'] = type;
  }

  if (etag) {
    headers['If-Match'] = etag;
  }

  let response;
  try {
    response = await fetch(apiBase + path, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      // Another origin's cookie goes along only when asked for.
      credentials: 'include',
    });
  } catch {
    throw new Problem(0, 'The API can’t be reached', `Is it running at ${apiBase}?`);
  }

  const json = response.headers.get('content-type')?.includes('json') ? await response.json().catch(() => null) : null;
  if (!response.ok) {
    const wait = response.headers.get('retry-after');
    throw new Problem(
      response.status,
      json?.title ?? `The API answered ${response.status}`,
      json?.detail ?? (wait ? `Try again in ${wait} s.` : ''),
    );
  }

  return json;
}

export const start = () => call('POST', '/sessions', { body: { data: { cart: {} } } });
export const read = ({ touch = true } = {}) => call('GET', `/sessions/current${touch ? '' : '?touch=false'}`);
export const touch = () => call('POST', '/sessions/current/touch');
export const rotate = () => call('POST', '/sessions/current/rotate');
export const end = () => call('DELETE', '/sessions/current');

/** Merges a patch into the data, provided nobody changed them since the session was read. */
export const patch = (change, { sid, version }) =>
  call('PATCH', '/sessions/current/data', { body: change, type: 'application/merge-patch+json', etag: `"${sid}.${version}"` });
