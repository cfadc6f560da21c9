import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

/** A small identity provider on this machine that can change its keys and go away. */
export class Provider {
  keys: JWK[] = [];
  asked = 0;
  issuer = '';
  claims: { issuer?: string; jwks_uri?: string } = {};
  status = 200;
  #server: Server | undefined;
  #port = 0;

  async open(): Promise<void> {
    this.#server = createServer((request, response) => {
      this.asked++;
      const body = request.url?.endsWith('/keys')
        ? { keys: this.keys }
        : { issuer: this.issuer, jwks_uri: `${this.issuer}/keys`, ...this.claims };
      response.writeHead(this.status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    await new Promise<void>(resolve => this.#server!.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
    this.issuer = `http://127.0.0.1:${this.#port}/realm`;
  }

  /** An access token for the hub, good for an hour. */
  tokenOf(subject: string, key: Signer): Promise<string> {
    return new SignJWT()
      .setProtectedHeader({ alg: key.alg, kid: key.kid })
      .setIssuer(this.issuer)
      .setAudience('partnernetz')
      .setSubject(subject)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(key.privateKey);
  }

  async goAway(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise(resolve => this.#server?.close(resolve));
  }
}

export interface Signer {
  kid: string;
  alg: string;
  privateKey: CryptoKey;
  publicKey: CryptoKey;
  jwk: JWK;
}

export async function signer(alg = 'ES256', kid: string = randomUUID()): Promise<Signer> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, publicKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}
