/** Holds every answer to the document that the service publishes of itself, and to what it promises of all answers. */
import { expectedOf, learnFrom } from '../hosts.mjs';
import { settings } from './settings.mjs';
import { faultsOf } from './schema.mjs';
import { cannotFail } from './storage.mjs';

const methods = ['get', 'put', 'post', 'delete', 'patch', 'head'];
const problemMembers = { type: 'string', title: 'string', status: 'number' };

let document;

/** The document, fetched once. */
export function contract(fetch) {
  document ??= fetch().then((answer) => new Contract(answer.is(200).json));
  return document;
}

export class Contract {
  constructor(json) {
    this.json = json;
    this.operations = Object.entries(json.paths).flatMap(([template, item]) =>
      methods.filter((method) => item[method]).map((method) => ({ template, method: method.toUpperCase(), ...item[method] })),
    );
  }

  /** The operation that a call is meant for; of two that fit, the one with fewer variables. */
  find(method, path) {
    const [plain] = path.split('?');
    return this.operations
      .filter((operation) => operation.method === method && patternOf(operation.template).test(plain))
      .sort((one, other) => variables(one) - variables(other))[0];
  }

  resolve(part) {
    return part?.$ref
      ? part.$ref
          .split('/')
          .slice(1)
          .reduce((found, name) => found[name], this.json)
      : part;
  }

  /** What isn't as the document says. */
  faultsOf(answer) {
    const operation = this.find(answer.call.method, answer.call.path);
    if (!operation) {
      return answer.status >= 400 ? [] : ['it is no call of the document'];
    }

    const promised = this.resolve(operation.responses[answer.status]);
    return promised
      ? [...this.#headerFaults(promised, answer), ...this.#bodyFaults(promised, answer)]
      : [`the document has no ${answer.status} for ${operation.operationId}`];
  }

  *#headerFaults(promised, answer) {
    for (const [name, header] of Object.entries(promised.headers ?? {})) {
      const { required, schema } = this.resolve(header);
      const value = [].concat(answer.header(name) ?? [])[0];
      if (value !== undefined || required) {
        yield* value === undefined ? [`${name} is missing`] : faultsOf(value, schema, this.json, name);
      }
    }
  }

  *#bodyFaults(promised, answer) {
    const type = answer.header('content-type')?.split(';')[0].trim();
    if (!promised.content) {
      if (answer.text !== '') {
        yield 'there is a body';
      }
    } else if (!promised.content[type]) {
      yield `the body is ${type} and not ${Object.keys(promised.content)}`;
    } else if (answer.isJson) {
      yield* faultsOf(answer.json, promised.content[type].schema, this.json, 'body');
    }
  }
}

/** @param {() => Promise<import('./answer.mjs').Answer>} fetch gets the document */
export async function checkAnswer(answer, fetch) {
  if (isRefusalByTheHost(answer)) {
    return;
  }

  const faults = [...generalFaults(answer)];
  // What a server takes for another address isn't the one that was sent.
  if (answer.call.method !== 'HEAD' && !/\/(\.|%2e){1,2}(\/|$)/i.test(answer.call.path)) {
    faults.push(...(await contract(fetch)).faultsOf(answer));
  }

  if (faults.length > 0) {
    answer.fail(`isn't as promised: ${faults.join('; ')}`);
  }
}

function* generalFaults(answer) {
  if (answer.header('x-content-type-options') !== 'nosniff') {
    yield "X-Content-Type-Options isn't nosniff";
  }

  if (answer.header('referrer-policy') !== 'no-referrer') {
    yield "Referrer-Policy isn't no-referrer";
  }

  // A page has a policy of its own, which allows what it loads.
  const policy = answer.header('content-security-policy') ?? '';
  const isPage = answer.header('content-type')?.startsWith('text/html');
  if (isPage ? !/^default-src 'none'; .*frame-ancestors 'none'$/.test(policy) : policy !== "default-src 'none'; frame-ancestors 'none'") {
    yield `Content-Security-Policy is ${policy}`;
  }

  // What everybody may read, from any page, is what everybody may embed.
  const isForAll = answer.status < 400 && /^\/(openapi\.json|\.well-known\/jwks\.json)(\?|$)/.test(answer.call.path);
  if (answer.header('cross-origin-resource-policy') !== (isForAll ? 'cross-origin' : 'same-origin')) {
    yield `Cross-Origin-Resource-Policy is ${answer.header('cross-origin-resource-policy')}`;
  }

  const caching = answer.header('cache-control');
  if (answer.status >= 400 ? caching !== 'no-store' : caching === undefined) {
    yield `Cache-Control is ${caching}`;
  }

  if (answer.status >= 500 && (answer.status !== 503 || cannotFail)) {
    yield 'the service failed';
  }

  if ([204, 304].includes(answer.status) || answer.call.method === 'HEAD') {
    yield* answer.text === '' ? [] : ['there is a body'];
  } else if (answer.status >= 400) {
    yield* problemFaults(answer);
  }

  if (typeof answer.header('etag') === 'string' && !/^"[^"]+"$/.test(answer.header('etag'))) {
    yield "the ETag isn't a strong one";
  }
}

function* problemFaults(answer) {
  if (!answer.header('content-type')?.startsWith('application/problem+json')) {
    yield 'it is no problem document';
    return;
  }

  for (const [name, type] of Object.entries(problemMembers)) {
    if (typeof answer.json[name] !== type) {
      yield `the problem's ${name} is ${JSON.stringify(answer.json[name])}`;
    }
  }

  if (answer.json.status !== answer.status) {
    yield `the problem says ${answer.json.status}`;
  }
}

/** The one kind of answer that may come from the host in front of the service and be none of ours. */
function isRefusalByTheHost(answer) {
  if (answer.status !== 401 || !answer.call.path.startsWith('/manage') || answer.call.headers['x-functions-key'] === settings.functionKey) {
    return false;
  }

  learnFrom(answer);
  return expectedOf('function-key refusal') === 'empty' && answer.text === '';
}

function patternOf(template) {
  return new RegExp(`^${template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+')}$`);
}

function variables({ template }) {
  return template.split('{').length;
}
