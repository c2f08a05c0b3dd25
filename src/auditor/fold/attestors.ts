import type { ServiceId } from "../../core/ids.ts";
import type { Line } from "../../core/statement.ts";
import type { Ground } from "./ground.ts";

export interface AttestorEvents {
  AttestorAccredited: { key: string; service: ServiceId; accredited: boolean };
}

interface Change {
  readonly position: number;
  readonly accredited: boolean;
}

/** Which keys of COMMONS may attest what, over time, so that a signature is judged as of its log. Twin of Attestors.sol. */
export class Attestors {
  readonly #ground: Ground;
  readonly #changes = new Map<string, Change[]>();

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  readonly handlers: { [K in keyof AttestorEvents]: (event: AttestorEvents[K]) => void } = {
    AttestorAccredited: ({ key, service, accredited }) => {
      const name = `${key}/${service}`;
      const changes = this.#changes.get(name) ?? [];
      changes.push({ position: this.#ground.position, accredited });
      this.#changes.set(name, changes);
    },
  };

  /** The first service among lines that a key was not accredited for when a log was written; undefined where it was for all. */
  unaccredited(key: string, lines: readonly Line[], position: number): ServiceId | undefined {
    return lines.find(({ service }) => !this.#isAt(key, service, position))?.service;
  }

  /** Every key and service that was ever named, and how they stand now. */
  *all(): Iterable<{ readonly key: string; readonly service: number; readonly accredited: boolean }> {
    for (const [name, changes] of this.#changes) {
      const [key = "", service] = name.split("/");
      yield { key, service: Number(service), accredited: changes.at(-1)?.accredited === true };
    }
  }

  #isAt(key: string, service: ServiceId, position: number): boolean {
    const changes = this.#changes.get(`${key}/${service}`);
    return changes?.findLast((change) => change.position < position)?.accredited === true;
  }
}
