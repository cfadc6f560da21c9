import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/**
 * Keys of one database, shared by all hubs on it, each for one purpose. They sign and blur; they encrypt nothing.
 */
export class Secrets {
  constructor(private readonly root: Uint8Array) {}

  /** HMAC-SHA256 as hex, under a key that only this purpose has. */
  sign(purpose: string, text: string): string {
    return createHmac('sha256', this.key(purpose)).update(text).digest('hex');
  }

  /** Is this the signature of the text? Takes the same time whatever the answer. */
  verify(purpose: string, text: string, signature: string): boolean {
    const expected = Buffer.from(this.sign(purpose, text).slice(0, signature.length));
    const given = Buffer.from(signature);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  private key(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.root, '', purpose, 32));
  }
}
