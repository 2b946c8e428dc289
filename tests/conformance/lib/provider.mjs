/** An OpenID provider that the suite plays itself, at an address that the service trusts. */
import { createServer } from 'node:http';
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';

export class Provider {
  #key = newKey();
  #server;

  constructor(authority, audience) {
    Object.assign(this, { authority, audience });
  }

  async start() {
    const { hostname, port } = new URL(this.authority);
    this.#server = createServer((request, response) => this.#answer(request, response));
    await new Promise((resolve, reject) => this.#server.once('error', reject).listen(Number(port), hostname, resolve));
  }

  stop() {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(resolve));
  }

  /** A token that is good, but for what is bent. */
  idToken(claims = {}, { header = {}, key = this.#key, algorithm = 'RS256' } = {}) {
    const now = Math.floor(Date.now() / 1000);
    const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const payload = { iss: this.authority, aud: this.audience, sub: 'nobody', iat: now, exp: now + 300, jti: randomUUID(), ...claims };
    const signed = `${part({ alg: algorithm, typ: 'JWT', kid: key.id, ...header })}.${part(payload)}`;
    return `${signed}.${sign('sha256', Buffer.from(signed), key.privateKey).toString('base64url')}`;
  }

  #answer(request, response) {
    const documents = {
      '/.well-known/openid-configuration': {
        issuer: this.authority,
        jwks_uri: `${this.authority}/keys`,
        authorization_endpoint: `${this.authority}/authorize`,
        token_endpoint: `${this.authority}/token`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
      },
      '/keys': { keys: [{ ...this.#key.publicKey.export({ format: 'jwk' }), kid: this.#key.id, use: 'sig', alg: 'RS256' }] },
    };
    const document = documents[new URL(request.url, this.authority).pathname];
    response.writeHead(document ? 200 : 404, { 'Content-Type': 'application/json' }).end(JSON.stringify(document ?? {}));
  }
}

export function newKey() {
  return { id: randomUUID(), ...generateKeyPairSync('rsa', { modulusLength: 2048 }) };
}
