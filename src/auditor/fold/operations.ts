import { AbiCoder, getBytes, hexlify } from "ethers";
import { keccak256, toHash } from "../../core/keccak.ts";
import { tell, type Ground } from "./ground.ts";

export interface OperationEvents {
  OperationScheduled: {
    operationId: string;
    nonce: number;
    schedule: number;
    caller: string;
    target: string;
    data: Uint8Array;
  };
  OperationExecuted: { operationId: string; nonce: number };
  OperationCanceled: { operationId: string; nonce: number };
}

/** An act that waits. */
export interface Operation {
  readonly id: string;
  readonly caller: string;
  readonly target: string;
  readonly data: string;
  nonce: number;
  /** From when it can be executed; zero once it was executed or cancelled. */
  when: number;
  /** When it could have been executed, and the transaction in which it was. */
  done: { readonly tx: string; readonly when: number } | undefined;
  /** The transaction in which it was scheduled last. */
  tx: string;
}

/** How long an act that waited can be executed, in seconds; as contracts/Charter.sol. */
export const EXPIRATION = 14 * 86_400;

/** The id of an act of somebody's. */
export function operationId(caller: string, target: string, data: string): string {
  const encoded = AbiCoder.defaultAbiCoder().encode(["address", "address", "bytes"], [caller, target, data]);
  return toHash(keccak256(getBytes(encoded)));
}

/** Acts that wait, and what became of them. Twin of AccessManager's schedules. */
export class OperationFold {
  readonly #ground: Ground;
  readonly #operations = new Map<string, Operation>();
  /** Who asked for how long an act must wait; undefined where it may not act at all. */
  readonly #delayOf: (caller: string, target: string, selector: string) => number | undefined;

  constructor(
    ground: Ground,
    delayOf: (caller: string, target: string, selector: string) => number | undefined,
  ) {
    this.#ground = ground;
    this.#delayOf = delayOf;
  }

  readonly handlers: { [K in keyof OperationEvents]: (event: OperationEvents[K]) => void } = {
    OperationScheduled: ({ operationId: id, nonce, schedule, caller, target, data: bytes }) => {
      const { now, place } = this.#ground;
      const data = hexlify(bytes);
      const before = this.#operations.get(id);
      if (id !== operationId(caller, target, data)) {
        this.#find(`An act of ${caller} was scheduled under ${id}, which is not its id`, id);
      }
      if (before !== undefined && before.when !== 0 && now < before.when + EXPIRATION) {
        this.#find(`The act ${id} was scheduled and still waits from before`, id);
      }
      if (nonce !== (before?.nonce ?? 0) + 1) {
        this.#find(`The act ${id} was scheduled as number ${nonce}, out of turn`, id);
      }
      const delay = this.#delayOf(caller, target, data.slice(0, 10));
      if (delay === undefined || delay === 0 || schedule < now + delay) {
        const due = delay === undefined ? "never" : tell.time(now + delay);
        const message = `The act ${id} of ${caller} was scheduled for ${tell.time(schedule)}`;
        this.#find(message, id, { expected: due, found: tell.time(schedule) });
      }
      const fresh = { id, caller, target, data };
      this.#operations.set(id, { ...fresh, nonce, when: schedule, done: undefined, tx: place.tx });
    },
    OperationExecuted: ({ operationId: id, nonce }) => {
      const { now, place } = this.#ground;
      const operation = this.#waiting(id, nonce, "executed");
      if (operation === undefined) return;
      if (now < operation.when || now >= operation.when + EXPIRATION) {
        const figures = { expected: tell.time(operation.when), found: tell.time(now) };
        this.#find(`The act ${id} was executed at ${figures.found}, and its time was another`, id, figures);
      }
      operation.done = { tx: place.tx, when: operation.when };
      operation.when = 0;
    },
    OperationCanceled: ({ operationId: id, nonce }) => {
      const operation = this.#waiting(id, nonce, "cancelled");
      if (operation !== undefined) operation.when = 0;
    },
  };

  get(id: string): Operation | undefined {
    return this.#operations.get(id);
  }

  all(): Iterable<Operation> {
    return this.#operations.values();
  }

  /** From when an act can be executed; zero where it does not wait, as `getSchedule` says. */
  scheduleOf(id: string, now: number): number {
    const when = this.#operations.get(id)?.when ?? 0;
    return now >= when + EXPIRATION ? 0 : when;
  }

  /** The same, as it was before the transaction at hand executed it. */
  scheduleBefore(id: string, now: number): number {
    const { place } = this.#ground;
    const done = this.#operations.get(id)?.done;
    return done !== undefined && done.tx === place.tx ? done.when : this.scheduleOf(id, now);
  }

  #waiting(id: string, nonce: number, became: string): Operation | undefined {
    const operation = this.#operations.get(id);
    if (operation === undefined || operation.when === 0 || operation.nonce !== nonce) {
      this.#find(`The act ${id} was ${became} and did not wait`, id);
    }
    return operation;
  }

  #find(what: string, id: string, figures: { expected?: string; found?: string } = {}): void {
    this.#ground.find("OperationWrong", `${what}.`, { found: id, ...figures });
  }
}
