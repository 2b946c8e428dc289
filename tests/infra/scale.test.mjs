// The model behind docs/scale.md: the same seed, the same table; nothing lost; and it bends where the arithmetic says.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { demand, generator, limits, options, poisson, recommend, simulate, sweepSeconds, usage } from '../../bench/scale/model.mjs';
import { root } from './lib/bicep.mjs';
import { optionsOfBicep } from './lib/options.mjs';

const close = (actual, expected, tolerance) =>
  assert.ok(Math.abs(actual - expected) <= tolerance * expected, `${actual} is not within ${tolerance * 100} % of ${expected}`);

test('the same seed gives the same result, another seed another', () => {
  assert.deepEqual(simulate(100_000, { seed: 7, seconds: 30 }), simulate(100_000, { seed: 7, seconds: 30 }));
  assert.notEqual(simulate(100_000, { seed: 7, seconds: 30 }).offered, simulate(100_000, { seed: 8, seconds: 30 }).offered);
});

test('what is offered is served or still waits', () => {
  for (const sessions of [1_000, 3_000_000]) {
    const { offered, served, backlog } = simulate(sessions, { seconds: 60 });
    close(served + backlog, offered, 1e-9);
  }
});

test('sessions in the table are arrivals times their lifetime', () => {
  const { arrivals } = demand(1_800_000);
  close(arrivals * (usage.activeSeconds + options.idleSeconds), 1_800_000, 1e-9);
});

test('demand grows in proportion to the sessions', () => {
  const [small, large] = [demand(1e6), demand(2e6)];
  for (const kind of ['arrivals', 'reads', 'slides', 'writes', 'entities']) close(large[kind], 2 * small[kind], 1e-9);
});

test('a quiet hour without a rush meets the averages', () => {
  const quiet = { usage: { ...usage, rushFactor: 1 } };
  const seconds = 240;
  const { offered } = simulate(500_000, { ...quiet, seconds });
  close(offered / seconds, demand(500_000, quiet).entities, 0.01);
});

test('no session waits at a hundred thousand sessions with the defaults', () => {
  const { bends, delayedShare, worstWait } = simulate(100_000);
  assert.deepEqual({ bends, delayedShare, worstWait }, { bends: [], delayedShare: 0, worstWait: 0 });
});

test('the account bends first with the defaults, then the sweep and the partitions', () => {
  assert.deepEqual(simulate(1_000_000).bends, ['account']);
  assert.deepEqual(simulate(2_000_000, { seconds: 90 }).bends, ['account', 'partition', 'sweep']);
});

test('more shards relieve the partitions, not the account', () => {
  const [few, many] = [64, 256].map((shards) => simulate(3_000_000, { seconds: 90, options: { shards } }));
  assert.ok(many.busiestPartition < few.busiestPartition / 2);
  close(many.busiestAccount, few.busiestAccount, 0.05);
});

test('the number of accounts it recommends keeps the rush below every storage limit', () => {
  for (const sessions of [1_000, 1_000_000, 10_000_000]) {
    const { accounts, shards } = recommend(sessions);
    const { bends } = simulate(sessions, { accounts, seconds: 120, options: { shards: Math.min(256, Math.max(64, shards)) } });
    assert.deepEqual(
      bends.filter((each) => each === 'account' || each === 'partition'),
      [],
    );
  }
});

test('the sweep costs by what expired, not by what lives', () => {
  // Twice as many live sessions that last twice as long: as many expire a minute.
  const longer = {
    usage: { ...usage, activeSeconds: usage.activeSeconds * 2 },
    options: { ...options, idleSeconds: options.idleSeconds * 2 },
  };
  close(sweepSeconds(20_000_000, longer), sweepSeconds(10_000_000), 1e-9);
});

test('draws have the mean they are asked for', () => {
  const random = generator(3);
  for (const mean of [0.2, 5, 80]) {
    let sum = 0;
    for (let draw = 0; draw < 20_000; draw++) sum += poisson(mean, random);
    close(sum / 20_000, mean, 0.03);
  }
  assert.equal(poisson(0, random), 0);
});

test('the model starts from the defaults of the app', () => {
  const app = optionsOfBicep(readFileSync(join(root, 'infra/main.bicep'), 'utf8'));
  const seconds = (text) => text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  assert.equal(options.shards, Number(app.get('Sessions:Shards').value));
  assert.equal(options.idleSeconds, seconds(app.get('Sessions:IdleTimeout').value));
  assert.equal(options.slideGranularity, Number(app.get('Sessions:SlideGranularity').value));
  assert.equal(options.sweepBudgetSeconds, seconds(app.get('Sessions:SweepBudget').value));
});

test('docs/scale.md states the limits the model uses', () => {
  const text = readFileSync(join(root, 'docs/scale.md'), 'utf8');
  for (const limit of Object.values(limits)) assert.ok(text.includes(limit.toLocaleString('en-US')), `${limit} is not named`);
});

test('docs/scale.md shows what the program prints', () => {
  const printed = execFileSync(process.execPath, [join(root, 'bench/scale/scale.mjs')], { encoding: 'utf8' }).trim();
  const shown = /```text\n([\s\S]*?)\n```/.exec(readFileSync(join(root, 'docs/scale.md'), 'utf8'))[1];
  assert.equal(shown, printed);
});

test('docs/scale.md rounds the demand of a million sessions right', () => {
  const text = readFileSync(join(root, 'docs/scale.md'), 'utf8');
  const { arrivals, calls, requests, entities } = demand(1_000_000);
  for (const value of [arrivals, calls, requests, entities])
    assert.ok(text.includes(Math.round(value).toLocaleString('en-US')), String(value));
});
