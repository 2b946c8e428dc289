/** Small things that many tests need. */
import { setTimeout as pause } from 'node:timers/promises';
import { randomBytes } from 'node:crypto';
import assert from 'node:assert/strict';

const run = randomBytes(6).toString('hex');
let users = 0;

/** A user whom nobody else has. */
export function newUser(name = 'user') {
  return `conformance-${run}-${process.pid}-${name}-${++users}`;
}

/** A well-formed id that no session has. */
export const unknownSid = `00${'a'.repeat(26)}`;

/** What none of them names a session by, and could be taken for part of an address. */
export const malformedSids = [
  'nonsense',
  '00AAAAAAAAAAAAAAAAAAAAAAAAAA',
  `${unknownSid}a`,
  unknownSid.slice(1),
  '%25',
  '%F0%9F%A6%8A',
  `${unknownSid}%20`,
];

/** Asks until the answer is yes, with a deadline: for what comes with time, and for nothing else. */
export async function until(what, ask, seconds = 8) {
  const end = Date.now() + seconds * 1000;
  while (!(await ask())) {
    assert.ok(Date.now() < end, `${what} didn't happen within ${seconds} s`);
    await pause(50);
  }
}

/** So many calls, started in one go. */
export function atOnce(count, call) {
  return Promise.all(Array.from({ length: count }, (_, i) => call(i)));
}

export function nested(levels) {
  return `${'{"a":'.repeat(levels - 1)}{}${'}'.repeat(levels - 1)}`;
}

/** JSON with exactly so many bytes. */
export function jsonOf(bytes, name = 'a') {
  const frame = JSON.stringify({ [name]: '' });
  return JSON.stringify({ [name]: 'x'.repeat(bytes - frame.length) });
}

/** A number's digits, so that 0.30, 3e-1 and 0.3 are the same and nothing is rounded on the way. */
export function exact(text) {
  const [, sign, whole, fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? assert.fail(`'${text}' is no number`);
  const digits = (whole + fraction).replace(/^0+/, '');
  const trimmed = digits.replace(/0+$/, '');
  return trimmed === '' ? '0' : `${sign}${trimmed}e${Number(exponent) - fraction.length + digits.length - trimmed.length}`;
}

export const seconds = (text) => Date.parse(text) / 1000;

/** Fails unless the two are as near as clocks and calls let them be. */
export function isNear(actual, expected, what, slack = 3) {
  assert.ok(Math.abs(actual - expected) <= slack, `${what}: ${actual} isn't ${expected}, give or take ${slack}`);
}

/** A name as it stands between quotes in JSON. */
export const quoted = (text) => JSON.stringify(text);
