/** @returns {{name: string, value: string, attributes: Map<string, string|true>}} */
export function parseSetCookie(line) {
  const [pair, ...rest] = line.split(';').map((part) => part.trim());
  const [name, value] = splitOnce(pair);
  return { name, value, attributes: new Map(rest.map((part) => splitOnce(part)).map(([key, text]) => [key.toLowerCase(), text ?? true])) };
}

/** What a browser keeps for this one API: by hand, so that every header of the suite's calls is one that it chose. */
export class Jar {
  #cookies = new Map();

  /** The same, with what the answer sets or clears. */
  after(answer) {
    const jar = new Jar();
    jar.#cookies = new Map(this.#cookies);
    const { cookie } = answer;
    if (cookie && isOver(cookie)) {
      jar.#cookies.delete(cookie.name);
    } else if (cookie) {
      jar.#cookies.set(cookie.name, cookie.value);
    }

    return jar;
  }

  get header() {
    return this.#cookies.size === 0 ? undefined : [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}

function isOver({ attributes }) {
  return attributes.has('max-age') ? Number(attributes.get('max-age')) <= 0 : Date.parse(attributes.get('expires')) <= Date.now();
}

function splitOnce(text) {
  const at = text.indexOf('=');
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
