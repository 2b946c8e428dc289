/**
 * Everything that the suite is told from outside. Two settings are needed; the others say how the deployment is configured,
 * where that can't be seen by calling it, and default to what a deployment has that was configured in no way. README.md explains each.
 */
export const settings = {
  url: needed('SESSIONS_URL', 'the address of the API, such as http://localhost:7071/api'),
  functionKey: needed('SESSIONS_FUNCTION_KEY', 'a function key, for the calls under /manage'),

  mayEndEverything: flag('SESSIONS_MAY_END_EVERYTHING'),
  allowedOrigin: text('SESSIONS_ALLOWED_ORIGIN'),
  allowsBearerForBrowsers: flag('SESSIONS_ALLOW_BEARER_FOR_BROWSERS'),
  allowsPersistent: flag('SESSIONS_ALLOW_PERSISTENT'),
  keptClaims: text('SESSIONS_KEEP_CLAIMS').split(',').filter(Boolean),
  requiresIfMatch: flag('SESSIONS_REQUIRE_IF_MATCH'),
  clearSiteData: text('SESSIONS_CLEAR_SITE_DATA'),
  maxDataBytes: number('SESSIONS_MAX_DATA_BYTES', 256 * 1024),
  maxClaimsBytes: number('SESSIONS_MAX_CLAIMS_BYTES', 16 * 1024),
  rotationGrace: number('SESSIONS_ROTATION_GRACE', 30),
  rotateAfter: number('SESSIONS_ROTATE_AFTER', 0),
  maxPerUser: number('SESSIONS_MAX_PER_USER', 0),
  userOverflow: text('SESSIONS_USER_OVERFLOW', 'evict-oldest'),
  oidcProvider: text('SESSIONS_OIDC_PROVIDER'),
  oidcAudience: text('SESSIONS_OIDC_AUDIENCE'),
  host: text('SESSIONS_HOST'),
};

/** The longest that a test waits for a time of the server's to run out, in seconds. One that would have to wait longer is skipped. */
export const patience = 5;

function text(name, otherwise = '') {
  return process.env[name]?.trim() || otherwise;
}

function needed(name, what) {
  const value = text(name);
  if (!value) {
    console.error(`${name} isn't set. It must be ${what}. See tests/conformance/README.md.`);
    process.exit(1);
  }

  return value;
}

function flag(name) {
  return /^(1|true|yes)$/i.test(text(name));
}

function number(name, otherwise) {
  const value = Number(text(name, String(otherwise)));
  if (!Number.isFinite(value) || value < 0) {
    console.error(`${name} must be a number, not '${text(name)}'.`);
    process.exit(1);
  }

  return value;
}
