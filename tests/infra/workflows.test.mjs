// The workflows: pinned actions, least permissions, nothing pasted into scripts.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { root } from './lib/bicep.mjs';
import { findings, pins } from './lib/workflows.mjs';

const folder = join(root, '.github/workflows');
const workflows = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));

for (const [name, source] of workflows) {
  test(`${name} holds to the rules`, () => assert.deepEqual([...findings(name, source)], []));
}

test('every action in the list is in use', () => {
  const all = [...workflows.values()].join('\n').toLowerCase();
  assert.deepEqual(
    Object.keys(pins).filter((action) => !all.includes(`uses: ${action}@`)),
    [],
  );
});

test('CI builds with the official packages, tests, checks the format, compiles the templates and packs', () => {
  const ci = workflows.get('ci.yml');
  for (const part of [
    "UseStandIns: 'false'",
    'run: ./test',
    'dotnet format',
    'az bicep build --file infra/main.bicep',
    'build-params',
    'dotnet publish src/SessionFunctions',
    'docker build',
  ])
    assert.ok(ci.includes(part), part);
});

test('a pull request is previewed, main is deployed after CI', () => {
  const deploy = workflows.get('deploy.yml');
  assert.match(deploy, /what-if:[\s\S]*github\.event_name == 'pull_request'[\s\S]*az deployment sub what-if/);
  assert.match(deploy, /\n {2}deploy:[\s\S]*needs: ci[\s\S]*github\.event_name == 'push'[\s\S]*azd provision[\s\S]*azd deploy/);
});

suite('a broken workflow is reported', () => {
  const checkout = `actions/checkout@${pins['actions/checkout'][0]} # ${pins['actions/checkout'][1]}`;
  const mutations = [
    ['a tag instead of a commit', checkout, 'actions/checkout@v7'],
    ['another commit', checkout, `actions/checkout@${'0'.repeat(40)} # v7.0.1`],
    ['a comment that names another version', checkout, checkout.replace('v7.0.1', 'v7.0.0')],
    ['an action nobody looked at', checkout, `somebody/checkout@${'0'.repeat(40)} # v1.0.0`],
    ['a token left in the work tree', '          persist-credentials: false\n', '          fetch-depth: 0\n'],
    ['a workflow that may write', 'permissions:\n  contents: read\n', 'permissions:\n  contents: write\n'],
    ['a workflow that does not say', 'permissions:\n  contents: read\n', ''],
    ['a job that may write', '      id-token: write\n', '      id-token: write\n      packages: write\n'],
    ['a permission nobody needs any more', '      id-token: write\n', ''],
    ['pull_request_target', '  pull_request:\n', '  pull_request_target:\n'],
    ['a stored secret', '${{ vars.AZURE_TENANT_ID }}', '${{ secrets.AZURE_TENANT_ID }}'],
    ['an expression in a script', 'run: azd provision --no-prompt', 'run: azd provision --no-prompt ${{ github.head_ref }}'],
    [
      'an expression in a script of several lines',
      '          set -o pipefail\n',
      '          echo ${{ github.event.pull_request.title }}\n',
    ],
    ['a job without a time limit', '    timeout-minutes: 45\n', ''],
    ['a machine that changes by itself', 'ubuntu-24.04', 'ubuntu-latest'],
  ];
  const source = workflows.get('deploy.yml');
  for (const [what, from, to] of mutations) {
    test(what, () => {
      assert.ok(source.includes(from), `deploy.yml no longer holds ${JSON.stringify(from)}`);
      assert.notDeepEqual(
        [
          ...findings(
            'deploy.yml',
            source.replace(from, () => to),
          ),
        ],
        [],
      );
    });
  }
});
