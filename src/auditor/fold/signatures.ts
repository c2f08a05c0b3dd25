import type { MemberId } from "../../core/ids.ts";
import { encodeSignature, type Signature } from "../../core/statement.ts";
import type { FindingCode } from "../codes.ts";
import { addressAt } from "../engine/recover.ts";
import type { Engine } from "../engine/engine.ts";
import type { Findings, Place, StatementRef } from "../finding.ts";
import type { KeyHistory } from "./keys.ts";

/** A signature that has to be somebody's: of a key of the member that held the right when the log was written. */
export interface WantedSignature {
  readonly member: MemberId;
  readonly right: number;
  readonly position: number;
  readonly place: Place;
  readonly statement: StatementRef;
  /** What is wrong where it is not. */
  readonly code: FindingCode;
  /** What was signed, for the sentence. */
  what(): string;
  /** Where the chain says that nobody entitled signed: who did, as it says. The signature must then not count. */
  readonly refused?: string;
}

/** A contract's signature: only the chain can say whether it counts. */
export interface ContractSignature extends WantedSignature {
  readonly signer: string;
  readonly digest: Uint8Array;
  readonly bytes: Uint8Array;
}

const FULL = 4_096;
/** How many full batches may wait for the engine. */
const AHEAD = 4;

/** Collects signatures and has them recovered many at a time, while the fold goes on. */
export class Signatures {
  /** Signatures of contracts whose keys were in order, to be asked of the chain. */
  readonly contracts: ContractSignature[] = [];
  verified = 0;
  readonly #engine: Engine;
  readonly #keys: KeyHistory;
  readonly #findings: Findings;
  #wanted: WantedSignature[] = [];
  #digests = new Uint8Array(32 * FULL);
  #signatures = new Uint8Array(64 * FULL);
  readonly #running: Promise<void>[] = [];

  constructor(engine: Engine, keys: KeyHistory, findings: Findings) {
    this.#engine = engine;
    this.#keys = keys;
    this.#findings = findings;
  }

  /** Takes a signature under a digest of 32 bytes. */
  add(digest: Uint8Array, signature: Signature, wanted: WantedSignature): void {
    if (signature.kind === "contract") {
      this.#addContract(digest, signature, wanted);
      return;
    }
    if (this.#wanted.length === FULL) this.#send();
    const place = this.#wanted.push(wanted) - 1;
    this.#digests.set(digest, 32 * place);
    this.#signatures.set(encodeSignature(signature), 64 * place);
  }

  /** Waits where the engine has fallen behind. */
  async keepPace(): Promise<void> {
    while (this.#running.length > AHEAD) await this.#running.shift();
  }

  /** Waits until every signature is judged. */
  async settle(): Promise<void> {
    this.#send();
    while (this.#running.length > 0) await this.#running.shift();
  }

  #addContract(
    digest: Uint8Array,
    { signer, bytes }: Extract<Signature, { kind: "contract" }>,
    wanted: WantedSignature,
  ): void {
    const holds = this.#keys.hasRightAt(wanted.member, signer, wanted.right, wanted.position);
    if (holds) this.contracts.push({ ...wanted, signer, digest: digest.slice(), bytes });
    else this.judge(wanted, signer, false);
  }

  #send(): void {
    if (this.#wanted.length === 0) return;
    const [wanted, count] = [this.#wanted, this.#wanted.length];
    const [digests, signatures] = [this.#digests, this.#signatures];
    this.#wanted = [];
    this.#digests = new Uint8Array(32 * FULL);
    this.#signatures = new Uint8Array(64 * FULL);
    const work = this.#engine
      .recover(digests.subarray(0, 32 * count), signatures.subarray(0, 64 * count))
      .then((addresses) => {
        wanted.forEach((one, i) => {
          const signer = addressAt(addresses, i);
          const holds =
            signer !== undefined && this.#keys.hasRightAt(one.member, signer, one.right, one.position);
          this.judge(one, signer, holds);
        });
      });
    work.catch(() => {}); // told where it is awaited
    this.#running.push(work);
  }

  /** Whether a signature counts is known: it does where it has to, and does not where the chain refused it. */
  judge(wanted: WantedSignature, signer: string | undefined, counts: boolean): void {
    const { member, place, statement, refused, code } = wanted;
    this.verified += 1;
    const details = { ...place, member, statement };
    if (refused !== undefined) {
      const nobody = `0x${"0".repeat(40)}`;
      if (!counts && (signer ?? nobody) === refused) return;
      const found = counts ? `a living key of member ${member} signed` : `${signer ?? "nobody"} signed`;
      const message = `${wanted.what()} was refused as signed by ${refused}, and ${found}.`;
      this.#findings.add(code, message, { ...details, expected: signer ?? nobody, found: refused });
    } else if (!counts) {
      const message =
        signer === undefined
          ? `${wanted.what()} carries no signature that anybody could have made.`
          : `${wanted.what()} is signed by ${signer}, which was no key of member ${member} with that right.`;
      this.#findings.add(code, message, { ...details, found: signer ?? "nobody" });
    }
  }
}
