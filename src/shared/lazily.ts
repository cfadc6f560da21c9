/** What each of the makers makes, by its name. */
export type Made<Makers> = {
  readonly [Name in keyof Makers]: Makers[Name] extends (...given: never[]) => infer T ? T : never;
};

/**
 * A class of objects whose properties are made when they are first read, each once: for what a request may need and
 * mostly does not.
 *
 * @typeParam Given what every maker is given
 * @typeParam Own those properties of the object itself that some makers need; they are given it too
 * @returns takes the makers by the names of their properties, and returns what makes an object
 */
export const lazily =
  <Given extends readonly unknown[], Own = unknown>() =>
  <Makers extends Readonly<Record<string, (...given: [...Given, Own]) => unknown>>>(
    makers: Makers,
  ): ((...given: Given) => Made<Makers>) => {
    class Lazy {
      readonly #given: Given;
      constructor(given: Given) {
        this.#given = given;
      }
      static made(lazy: Lazy, make: (...given: [...Given, Own]) => unknown): unknown {
        return make(...lazy.#given, lazy as Own);
      }
    }
    for (const [name, make] of Object.entries(makers))
      Object.defineProperty(Lazy.prototype, name, {
        enumerable: true,
        get(this: Lazy) {
          const value = Lazy.made(this, make);
          Object.defineProperty(this, name, { value, enumerable: true });
          return value;
        },
      });
    return (...given) => new Lazy(given) as unknown as Made<Makers>;
  };
