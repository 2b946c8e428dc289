// docs/security.md cites tests and options that exist, and every requirement of ASVS 5.0.0 in V3.3 and V7 once, at its level.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { root } from './lib/bicep.mjs';
import { optionsOfClass } from './lib/options.mjs';

const read = (path) => readFileSync(join(root, path), 'utf8');
const page = read('docs/security.md');

/** ASVS 5.0.0, 5.0/en/0x12-V3-Web-Frontend-Security.md and 0x16-V7-Session-Management.md: number -> level. */
const requirements = new Map([
  ['3.3.1', 1],
  ['3.3.2', 2],
  ['3.3.3', 2],
  ['3.3.4', 2],
  ['3.3.5', 3],
  ['7.1.1', 2],
  ['7.1.2', 2],
  ['7.1.3', 2],
  ['7.2.1', 1],
  ['7.2.2', 1],
  ['7.2.3', 1],
  ['7.2.4', 1],
  ['7.3.1', 2],
  ['7.3.2', 2],
  ['7.4.1', 1],
  ['7.4.2', 1],
  ['7.4.3', 2],
  ['7.4.4', 2],
  ['7.4.5', 2],
  ['7.5.1', 2],
  ['7.5.2', 2],
  ['7.5.3', 3],
  ['7.6.1', 2],
  ['7.6.2', 2],
]);

/** Names of the tests in C# (methods under [Fact] or [Theory]) and in JavaScript (tests, suites, policies). */
function testNames() {
  const names = new Set();
  for (const path of readdirSync(join(root, 'tests'), { recursive: true })) {
    if (/(^|[\\/])(bin|obj|node_modules)[\\/]/.test(path)) continue;
    if (path.endsWith('.cs')) for (const name of testsOfClass(read(join('tests', path)))) names.add(name);
    else if (path.endsWith('.mjs') && !path.endsWith('security.test.mjs'))
      for (const [, name] of read(join('tests', path)).matchAll(/(?:\b(?:test|suite)\(|^ {2}\*)'([^']+)'/gm)) names.add(name);
  }
  return names;
}

const testsOfClass = (source) =>
  [...source.matchAll(/^\s*\[(?:Fact|Theory)\b[\s\S]*?\bpublic (?:async )?(?:Task|ValueTask|void) (\w+)\(/gm)].map(([, name]) => name);

/** Rows of every table with a column `test`, by column. */
function rows(text) {
  const found = [];
  let columns = null;
  for (const line of text.split('\n')) {
    if (!line.startsWith('|')) {
      columns = null;
      continue;
    }
    const cells = line.split('|').slice(1, -1).map((cell) => cell.trim());
    if (!columns) columns = cells;
    else if (!/^-+$/.test(cells[0]) && columns.includes('test')) found.push(Object.fromEntries(columns.map((name, i) => [name, cells[i]])));
  }
  return found;
}

const cited = (cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name);

const tests = testNames();
const options = new Set(optionsOfClass([read('src/Sessions/SessionOptions.cs')]).keys());

function* unknownTests(text) {
  for (const { test: cell } of rows(text)) {
    for (const name of cited(cell)) if (!tests.has(name)) yield `there is no test ${name}`;
    if (cell.replace(/`[^`]+`(, )?/g, '') !== '') yield `not a list of tests: ${cell}`;
  }
}

function* unknownOptions(text) {
  for (const [name] of text.matchAll(/\bSessions(:\w+)+/g)) if (!options.has(name)) yield `there is no option ${name}`;
}

function* wrongRequirements(text) {
  const numbers = [...text.matchAll(/(?<![\d.])(?:3\.3|7\.\d+)\.\d+(?![\d.])/g)].map(([number]) => number);
  for (const number of requirements.keys()) {
    const times = numbers.filter((each) => each === number).length;
    if (times !== 1) yield `${number} appears ${times} times`;
  }
  for (const number of numbers) if (!requirements.has(number)) yield `there is no requirement ${number}`;
  for (const { '#': number, level, '': state, how, test: cell } of rows(text)) {
    if (number === undefined) continue;
    if (Number(level) !== requirements.get(number)) yield `${number} is not of level ${level}`;
    if (!['met', 'partly', 'yours'].includes(state)) yield `${number} is ${state}`;
    if (how.length < 40) yield `${number} doesn't say how`;
    if (state !== 'yours' && cited(cell).length === 0) yield `${number} has no proof`;
  }
}

test('docs/security.md cites tests that exist', () => assert.deepEqual([...unknownTests(page)], []));
test('docs/security.md names options that exist', () => assert.deepEqual([...unknownOptions(page)], []));
test('docs/security.md has every requirement of V3.3 and V7 once, at its level and with its proof', () =>
  assert.deepEqual([...wrongRequirements(page)], []));

test('tests are found in every form they are written in', () => {
  assert.deepEqual(
    testsOfClass(
      [
        '    [Fact]\n    public async Task One()',
        '    [Fact]\n    public void Two() =>',
        '    [Theory]\n    [InlineData("[x]")] // why\n    public Task Three(string a)',
        '    public Task NoTest()',
        '    // [Fact]\n    public Task Gone()',
      ].join('\n'),
    ),
    ['One', 'Two', 'Three'],
  );
  assert.ok(tests.has('a wildcard origin stops the deployment') && tests.has('the options agree everywhere'));
});

suite('a wrong page of security is reported', () => {
  const broken = (from, to) => {
    assert.ok(page.includes(from), `the page no longer holds ${from}; break something else`);
    return page.replace(from, () => to);
  };
  const row = (number) => new RegExp(`^\\| ${number.replaceAll('.', '\\.')} .*\\n`, 'm').exec(page)[0];

  test('a test that was renamed', () =>
    assert.notDeepEqual([...unknownTests(broken('`A_revoked_session_is_gone`', '`A_revoked_session_is_no_more`'))], []));
  test('words in place of a test', () => assert.notDeepEqual([...unknownTests(broken('`A_revoked_session_is_gone`', 'obvious'))], []));
  test('an option that is gone', () =>
    assert.notDeepEqual([...unknownOptions(broken('`Sessions:RotateAfter`', '`Sessions:RotateEvery`'))], []));
  test('a section in place of an option', () =>
    assert.notDeepEqual([...unknownOptions(broken('`Sessions:Cookie:Name`', '`Sessions:Cookie`'))], []));
  for (const number of requirements.keys())
    test(`${number} left out`, () => assert.notDeepEqual([...wrongRequirements(broken(row(number), ''))], []));
  test('a requirement twice', () => assert.notDeepEqual([...wrongRequirements(broken(row('7.2.3'), row('7.2.3').repeat(2)))], []));
  test('a requirement the standard does not have', () =>
    assert.notDeepEqual([...wrongRequirements(broken(row('7.3.2'), row('7.3.2') + row('7.3.2').replace('7.3.2', '7.3.3')))], []));
  test('a level that is wrong', () => assert.notDeepEqual([...wrongRequirements(broken('| 7.5.3 | 3 |', '| 7.5.3 | 2 |'))], []));
  test('a requirement met without proof', () =>
    assert.notDeepEqual([...wrongRequirements(broken(row('7.2.1'), row('7.2.1').replace(/\| [^|]*\|\n$/, '| |\n')))], []));
  test('a state that is none', () => assert.notDeepEqual([...wrongRequirements(broken('| met | `Sessions:Max', '| fine | `Sessions:Max'))], []));
});
