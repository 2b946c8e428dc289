/**
 * Sends calls as they are written and gives back answers as they came. Not fetch: that tidies up paths, refuses headers that browsers set
 * by themselves, and can't send a body that isn't wanted. Every answer is held to what the document promises of all answers.
 */
import { after } from 'node:test';
import http from 'node:http';
import https from 'node:https';
import { Answer } from './answer.mjs';
import { checkAnswer } from './contract.mjs';
import { settings } from './settings.mjs';
import { together } from './turns.mjs';

const base = new URL(settings.url.replace(/\/+$/, ''));
const transport = base.protocol === 'https:' ? https : http;
const agent = new transport.Agent({ keepAlive: true, maxSockets: 64 });
const chunkSize = 256 * 1024;
const longBody = 1024 * 1024;
const deadline = 30_000;

/** Ids of the sessions that the suite made, to be ended when it is through. */
const made = new Set();

export const origin = base.origin;

if (settings.mayEndEverything) {
  await together();
}

/**
 * @param {string} method
 * @param {string} path below the API's address, with its query; sent as it is
 * @param {object} [options]
 * @param {object} [options.headers] a value may be a list; undefined is none
 * @param {*} [options.json] the body, to be made JSON
 * @param {string|Buffer} [options.body] the body as it is
 * @param {string} [options.type] its media type: application/json where it isn't said, none where it is null
 * @param {boolean} [options.chunked] whether the body is sent without saying its length
 * @param {boolean} [options.checked] whether the answer is held to the document; the default
 */
export async function send(method, path, options = {}) {
  const body = options.json !== undefined ? Buffer.from(JSON.stringify(options.json)) : bytesOf(options.body);
  const headers = { ...(body && options.type !== null ? { 'Content-Type': options.type ?? 'application/json' } : {}), ...options.headers };
  for (const name of Object.keys(headers).filter((name) => headers[name] === undefined)) {
    delete headers[name];
  }

  if (body && options.chunked) {
    headers['Transfer-Encoding'] = 'chunked';
  } else if (body || /^(POST|PUT|PATCH)$/.test(method)) {
    headers['Content-Length'] = body?.length ?? 0;
  }

  const answer = await exchange({ method, path, headers, body });
  remember(answer);
  if (options.checked ?? true) {
    await checkAnswer(answer, () => send('GET', '/openapi.json', { checked: false }));
  }

  return answer;
}

export const get = (path, options) => send('GET', path, options);
export const post = (path, json, options) => send('POST', path, { json, ...options });

/** A call by the operator, with the function key. */
export function operate(method, path, json, options = {}) {
  return send(method, path, {
    ...(json === undefined ? {} : { json }),
    ...options,
    headers: { 'x-functions-key': settings.functionKey, ...options.headers },
  });
}

function exchange({ method, path, headers, body }) {
  return new Promise((resolve, reject) => {
    const call = transport.request({
      protocol: base.protocol,
      hostname: base.hostname.replace(/^\[|\]$/g, ''),
      port: base.port,
      path: base.pathname.replace(/\/$/, '') + path,
      method,
      headers,
      // Whoever refuses a long body may hang up on it: not on a connection that others use.
      agent: body?.length > longBody ? false : agent,
    });
    let answered = false;
    call.on('response', (response) => {
      answered = true;
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        resolve(new Answer({ method, path, headers, body }, response, Buffer.concat(chunks)));
        call.writableFinished || call.destroy();
      });
    });
    call.on('error', (error) => {
      if (!answered) {
        reject(new Error(`${method} ${path}: ${error.message}`, { cause: error }));
      }
    });
    call.setTimeout(deadline, () => call.destroy(new Error(`no answer within ${deadline / 1000} s`)));
    write(call, body, () => answered);
  });
}

/** Piece by piece, and no further than the answer, so that a refusal in the middle of a long body is heard. */
function write(call, body, answered, from = 0) {
  const piece = body?.subarray(from, from + chunkSize);
  if (!piece || from + piece.length === body.length) {
    call.end(piece);
  } else if (!answered() && !call.destroyed) {
    call.write(piece, () => setImmediate(() => write(call, body, answered, from + piece.length)));
  }
}

function bytesOf(body) {
  return body === undefined || Buffer.isBuffer(body) ? body : Buffer.from(body, 'utf8');
}

function remember(answer) {
  const { sid } = answer.isJson ? (answer.json ?? {}) : {};
  if (sid && (answer.json.token || answer.header('set-cookie'))) {
    made.add(sid);
  }
}

after(async () => {
  const left = [...made];
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let sid = left.pop(); sid; sid = left.pop()) {
        await operate('DELETE', `/manage/sessions/${sid}`, undefined, { checked: false });
      }
    }),
  );
  agent.destroy();
});
