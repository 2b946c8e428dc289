/**
 * What differs between hosts on purpose, in one list. Everything that isn't in it is the same wherever the service runs.
 * An implementation of your own that needs another entry adds it here, with its reason.
 *
 * Which host it is can be seen: the Functions host answers a call without its function key by itself.
 * SESSIONS_HOST says it where that misleads.
 */
import { settings } from './lib/settings.mjs';

const differences = {
  'function-key refusal': {
    why: 'The Functions host checks the key before the app is called, and answers 401 without a body, a type or any header of ours.',
    functions: 'empty',
    self: 'problem',
  },
  'dot segment as a key': {
    why: 'Clients, front ends and servers take `.` and `..` out of an address before the app sees it: what is left is another.',
    functions: [400, 404, 405, 422],
    self: [400, 404, 405, 422],
  },
  'answers to OPTIONS': {
    why: 'Preflights are answered by the platform in Azure and by SelfHost elsewhere, by CORS settings of its own. The suite sends none.',
    functions: 'not tested',
    self: 'not tested',
  },
  'page at /': {
    why: 'What is above the API belongs to the host: SelfHost says where the API is, the platform shows nothing.',
    functions: 'not tested',
    self: 'not tested',
  },
  'headers of the server': {
    why: 'Server, Date, HSTS and the like are the business of whoever answers the connection.',
    functions: 'not tested',
    self: 'not tested',
  },
};

let seen = settings.host;

/** Learns the host from its answer to a call under /manage without a key. */
export function learnFrom(answer) {
  seen ||= answer.text === '' ? 'functions' : 'self';
}

/** What is to be expected of this host. */
export function expectedOf(difference) {
  if (!(difference in differences)) {
    throw new Error(`The list of differences has no '${difference}'.`);
  }

  return differences[difference][seen || 'self'];
}
