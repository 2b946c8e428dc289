// Prints where the service bends, from one session to a hundred million: node bench/scale/scale.mjs [--seed 1] [--calls-per-minute 2]
import { parseArgs } from 'node:util';
import { recommend, simulate, usage } from './model.mjs';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    'calls-per-minute': { type: 'string', default: String(usage.callsPerActiveMinute) },
  },
});
const seed = Number(values.seed);
const own = { usage: { ...usage, callsPerActiveMinute: Number(values['calls-per-minute']) } };
const sizes = [1, 1_000, 10_000, 100_000, 300_000, 1_000_000, 3_000_000, 10_000_000, 100_000_000];

print('One account, 64 shards (the defaults)', (sessions) => simulate(sessions, { ...own, seed }));
print('One account, 256 shards', (sessions) => simulate(sessions, { ...own, seed, options: { shards: 256 } }));
print('As many accounts as keep the rush below half of every limit', (sessions) => {
  const { accounts, shards } = recommend(sessions, own);
  return simulate(sessions, { ...own, seed, accounts, seconds: 180, options: { shards: Math.min(256, Math.max(64, shards)) } });
});

function print(title, run) {
  console.log(`\n${title}`);
  const head = [
    'live sessions',
    'calls/s',
    'accounts',
    'shards',
    'busiest account',
    'busiest partition',
    'delayed',
    'longest wait',
    'sweep',
    'instances',
    'bends at',
  ];
  const rows = sizes
    .map(run)
    .map((result) => [
      number(result.sessions),
      number(result.callsPerSecond),
      number(result.accounts),
      number(result.shards),
      percent(result.busiestAccount),
      percent(result.busiestPartition),
      percent(result.delayedShare),
      `${result.worstWait.toFixed(1)} s`,
      `${result.sweepSeconds.toFixed(1)} s`,
      number(result.instances),
      result.bends.join(', ') || '-',
    ]);
  const widths = head.map((each, column) => Math.max(each.length, ...rows.map((row) => row[column].length)));
  for (const row of [head, ...rows]) console.log(row.map((cell, column) => cell.padStart(widths[column])).join('  '));
}

function number(value) {
  return value < 10 ? String(Math.round(value * 100) / 100) : Math.round(value).toLocaleString('en-US');
}

function percent(share) {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}
