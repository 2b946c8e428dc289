/** The whole suite in one process: what `node --test tests/conformance` comes to from Node.js 21 on, which takes no folders any more. */
import { readdirSync } from 'node:fs';

for (const file of readdirSync(import.meta.dirname ?? new URL('.', import.meta.url))
  .filter((name) => name.endsWith('.test.mjs'))
  .sort()) {
  await import(`./${file}`);
}
