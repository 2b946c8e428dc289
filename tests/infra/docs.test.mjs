// The pages name only what exists, and deploy.md says of every cloud command that it wasn't run.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { suite, test } from 'node:test';
import { parse, root } from './lib/bicep.mjs';

const read = (path) => readFileSync(join(root, path), 'utf8');
const pages = ['docs/deploy.md', 'docs/scale.md', 'docs/options.md', 'docs/security.md'];
const main = parse('infra/main.bicep', read('infra/main.bicep'));
const parameters = read('infra/main.bicepparam');
const deploy = read('docs/deploy.md');

function* brokenLinks(path, text) {
  const anchors = (page) =>
    [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
      title
        .toLowerCase()
        .replace(/[^\w\s-]/g, '')
        .trim()
        .replace(/\s/g, '-'),
    );
  for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^https:/.test(target)) continue;
    const [file, anchor] = target.split('#');
    const page = file ? join(dirname(path), file) : path;
    if (!existsSync(join(root, page))) yield `${path}: ${target} leads nowhere`;
    else if (anchor && !anchors(page).includes(anchor)) yield `${path}: ${page} has no section ${anchor}`;
  }
}

function* unknownNames(text) {
  const params = new Set(main.params.map((each) => each.name));
  const outputs = new Set(main.outputs.map((each) => each.name));
  for (const [, name] of text.matchAll(/\bparam (\w+) =/g)) if (!params.has(name)) yield `there is no parameter ${name}`;
  for (const [, name] of text.matchAll(/`(\w+) = [^`]*`/g)) if (!params.has(name)) yield `there is no parameter ${name}`;
  for (const [name] of text.matchAll(/\bSESSIONS_[A-Z_]+\b/g))
    if (!parameters.includes(`'${name}'`)) yield `infra/main.bicepparam does not read ${name}`;
  for (const [, name] of text.matchAll(/output\s+`([A-Z_]+)`/g)) if (!outputs.has(name)) yield `there is no output ${name}`;
}

/** Sections with a command that needs Azure or a container engine, without the words that say so. */
function* unmarked(text) {
  const intro = /\*\*not run here\*\*/;
  if (!intro.test(text)) yield 'the page does not say what the mark means';
  for (const section of text.split(/^(?=## )/m).slice(1)) {
    const title = section.split('\n')[0].slice(3);
    const code = [...section.matchAll(/```sh\n([\s\S]*?)```|`((?:az|azd) [^`]+)`/g)].map((match) => match[1] ?? match[2]).join('\n');
    if (/^\s*(az|azd|docker) /m.test(code) && title !== 'Before you start' && !/not run here|wasn't run here/i.test(section.replace(/\s+/g, ' '))) yield title;
  }
}

for (const page of pages) test(`${page} links to what exists`, () => assert.deepEqual([...brokenLinks(page, read(page))], []));
test('docs/deploy.md names parameters, variables and outputs that exist', () => assert.deepEqual([...unknownNames(deploy)], []));
test('docs/deploy.md says of every cloud command that it was not run here', () => assert.deepEqual([...unmarked(deploy)], []));

test('infra/main.bicepparam sets parameters that exist, and those without a default', () => {
  const set = [...parameters.matchAll(/^param (\w+) = /gm)].map(([, name]) => name);
  const known = main.params.map((each) => each.name);
  assert.deepEqual(
    set.filter((name) => !known.includes(name)),
    [],
  );
  assert.deepEqual(
    main.params.filter((each) => !each.value && !set.includes(each.name)).map((each) => each.name),
    [],
  );
  assert.match(parameters, /^using '\.\/main\.bicep'$/m);
});

test('azure.yaml deploys the service that the template tags', () => {
  const service = /^services:\n {2}(\w+):\n {4}project: \.\/(\S+)$/m.exec(read('azure.yaml'));
  assert.ok(existsSync(join(root, service[2])));
  assert.ok(read('infra/modules/app.bicep').includes(`'azd-service-name': '${service[1]}'`));
});

suite('a wrong page is reported', () => {
  test('a link that leads nowhere', () => assert.notDeepEqual([...brokenLinks('docs/deploy.md', '[x](nowhere.md)')], []));
  test('a section that is gone', () => assert.notDeepEqual([...brokenLinks('docs/options.md', '[x](deploy.md#keyss)')], []));
  test('a parameter that is gone', () => assert.notDeepEqual([...unknownNames('```bicep\nparam idleTime = 1\n```')], []));
  test('a variable nobody reads', () => assert.notDeepEqual([...unknownNames('azd env set SESSIONS_COLOUR red')], []));
  test('a command that claims to have been run', () =>
    assert.notDeepEqual([...unmarked(deploy.replace(/^Not run here\.\n\n```sh\nazd auth/m, '```sh\nazd auth'))], []));
});
