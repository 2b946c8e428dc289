// A model of many sessions on Table Storage: each second calls arrive, a partition and an account serve what their limits allow, and the
// rest waits. docs/scale.md explains the numbers. Nothing here talks to a network, and the same seed gives the same table.

/** Published targets of the service for entities of 1 KiB. They are targets, not guarantees: measure before relying on them. */
export const limits = {
  partitionEntitiesPerSecond: 2_000,
  accountRequestsPerSecond: 20_000,
  instancesOfRegion: 250, // the quota a subscription starts with, at 2,048 MB an instance
};

/** How people use the application. Every number is an assumption to replace with one's own. */
export const usage = {
  activeSeconds: 600, // from the first call of a session to its last
  callsPerActiveMinute: 2,
  writeShare: 0.1, // of the calls, those that change data
  logoutShare: 0.2, // of the sessions, those that end by logging out instead of by expiry
  rushSeconds: 60, // the start of a working day: this long ...
  rushFactor: 3, // ... so many times the usual arrivals
};

/** The options that matter here, at their defaults. */
export const options = {
  idleSeconds: 1_200,
  slideGranularity: 0.1,
  shards: 64,
  sweepPeriodSeconds: 60,
  sweepBudgetSeconds: 45,
};

/** Of the sweeper and of an instance: measured on no cloud, chosen to be slow rather than fast. */
export const assumptions = {
  batchSeconds: 0.03, // a round trip that changes up to 100 rows
  parallelShards: 1, // the sweep takes one shard after another
  callsPerInstanceSecond: 300,
};

/** What a call costs: requests count against the account, entities against the partition. */
const cost = {
  create: { requests: 1, entities: 3 }, // session, expiry and principal row in one transaction
  read: { requests: 1, entities: 1 },
  slide: { requests: 1, entities: 3 }, // merge the session, delete one expiry row, insert another
  write: { requests: 2, entities: 5 }, // read, then one transaction that slides too
  logout: { requests: 2, entities: 4 },
};
const rowsOfSession = 3;
const rowsOfBatch = 100;
const dueOfPage = 1_000;

/** Averages a second for so many live sessions: arithmetic, no chance in it. */
export function demand(sessions, { usage: u = usage, options: o = options } = {}) {
  const lifetime = u.activeSeconds + o.idleSeconds;
  const arrivals = sessions / lifetime;
  const active = arrivals * u.activeSeconds;
  const calls = (active * u.callsPerActiveMinute) / 60;
  const writes = calls * u.writeShare;
  const reads = calls - writes;
  // A use is written down only after a share of the idle timeout; between two uses at least the gap of calls passes.
  const gap = Math.max(o.idleSeconds * o.slideGranularity, 60 / u.callsPerActiveMinute);
  const slides = Math.min(reads, active / gap);
  const logouts = arrivals * u.logoutShare;
  const expired = arrivals - logouts;
  const sweepBatches = (expired * rowsOfSession) / rowsOfBatch;
  const sweepReads = Math.max(o.shards / o.sweepPeriodSeconds, expired / dueOfPage);
  const sum = (kind) =>
    arrivals * cost.create[kind] +
    reads * cost.read[kind] +
    slides * cost.slide[kind] +
    writes * cost.write[kind] +
    logouts * cost.logout[kind];
  return {
    arrivals,
    calls: arrivals + calls + logouts,
    reads,
    writes,
    slides,
    logouts,
    expired,
    requests: sum('requests') + sweepBatches + sweepReads,
    entities: sum('entities') + expired * (rowsOfSession + 1),
  };
}

/** Shards and accounts at which the busiest minute stays below `headroom` of every limit. Shards are counted for each account. */
export function recommend(sessions, settings = {}, headroom = 0.5) {
  const u = settings.usage ?? usage;
  const peak = demand(sessions, settings);
  // Everything but the arrivals' own share follows the rush more slowly; taking all of it times the factor errs on the safe side.
  const accounts = Math.max(1, Math.ceil((peak.requests * u.rushFactor) / (limits.accountRequestsPerSecond * headroom)));
  const shards = Math.ceil((peak.entities * u.rushFactor) / (limits.partitionEntitiesPerSecond * headroom) / accounts);
  return { accounts, shards: powerOfTwo(Math.max(shards, 1)) };
}

const powerOfTwo = (value) => 2 ** Math.ceil(Math.log2(value));

/** How long one sweep takes for everything that expired since the last. */
export function sweepSeconds(sessions, settings = {}, accounts = 1) {
  const o = { ...options, ...settings.options };
  const due = demand(sessions, settings).expired * o.sweepPeriodSeconds;
  const partitions = o.shards * accounts;
  const perShard = due / partitions;
  const trips = Math.max(1, Math.ceil(perShard / dueOfPage)) + Math.ceil((perShard * rowsOfSession) / rowsOfBatch);
  return (partitions / Math.min(partitions, assumptions.parallelShards)) * trips * assumptions.batchSeconds;
}

