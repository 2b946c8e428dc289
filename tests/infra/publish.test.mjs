// What the container's build stage runs: dotnet publish of SelfHost. Its output must start from an empty, read-only working folder
// as a user who isn't root, and answer.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { promisify } from 'node:util';
import { root } from './lib/bicep.mjs';

const run = promisify(execFile);
const isRoot = process.getuid?.() === 0;
// Some user without a home and without rights; the number is the one "nobody" usually has.
const nobody = 65534;

suite('the published SelfHost', () => {
  const base = mkdtempSync(join(realpathSync(tmpdir()), 'session-functions-'));
  const published = join(base, 'app');
  const working = join(base, 'empty');
  let api;
  let address;
  let log = '';

  before(async () => {
    await run(
      'dotnet',
      ['publish', 'src/SessionFunctions.SelfHost', '-c', 'Release', '-o', published, '-p:UseAppHost=false', '--nologo', '-v', 'quiet'],
      { cwd: root, maxBuffer: 1 << 24 },
    );
    mkdirSync(working);
    chmodSync(base, 0o755);
    await run('chmod', ['-R', 'a+rX,a-w', published]);
    chmodSync(working, 0o555);

    const dotnet = realpathSync((await run('sh', ['-c', 'command -v dotnet'])).stdout.trim());
    api = spawn(dotnet, [join(published, 'SessionFunctions.SelfHost.dll'), '--urls', 'http://127.0.0.1:0'], {
      cwd: working,
      // Nothing of this process's surroundings; what the image sets, and nothing to write in.
      env: {
        DOTNET_ROOT: process.env.DOTNET_ROOT ?? dirname(dotnet),
        DOTNET_EnableDiagnostics: '0',
        HOME: working,
        AzureWebJobsStorage: 'UseDevelopmentStorage=true',
        CleanupSchedule: '0 * * * * *',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(isRoot ? { uid: nobody, gid: nobody } : {}),
    });
    address = await listening(api);
  });

  after(async () => {
    if (api?.exitCode === null && api.signalCode === null) {
      const ended = new Promise((resolve) => api.once('exit', resolve));
      api.kill('SIGTERM');
      await ended;
    }
    if (existsSync(published)) await run('chmod', ['-R', 'u+w', base]);
    rmSync(base, { recursive: true, force: true });
  });

  test('answers', async () => {
    const answer = await fetch(`${address}/api/health/live`);
    assert.equal(answer.status, 200, log);
  });

  test('runs as a user who is not root', async () => {
    const { stdout } = await run('ps', ['-o', 'uid=', '-p', String(api.pid)]);
    assert.notEqual(Number(stdout), 0);
  });

  test('writes nothing into its working folder', () => assert.deepEqual(readdirSync(working), []));

  test('brings host.json along and no local settings', () => {
    assert.ok(existsSync(join(published, 'host.json')));
    assert.ok(!existsSync(join(published, 'local.settings.json')));
  });

  test('ends by itself when asked to', async () => {
    const ended = new Promise((resolve) => api.once('exit', (code) => resolve(code)));
    api.kill('SIGTERM');
    assert.equal(await ended, 0, log);
  });

  function listening(child) {
    return new Promise((resolve, reject) => {
      const failed = (why) => reject(new Error(`${why}\n${log}`));
      const timer = setTimeout(() => failed('it said nothing of an address within a minute'), 60_000);
      const read = (chunk) => {
        log += chunk;
        const found = /Now listening on: (http:\/\/127\.0\.0\.1:\d+)/.exec(log);
        if (found) {
          clearTimeout(timer);
          resolve(found[1]);
        }
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('error', (error) => failed(error.message));
      child.once('exit', (code) => {
        clearTimeout(timer);
        failed(`it ended with ${code}`);
      });
    });
  }
});
