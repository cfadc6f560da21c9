import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

/** Of SHA-256, in bytes, and the masks of HMAC. */
const BLOCK = 64;
const INNER = 0x36;
const OUTER = 0x5c;

/**
 * Keys of one database, shared by all hubs on it, each for one purpose. They sign and blur; they encrypt nothing.
 */
export class Secrets {
  private readonly keys = new Map<string, Buffer>();

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

  /** For who signs where there is no HMAC but SHA-256 (RFC 2104): what comes before the text, and before its hash. */
  pads(purpose: string): { inner: Buffer; outer: Buffer } {
    const pad = (mask: number) => Buffer.alloc(BLOCK, mask).map((byte, i) => byte ^ (this.key(purpose)[i] ?? 0));
    return { inner: Buffer.from(pad(INNER)), outer: Buffer.from(pad(OUTER)) };
  }

  private key(purpose: string): Buffer {
    const key = this.keys.get(purpose) ?? Buffer.from(hkdfSync('sha256', this.root, '', purpose, 32));
    this.keys.set(purpose, key);
    return key;
  }
}