/**
 * Plays `seconds` seconds with a rush in the middle. What a limit doesn't let through waits, first come first served, and is counted
 * as delayed; the wait is that of the last in the queue.
 */
export function simulate(sessions, { accounts = 1, seconds = 300, seed = 1, ...settings } = {}) {
  const u = { ...usage, ...settings.usage };
  const o = { ...options, ...settings.options };
  const average = demand(sessions, { usage: u, options: o });
  const random = generator(seed);
  const shards = o.shards * accounts;
  const waiting = new Float64Array(shards);
  const accountWaiting = new Float64Array(accounts);
  const rushFrom = Math.floor((seconds - u.rushSeconds) / 2);
  const entities = { offered: 0, served: 0, delayed: 0 };
  const requests = { offered: 0, delayed: 0 };
  let worstWait = 0;
  let busiestPartition = 0;
  let busiestAccount = 0;

  for (let second = 0; second < seconds; second++) {
    const factor = second >= rushFrom && second < rushFrom + u.rushSeconds ? u.rushFactor : 1;
    const sweeping = second % o.sweepPeriodSeconds < o.sweepBudgetSeconds;
    const sweepFactor = sweeping ? o.sweepPeriodSeconds / o.sweepBudgetSeconds : 0;
    const ofAccount = new Float64Array(accounts);
    for (let shard = 0; shard < shards; shard++) {
      const draw = (rate) => poisson(rate / shards, random);
      const [create, read, slide, write, logout] = [
        draw(average.arrivals * factor),
        draw(average.reads * factor),
        draw(average.slides * factor),
        draw(average.writes * factor),
        draw(average.logouts * factor),
      ];
      const swept = draw(average.expired * sweepFactor);
      const count = (kind) =>
        create * cost.create[kind] +
        read * cost.read[kind] +
        slide * cost.slide[kind] +
        write * cost.write[kind] +
        logout * cost.logout[kind];
      const arriving = count('entities') + swept * (rowsOfSession + 1);
      ofAccount[shard % accounts] += count('requests') + (swept * rowsOfSession) / rowsOfBatch + (sweeping ? 1 / o.sweepBudgetSeconds : 0);

      busiestPartition = Math.max(busiestPartition, arriving / limits.partitionEntitiesPerSecond);
      const queue = waiting[shard] + arriving;
      const served = Math.min(queue, limits.partitionEntitiesPerSecond);
      waiting[shard] = queue - served;
      entities.offered += arriving;
      entities.served += served;
      entities.delayed += Math.min(arriving, waiting[shard]);
      worstWait = Math.max(worstWait, waiting[shard] / limits.partitionEntitiesPerSecond);
    }
    for (let account = 0; account < accounts; account++) {
      const arriving = ofAccount[account];
      busiestAccount = Math.max(busiestAccount, arriving / limits.accountRequestsPerSecond);
      accountWaiting[account] = Math.max(0, accountWaiting[account] + arriving - limits.accountRequestsPerSecond);
      requests.offered += arriving;
      requests.delayed += Math.min(arriving, accountWaiting[account]);
      worstWait = Math.max(worstWait, accountWaiting[account] / limits.accountRequestsPerSecond);
    }
  }

  const backlog = waiting.reduce((sum, each) => sum + each, 0);
  const sweep = sweepSeconds(sessions, { usage: u, options: o }, accounts);
  const instances = Math.max(1, Math.ceil((average.calls * u.rushFactor) / assumptions.callsPerInstanceSecond));
  const share = ({ delayed, offered }) => delayed / Math.max(offered, 1);
  return {
    sessions,
    shards,
    accounts,
    callsPerSecond: average.calls,
    busiestAccount,
    busiestPartition,
    delayedShare: Math.max(share(entities), share(requests)),
    worstWait,
    sweepSeconds: sweep,
    instances,
    offered: entities.offered,
    served: entities.served,
    backlog,
    bends: bends({ busiestAccount, busiestPartition, sweep, instances, budget: o.sweepBudgetSeconds }),
  };
}

function bends({ busiestAccount, busiestPartition, sweep, instances, budget }) {
  const reasons = [];
  if (busiestAccount > 1) reasons.push('account');
  if (busiestPartition > 1) reasons.push('partition');
  if (sweep > budget) reasons.push('sweep');
  if (instances > limits.instancesOfRegion) reasons.push('quota');
  return reasons;
}

/** mulberry32: small, and good enough for arrivals. */
export function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** So many arrivals in a second, where `mean` come on average. Large means are drawn from the normal distribution they approach. */
export function poisson(mean, random) {
  if (mean <= 0) return 0;
  if (mean > 50) {
    const angle = 2 * Math.PI * random();
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(angle);
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal));
  }
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count++;
  return count;
}
