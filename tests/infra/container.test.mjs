// The container and what is started with it. No engine runs here, so the files are held to rules; publish.test.mjs runs the publish step.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { root } from './lib/bicep.mjs';

const read = (path) => readFileSync(join(root, path), 'utf8');
const dockerfile = read('Dockerfile');
const compose = read('compose.yaml');
const ignore = read('.dockerignore');

function* dockerfileFindings(text) {
  const stages = text.split(/^(?=FROM )/m).slice(1);
  const last = stages.at(-1);
  for (const stage of stages)
    if (!/^FROM \S+:[\w.-]*\d[\w.-]*( AS \w+)?$/m.test(stage.split('\n')[0])) yield `${stage.split('\n')[0]} names no version`;
  if (!/^FROM \S+\/dotnet\/aspnet:\S*(chiseled|distroless)/.test(last)) yield 'the last stage has a shell';
  if (!/^USER [1-9]\d*$/m.test(last)) yield 'the last stage runs as root, or as a name no cluster can check';
  if (!/^HEALTHCHECK [\s\S]*\/api\/health\/live/m.test(last)) yield 'there is no health check';
  if (!/^ENTRYPOINT \["dotnet", "SessionFunctions\.SelfHost\.dll"\]$/m.test(last))
    yield 'the entry point is not SelfHost, or needs a shell';
  if (/^RUN /m.test(last)) yield 'the last stage has nothing to run commands with';
  if (/^(ENV|ARG) .*(KEY|SECRET|PASSWORD|CONNECTION)/im.test(text)) yield 'a secret in a layer';
  if (!/-p:UseStandIns=false/.test(text)) yield 'a release comes from the official packages';
}

function* composeFindings(text) {
  for (const rule of ['read_only: true', 'cap_drop: [ALL]', 'no-new-privileges:true', 'tmpfs: [/tmp]', 'condition: service_healthy'])
    if (!text.includes(rule)) yield `${rule} is missing`;
  if (/AccountKey|Eby8vd/.test(text)) yield 'a key is written down';
  if (/privileged: true|docker\.sock|network_mode: host/.test(text)) yield 'the container reaches the machine under it';
  if (/ports: \[(?!'127\.0\.0\.1:)/.test(text)) yield 'the port is open to the network';
  const pinned = JSON.parse(read('package.json')).devDependencies.azurite;
  if (!text.includes(`azurite:${pinned}\n`)) yield `the emulator is not ${pinned}, as in package.json`;
}

test('the Dockerfile holds to the rules', () => assert.deepEqual([...dockerfileFindings(dockerfile)], []));
test('the compose file holds to the rules', () => assert.deepEqual([...composeFindings(compose)], []));

test('the build is given what it reads and nothing else', () => {
  assert.equal(ignore.split('\n').filter((line) => line && !line.startsWith('#'))[0], '*');
  // Without .editorconfig the analyzers' own severities hold, and a Release build turns their warnings into errors.
  for (const needed of ['!Directory.*', '!.editorconfig', '!global.json', '!host.json', '!package.json', '!package-lock.json', '!.npmrc', '!src/', '!standins/'])
    assert.ok(ignore.includes(`${needed}\n`), needed);
  for (const kept of ['**/bin/', '**/obj/', '**/local.settings.json']) assert.ok(ignore.indexOf(kept) > ignore.indexOf('!src/'), kept);
});

suite('a broken container is reported', () => {
  const mutations = [
    [dockerfileFindings, dockerfile, 'root', 'USER 1654\n', ''],
    [dockerfileFindings, dockerfile, 'root by number', 'USER 1654', 'USER 0'],
    [dockerfileFindings, dockerfile, 'a base with a shell', '10.0-noble-chiseled', '10.0'],
    [dockerfileFindings, dockerfile, 'a base without a version', 'sdk:10.0', 'sdk:latest'],
    [dockerfileFindings, dockerfile, 'no health check', '/api/health/live', '/'],
    [dockerfileFindings, dockerfile, 'a secret in a layer', 'EXPOSE 8080', 'ENV STORAGE_KEY=abc'],
    [dockerfileFindings, dockerfile, 'a shell as entry point', 'ENTRYPOINT ["dotnet", ', 'ENTRYPOINT ["sh", "-c", '],
    [composeFindings, compose, 'a writable file system', 'read_only: true', 'read_only: false'],
    [composeFindings, compose, 'capabilities kept', '    cap_drop: [ALL]\n', ''],
    [composeFindings, compose, 'an open port', "'127.0.0.1:7071:8080'", "'7071:8080'"],
    [composeFindings, compose, 'another emulator', 'azurite:3', 'azurite:2'],
  ];
  for (const [check, source, what, from, to] of mutations) {
    test(what, () => {
      assert.ok(source.includes(from), `no longer holds ${from}`);
      assert.notDeepEqual([...check(source.replace(from, () => to))], []);
    });
  }
});
