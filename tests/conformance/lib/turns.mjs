/**
 * The runner starts the files of the suite side by side, each in a process of its own. Where everything may be ended, that one
 * file takes turns with the others: they run together, it runs alone. The turns are files in the system's temporary folder, so
 * they hold among all processes of this machine.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settings } from './settings.mjs';

const folder = join(tmpdir(), `sessions-conformance-${createHash('sha256').update(settings.url).digest('hex').slice(0, 16)}`);
const own = join(folder, `together-${process.pid}`);
const single = join(folder, 'alone');

/** Waits for whoever runs alone, and keeps others from it until this process ends. */
export async function together() {
  mkdirSync(folder, { recursive: true });
  process.once('exit', () => rmSync(own, { force: true }));
  for (;;) {
    writeFileSync(own, '');
    if (!taken()) {
      return;
    }

    rmSync(own, { force: true });
    await pause(50);
  }
}

/** Runs while no other process of the suite does. */
export async function alone(run) {
  rmSync(own, { force: true });
  while (!take()) {
    await pause(50);
  }

  try {
    while (others().length > 0) {
      await pause(50);
    }

    return await run();
  } finally {
    rmSync(single, { force: true });
    await together();
  }
}

function take() {
  try {
    writeFileSync(single, String(process.pid), { flag: 'wx' });
    process.once('exit', () => holderOfSingle() === process.pid && rmSync(single, { force: true }));
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') {
      throw error;
    }

    return !taken() && take();
  }
}

/** Whether a process runs alone; what one that is gone has left behind is cleared away. */
function taken() {
  const pid = holderOfSingle();
  return pid !== undefined && (isThere(pid) || rmSync(single, { force: true }) !== undefined);
}

function holderOfSingle() {
  try {
    return Number(readFileSync(single, 'utf8')) || process.ppid; // empty while it is being written
  } catch (error) {
    if (error.code !== 'ENOENT') {
      throw error;
    }

    return undefined;
  }
}

function others() {
  return readdirSync(folder)
    .filter((name) => name.startsWith('together-') && name !== `together-${process.pid}`)
    .filter((name) => isThere(Number(name.slice('together-'.length))) || rmSync(join(folder, name), { force: true }));
}

function isThere(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
