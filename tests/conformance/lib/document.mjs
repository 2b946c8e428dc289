/** The document that the service publishes of itself, for the tests that go through all of it. */
import { send } from './client.mjs';
import { contract } from './contract.mjs';
import { unknownSid } from './given.mjs';

export function contractOf() {
  return contract(() => send('GET', '/openapi.json', { checked: false }));
}

/** An address that fits a template, and names nothing that is there. */
export function exampleOf(template, { sid = unknownSid, key = 'k', asset = 'page.css' } = {}) {
  return template.replace('{sid}', sid).replace('{key}', key).replace('{asset}', asset);
}
