// Runs the conformance suite (tests/conformance) against the service as it was built last, on both kinds of storage:
//   node tests/conform.mjs
// Each setup below is a service of its own: what excludes itself in one is tested in another. The last line counts.
import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { run } from 'node:test';
import { fileURLToPath } from 'node:url';
import { FaultyStorage } from './faulty-storage.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const suite = join(root, 'tests/conformance');
const service = join(root, 'src/SessionFunctions.SelfHost/bin/Release/net10.0/SessionFunctions.SelfHost.dll');
const azuriteScript = join(root, 'node_modules/azurite/dist/src/table/main.js');
const functionKey = 'conformance';
const origin = 'http://localhost:5080';
const signingKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
const children = [];
const [ran, skipped, counts] = [new Set(), new Set(), { passed: 0, failed: 0 }];

/** All that can be switched on together, in the words of the service and in those of the suite. */
async function everything() {
  const provider = `http://127.0.0.1:${await freePort()}`;
  return {
    settings: {
      Sessions__RotationGrace: '00:00:02',
      Sessions__TicketLifetime: '00:00:02',
      Sessions__AllowedOrigins: origin,
      Sessions__AllowPersistent: 'true',
      Sessions__KeepClaims: 'theme',
      Sessions__ClearSiteData: 'cache,storage',
      Sessions__Jwt__SigningKeys: `k1:${signingKey}`,
      Sessions__Jwt__Issuer: 'https://sessions.example',
      Sessions__Oidc__Authority: provider,
      Sessions__Oidc__Audience: 'shop',
    },
    told: {
      SESSIONS_MAY_END_EVERYTHING: '1',
      SESSIONS_ALLOWED_ORIGIN: origin,
      SESSIONS_ALLOW_PERSISTENT: '1',
      SESSIONS_KEEP_CLAIMS: 'theme',
      SESSIONS_CLEAR_SITE_DATA: '"cache", "storage"',
      SESSIONS_ROTATION_GRACE: '2',
      SESSIONS_OIDC_PROVIDER: provider,
      SESSIONS_OIDC_AUDIENCE: 'shop',
    },
  };
}

/** Runs the suite, or some files of it, against a service of its own. */
async function conform(name, storage, { settings, told }, only = []) {
  const port = await freePort();
  const server = start('dotnet', [service, '--port', port, ...storage.args], { ...storage.settings, ...settings, SelfHost__FunctionKey: functionKey });
  await answers(`http://localhost:${port}/api/health/ready`, server);
  console.log(`\n== Conformance: ${name}`);
  const environment = { SESSIONS_URL: `http://localhost:${port}/api`, SESSIONS_FUNCTION_KEY: functionKey, ...told };
  Object.assign(process.env, environment);
  const files = readdirSync(suite).filter((file) => file.endsWith('.test.mjs') && (only.length === 0 || only.includes(file.split('.')[0])));
  const events = run({ files: files.map((file) => join(suite, file)), concurrency: true });
  for await (const { type, data } of events) {
    if (type === 'test:pass' || type === 'test:fail') {
      note(`${data.file ? basename(data.file) : ''} ${data.nesting} ${data.name}`, type === 'test:pass', data, name);
    }
  }

  Object.keys(environment).forEach((variable) => delete process.env[variable]);
  server.kill('SIGTERM');
}

/** A test counts as skipped where no setup ran it; what passed or failed counts in each. */
function note(test, passed, { skip, details, name, nesting }, setup) {
  if (skip !== undefined) {
    skipped.add(test);
    return;
  }

  ran.add(test);
  if (details.type === 'suite') {
    return;
  }

  counts[passed ? 'passed' : 'failed']++;
  if (!passed) {
    console.log(`not ok (${setup}): ${name}\n${details.error?.cause?.stack ?? details.error?.cause ?? details.error}`);
  }
}

/** The one setup whose storage fails: kills, silence and connections that break are the subject of its tests. */
async function underFaults() {
  const storage = await FaultyStorage.start(azuriteScript);
  const faulty = {
    args: [],
    settings: { AzureWebJobsStorage: connectionTo(storage.endpoint), Sessions__Shards: '4', Sessions__RateLimit__CreatesPerMinute: '0' },
  };
  await conform('storage that fails', faulty, { settings: {}, told: { SESSIONS_FAULTY_STORAGE: storage.control } }, ['faults']);
  await storage.close();
}

async function azurite() {
  const [port, folder] = [await freePort(), mkdtempSync(join(tmpdir(), 'conformance-'))];
  const child = start(process.execPath, [azuriteScript, '--tablePort', port, '--location', folder, '--disableTelemetry', '--silent']);
  child.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  await answers(`http://127.0.0.1:${port}/`, child);
  return connectionTo(`http://127.0.0.1:${port}`);
}

function connectionTo(endpoint) {
  // The emulator's account, the same on every machine.
  const [account, key] = ['devstoreaccount1', 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=='];
  return `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${key};TableEndpoint=${endpoint}/${account};`;
}

function start(command, args, environment = {}, stdio = 'ignore') {
  const child = spawn(command, args.map(String), { cwd: root, env: { ...process.env, ...environment }, stdio: ['ignore', stdio, stdio] });
  children.push(child);
  return child;
}

/** Any answer will do: it listens. */
async function answers(url, child) {
  const until = Date.now() + 60_000;
  while (child.exitCode === null && Date.now() < until) {
    try {
      await fetch(url);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  throw new Error(`${url} doesn't answer.`);
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** What excludes the rest: few sessions for each user, changes by version only, tokens that change by themselves. */
const few = (overflow) => ({
  settings: { Sessions__MaxPerUser: '3', Sessions__UserOverflow: overflow },
  told: { SESSIONS_MAX_PER_USER: '3', SESSIONS_USER_OVERFLOW: overflow },
});
const byVersion = { settings: { Sessions__RequireIfMatch: 'true' }, told: { SESSIONS_REQUIRE_IF_MATCH: '1' } };
const changing = {
  settings: { Sessions__RotateAfter: '00:00:01', Sessions__RotationGrace: '00:00:01' },
  told: { SESSIONS_ROTATE_AFTER: '1', SESSIONS_ROTATION_GRACE: '1' },
};

const memory = { args: ['--memory'], settings: {} };
const tables = { args: [], settings: { AzureWebJobsStorage: await azurite(), Sessions__Shards: '4' } };
await conform('memory', memory, await everything());
await conform('tables', tables, await everything());
await conform('as it is by default', memory, { settings: {}, told: {} }, ['create', 'use', 'users', 'sign-in']);
await conform('a limit that evicts', memory, few('evict-oldest'), ['users']);
await conform('a limit that rejects', memory, few('reject'), ['users', 'contract']);
await conform('changes by version only', memory, byVersion, ['data', 'contract']);
await conform('tokens that change by themselves', memory, changing, ['use']);
await underFaults();
children.forEach((child) => child.kill('SIGTERM'));
const never = [...skipped].filter((test) => !ran.has(test));
never.forEach((test) => console.log(`skipped: ${test}`));
console.log(`conformance: ${counts.passed} passed, ${counts.failed} failed, ${never.length} skipped`);
process.exitCode = counts.failed === 0 ? 0 : 1;
