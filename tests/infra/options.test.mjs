// The options class, the Bicep parameters, local.settings.sample.json and docs/options.md say the same.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { parse, root } from './lib/bicep.mjs';
import { differences, optionsOfBicep, optionsOfClass, optionsOfDocs, optionsOfSample, readOptionSources } from './lib/options.mjs';

/** Options that differ on purpose: where, which, why. */
const exempt = {
  bicep: {
    'Sessions:Storage:ConnectionString': 'For development only: accounts made by the templates take no keys.',
    'Sessions:Storage:Endpoint': 'Not for the deployer to choose: modules/app.bicep sets it to the account just made.',
  },
  docs: {},
  sample: {
    'Sessions:AllowedOrigins': 'The demo runs on another port, and has to be let in.',
  },
};

// A setting of the host, not of the class: %CleanupSchedule% in the timer's attribute, which has no default of its own.
const hostOptions = new Map([['CleanupSchedule', '0 * * * * *']]);

const read = (path) => readFileSync(join(root, path), 'utf8');
const bicepSource = read('infra/main.bicep');
const docsSource = read('docs/options.md');
const samplePath = existsSync(join(root, 'local.settings.sample.json'))
  ? 'local.settings.sample.json'
  : 'tests/infra/fixtures/local.settings.sample.json';
const { sources, real } = readOptionSources();

const code = new Map([...optionsOfClass(sources), ...hostOptions]);

const agreement = (change = {}) =>
  differences({
    code: change.code ?? code,
    bicep: optionsOfBicep(change.bicep ?? bicepSource),
    sample: optionsOfSample(change.sample ?? read(samplePath)),
    docs: optionsOfDocs(change.docs ?? docsSource),
    exempt: change.exempt ?? exempt,
  });

test('the options agree everywhere', (t) => {
  if (!real) t.diagnostic('src has no class SessionOptions yet: checked against tests/infra/fixtures/SessionOptions.cs');
  assert.deepEqual(agreement(), []);
});

test('every row of docs/options.md names a unit and says what the option does', () => {
  const rows = [...optionsOfDocs(docsSource)];
  assert.ok(rows.length > 10);
  assert.deepEqual(
    rows.filter(([, { unit, text }]) => unit === '' || text.length < 10).map(([key]) => key),
    [],
  );
});

test('every exemption has a reason', () => {
  assert.deepEqual(
    Object.values(exempt)
      .flatMap(Object.entries)
      .filter(([, reason]) => reason.length < 20),
    [],
  );
});

