import { createHash } from 'node:crypto';

const TWO_TO_32 = 0x1_0000_0000;

/**
 * A stream of pseudo random numbers that its name decides: the same name, the same stream, on every machine.
 * Every thing of the demo world draws from a stream of its own, so that one more of them shakes none of the others.
 * Generator: sfc32 (Chris Doty-Humphrey, PractRand, public domain), seeded from SHA-256. Not for secrets.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(name: string) {
    const seed = createHash('sha256').update(name).digest();
    this.#a = seed.readInt32LE(0);
    this.#b = seed.readInt32LE(4);
    this.#c = seed.readInt32LE(8);
    for (let i = 0; i < 12; i++) this.next();
  }

  /** A number in [0, 1). */
  next(): number {
    const sum = (this.#a + this.#b + this.#counter++) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return (sum >>> 0) / TWO_TO_32;
  }

  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  /** A number in [low, high). */
  between(low: number, high: number): number {
    return low + this.next() * (high - low);
  }

  /** A number in the range, its end left out. */
  within([low, high]: readonly [number, number]): number {
    return this.between(low, high);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T {
    const one = list[Math.floor(this.next() * list.length)];
    if (one === undefined) throw new Error('Nothing to pick from');
    return one;
  }

  /** `count` different ones of a list, or all of it, in the order of the list. */
  some<T>(list: readonly T[], count: number): T[] {
    const left = list.map((_, index) => index);
    const taken: number[] = [];
    while (taken.length < count && left.length > 0) taken.push(...left.splice(this.int(0, left.length - 1), 1));
    return list.filter((_, index) => taken.includes(index));
  }

  /** One of a list, each with a chance in proportion to its weight; weights are not negative and one is above 0. */
  weighted<T>(list: readonly (readonly [T, number])[]): T {
    let at = this.next() * list.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [one, weight] of list) {
      at -= weight;
      if (at < 0) return one;
    }
    throw new Error('Nothing to pick from');
  }
}

/** Namespace of the demo world's ids; any UUID would do, as long as it stays. */
const NAMESPACE = Buffer.from('6f1d0c5e8a3b4f0d9c2e71b5a4d83e60', 'hex');

/** The id of a thing of the demo world: a UUID of version 5 (RFC 9562, section 5.5) made from its name. */
export function demoId(name: string): string {
  const bytes = createHash('sha1').update(NAMESPACE).update(name).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
