/**
 * What held when: each value from a point on until the next. Points are seconds, or places in the order of logs, and
 * only ever rise; of two at one point the later counts. Twin of OpenZeppelin's Checkpoints.
 */
export class History<T> {
  readonly #points: number[] = [];
  readonly #values: T[] = [];
  readonly #before: T;

  /** @param before what held before anything was noted */
  constructor(before: T) {
    this.#before = before;
  }

  get latest(): T {
    return this.#values.at(-1) ?? this.#before;
  }

  /** Notes a value from a point on. */
  push(point: number, value: T): void {
    if (this.#points.at(-1) === point) this.#values.pop();
    else this.#points.push(point);
    this.#values.push(value);
  }

  /** What held at a point, that point included. */
  at(point: number): T {
    let [low, high] = [0, this.#points.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#points[middle]! <= point) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? this.#before : this.#values[low - 1]!;
  }
}

/** Histories by key, each made when it is first asked for. */
export class Histories<K, T> {
  readonly #all = new Map<K, History<T>>();
  readonly #before: T;

  constructor(before: T) {
    this.#before = before;
  }

  of(key: K): History<T> {
    let one = this.#all.get(key);
    if (one === undefined) this.#all.set(key, (one = new History(this.#before)));
    return one;
  }

  /** Without making one. */
  at(key: K, point: number): T {
    return this.#all.get(key)?.at(point) ?? this.#before;
  }

  latest(key: K): T {
    return this.#all.get(key)?.latest ?? this.#before;
  }

  entries(): Iterable<[K, History<T>]> {
    return this.#all.entries();
  }
}
