import assert from 'node:assert/strict';
import { parseSetCookie } from './cookies.mjs';

const problemType = 'urn:session-functions:problem:';
const shownBytes = 600;

/** What came back of a call. */
export class Answer {
  #json;

  constructor(call, response, bytes) {
    this.call = call;
    this.status = response.statusCode;
    this.headers = response.headers;
    this.bytes = bytes;
    this.text = bytes.toString('utf8');
  }

  header(name) {
    return this.headers[name.toLowerCase()];
  }

  get isJson() {
    return this.text !== '' && /^application\/(problem\+)?json\b/.test(this.header('content-type') ?? '');
  }

  get json() {
    try {
      return (this.#json ??= JSON.parse(this.text));
    } catch {
      this.fail('has no JSON in it');
    }
  }

  get etag() {
    return this.header('etag');
  }

  get data() {
    return this.json.data;
  }

  /** The last part of the problem's type, such as `not-found`. */
  get problem() {
    return this.isJson && typeof this.json.type === 'string' ? this.json.type.replace(problemType, '') : undefined;
  }

  /** The cookie that the answer sets, taken apart; it never sets two. */
  get cookie() {
    const lines = this.header('set-cookie') ?? [];
    assert.ok(lines.length <= 1, `${this} sets ${lines.length} cookies`);
    return lines.length === 0 ? undefined : parseSetCookie(lines[0]);
  }

  /** The server's clock, to the second. */
  get date() {
    return Date.parse(this.header('date') ?? new Date().toUTCString());
  }

  /** Fails unless the answer has this status, and is this problem where one is named. */
  is(status, problem) {
    const expected = [].concat(status);
    if (!expected.includes(this.status) || (problem && this.text !== '' && this.problem !== problem)) {
      this.fail(`isn't ${expected.join(' or ')} ${problem ?? ''}`.trimEnd());
    }

    return this;
  }

  fail(what) {
    throw new assert.AssertionError({ message: `${this} ${what}`, stackStartFn: this.fail });
  }

  toString() {
    const { method, path, headers, body } = this.call;
    const shown = Object.entries(headers)
      .filter(([name]) => name !== 'x-functions-key')
      .map(([name, value]) => `${name}: ${value}`);
    const sent = `${method} ${path} [${shown.join('; ')}] ${short(body)}`;
    return `\n  ${sent}\n  answered ${this.status} ${JSON.stringify(this.headers)}\n  ${short(this.bytes)}\n which`;
  }
}

function short(bytes) {
  const text = bytes?.subarray(0, shownBytes).toString('utf8') ?? '';
  return (bytes?.length ?? 0) > shownBytes ? `${text}… (${bytes.length} bytes)` : text;
}