test('the sweep alert counts the function that the timer starts', () => {
  const folder = join(root, 'src/SessionFunctions');
  const code = readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.cs') && !/(^|\/)(bin|obj)\//.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
  const timer =
    /\[Function\("(\w+)"\)\]\s*[^[]*\[TimerTrigger\("%CleanupSchedule%"/.exec(code)?.[1] ??
    (code.includes('TimerTrigger') ? undefined : 'Cleanup');
  const alert = parse('infra/main.bicep', bicepSource).vars.find((each) => each.name === 'sweepFunctionName').value.value;
  assert.equal(alert, timer);
});

suite('a difference is reported', () => {
  const edit = (text, from, to) => {
    assert.ok(text.includes(from), `the text no longer holds ${from}`);
    return text.replace(from, () => to);
  };
  const without = (key) => new Map([...code].filter(([each]) => each !== key));
  const reports = (change, ...sentences) => assert.deepEqual(agreement(change), sentences);

  test('a drifted default in the code', () =>
    reports(
      { code: new Map(code).set('Sessions:IdleTimeout', '00:30:00') },
      'Sessions:IdleTimeout: the default is "00:30:00" in the code, "00:20:00" in infra/main.bicep',
      'Sessions:IdleTimeout: the default is "00:30:00" in the code, "00:20:00" in docs/options.md',
    ));

  test('a drifted default in the template', () =>
    reports(
      { bicep: edit(bicepSource, 'param shards int = 64', 'param shards int = 32') },
      'Sessions:Shards: the default is "64" in the code, "32" in infra/main.bicep',
    ));

  test('a drifted default in the docs', () =>
    reports(
      { docs: edit(docsSource, '| `0.1` |', '| `0.2` |') },
      'Sessions:SlideGranularity: the default is "0.1" in the code, "0.2" in docs/options.md',
    ));

  test('a drifted default in the sample', () =>
    reports(
      { sample: JSON.stringify({ Values: { Sessions__Shards: '8' } }) },
      'Sessions:Shards: the default is "64" in the code, "8" in local.settings.sample.json',
    ));

  test('an option that only the code has', () =>
    reports(
      { code: new Map(code).set('Sessions:Cookie:Path', '/') },
      'Sessions:Cookie:Path: infra/main.bicep has no parameter and app setting for it',
      'Sessions:Cookie:Path: docs/options.md has no row for it',
    ));

  test('an option the code no longer has', () =>
    reports(
      { code: without('Sessions:RequireIfMatch') },
      'Sessions:RequireIfMatch: infra/main.bicep has it, the code has not',
      'Sessions:RequireIfMatch: docs/options.md has it, the code has not',
    ));

  test('a setting that no parameter feeds', () =>
    reports({ bicep: edit(bicepSource, 'string(shards)', "'64'") }, 'Sessions:Shards: infra/main.bicep sets it without a parameter'));

  test('a parameter of another name', () =>
    reports(
      { bicep: bicepSource.replaceAll('sweepBudget', 'sweepTime') },
      'Sessions:SweepBudget: its parameter is sweepTime, not sweepBudget',
    ));

  test('an unknown setting in the sample', () =>
    reports(
      { sample: JSON.stringify({ Values: { Sessions__Typo: 'x' } }) },
      'Sessions:Typo: local.settings.sample.json has it, the code has not',
    ));

  test('an exemption for an option that is gone', () =>
    reports(
      { exempt: { ...exempt, docs: { 'Sessions:Gone': 'Nobody remembers.' } } },
      'Sessions:Gone: is exempt for docs, but there is no such option',
    ));
});

suite('the reader of the options class', () => {
  const fixture = read('tests/infra/fixtures/SessionOptions.cs');

  test('understands nested classes, classes beside, comments and every form of a default', () =>
    assert.deepEqual(Object.fromEntries(optionsOfClass([fixture])), {
      'Sessions:Storage:ConnectionString': '',
      'Sessions:Storage:Endpoint': '',
      'Sessions:Storage:Table': 'sessions',
      'Sessions:Shards': '64',
      'Sessions:IdleTimeout': '00:20:00',
      'Sessions:AbsoluteLifetime': '08:00:00',
      'Sessions:PersistentIdleTimeout': '14.00:00:00',
      'Sessions:PersistentLifetime': '90.00:00:00',
      'Sessions:SlideGranularity': '0.1',
      'Sessions:RotationGrace': '00:00:30',
      'Sessions:MaxDataBytes': '262144',
      'Sessions:EncryptionKeys': '',
      'Sessions:RequireIfMatch': 'false',
      'Sessions:AllowedOrigins': '',
      'Sessions:AllowBearerForBrowsers': 'false',
      'Sessions:Cookie:Name': '__Host-session',
      'Sessions:Cookie:SameSite': 'Lax',
      'Sessions:Cookie:Domain': '',
      'Sessions:SweepBudget': '00:00:45',
    }));

  test('reads a list of texts as one text with commas', () =>
    assert.equal(
      optionsOfClass([fixture.replace('AllowedOrigins { get; set; } = []', 'AllowedOrigins { get; set; } = ["RS256", "ES256"]')]).get(
        'Sessions:AllowedOrigins',
      ),
      'RS256,ES256',
    ));

  test('refuses a default it does not understand', () =>
    assert.throws(
      () => optionsOfClass([fixture.replace('= 64', '= Compute()')]),
      /Sessions:Shards: the default "Compute\(\)" is not understood/,
    ));
});
