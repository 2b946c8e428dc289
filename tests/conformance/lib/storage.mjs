/** The storage beneath the service, where it can be told to fail: SESSIONS_FAULTY_STORAGE says where (tests/faulty-storage.mjs). */
import assert from 'node:assert/strict';

const control = process.env.SESSIONS_FAULTY_STORAGE?.trim();

/** Why a test can't run that needs it. */
export const cannotFail = control ? false : "SESSIONS_FAULTY_STORAGE isn't set";

export const storage = {
  /** Breaks every connection; requests under way may or may not have been carried out. */
  cut: () => tell('cut'),
  /** Takes no connections. */
  refuse: () => tell('refuse'),
  /** Takes requests and never answers: all, or those that are about one of these partitions. */
  hang: (...partitions) => tell(`hang?${new URLSearchParams(partitions.map((partition) => ['partition', partition]))}`),
  /** Ends the storage's process; it keeps its data. */
  stop: () => tell('stop'),
  recover: () => tell('recover'),
};

async function tell(what) {
  const answer = await fetch(`${control}/${what}`, { method: 'POST' });
  assert.equal(answer.status, 200, await answer.text());
}
