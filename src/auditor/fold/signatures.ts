import type { MemberId } from "../../core/ids.ts";
import { encodeSignature, type Signature } from "../../core/statement.ts";
import type { FindingCode } from "../codes.ts";
import { addressAt } from "../engine/recover.ts";
import type { Engine } from "../engine/engine.ts";
import type { FindingDetails, Findings, Place, StatementRef } from "../finding.ts";
import type { KeyHistory } from "./keys.ts";

/** Something signed whose signer has to be found out. */
export interface AskedSignature {
  readonly place: Place;
  readonly details: FindingDetails;
  /** The contract that took it, where its caller may stand for it. */
  readonly contract?: string;
  /** Whether the chain counted it. */
  readonly counts: boolean;
  /** What was signed, for the sentence. */
  what(): string;
  /** Whether somebody's signature counts, as things stood when the log was written. */
  entitled(signer: string): boolean;
  /** Told who signed, if anybody did, and whether that counts. */
  judged(signer: string | undefined, valid: boolean): void;
}

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
  /** Where a key also needs to be accredited. */
  readonly attests?: Attestation;
}

/** What a key that signs for COMMONS is accredited for. */
export interface Attestation {
  /** The first service that it is not accredited for. */
  unaccredited(signer: string): number | undefined;
  /** Which one that is by the chain, where it refused the signature for it. */
  readonly lacking: number | undefined;
}

/** A contract's signature: only the chain can say whether it counts. */
export interface ContractSignature {
  readonly asked: AskedSignature;
  readonly signer: string;
  readonly digest: Uint8Array;
  readonly bytes: Uint8Array;
}

/** Nothing but the caller, whom no log names. */
export interface Caller {
  readonly kind: "caller";
}

const FULL = 4_096;
/** How many full batches may wait for the engine. */
const AHEAD = 4;

/** Collects signatures and has them recovered many at a time, while the fold goes on. */
export class Signatures {
  /** Signatures of contracts whose keys were in order, to be asked of the chain. */
  readonly contracts: ContractSignature[] = [];
  /** What callers stood for themselves: only their transactions tell who they were. */
  readonly callers: AskedSignature[] = [];
  readonly findings: Findings;
  verified = 0;
  readonly #engine: Engine;
  readonly #keys: KeyHistory;
  #asked: AskedSignature[] = [];
  #digests = new Uint8Array(32 * FULL);
  #signatures = new Uint8Array(64 * FULL);
  readonly #running: Promise<void>[] = [];

  constructor(engine: Engine, keys: KeyHistory, findings: Findings) {
    this.#engine = engine;
    this.#keys = keys;
    this.findings = findings;
  }

  /** Takes a signature under a digest of 32 bytes. */
  add(digest: Uint8Array, signature: Signature, wanted: WantedSignature): void {
    this.ask(digest, signature, this.#asking(wanted));
  }

  /** Has it found out who signed a digest of 32 bytes. */
  ask(digest: Uint8Array, signature: Signature | Caller, asked: AskedSignature): void {
    if (signature.kind === "caller") {
      this.callers.push(asked);
      return;
    }
    if (signature.kind === "contract") {
      const { signer, bytes } = signature;
      if (asked.entitled(signer)) this.contracts.push({ asked, signer, digest: digest.slice(), bytes });
      else this.judge(asked, signer, false);
      return;
    }
    if (this.#asked.length === FULL) this.#send();
    const place = this.#asked.push(asked) - 1;
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

  /** Whether a signature counts is known. */
  judge(asked: AskedSignature, signer: string | undefined, valid: boolean): void {
    this.verified += 1;
    asked.judged(signer, valid);
  }

  #send(): void {
    if (this.#asked.length === 0) return;
    const [asked, count] = [this.#asked, this.#asked.length];
    const [digests, signatures] = [this.#digests, this.#signatures];
    this.#asked = [];
    this.#digests = new Uint8Array(32 * FULL);
    this.#signatures = new Uint8Array(64 * FULL);
    const work = this.#engine
      .recover(digests.subarray(0, 32 * count), signatures.subarray(0, 64 * count))
      .then((addresses) => {
        asked.forEach((one, i) => {
          const signer = addressAt(addresses, i);
          this.judge(one, signer, signer !== undefined && one.entitled(signer));
        });
      });
    work.catch(() => {}); // told where it is awaited
    this.#running.push(work);
  }

  /** A member's signature counts where it has to, and does not where the chain refused it. */
  #asking(wanted: WantedSignature): AskedSignature {
    const { member, right, position, place, statement, refused, code } = wanted;
    const details = { member, statement };
    const find = (message: string, figures: FindingDetails): void => {
      this.findings.add(code, message, { ...place, ...details, ...figures });
    };
    return {
      ...{ place, details, counts: refused === undefined },
      what: () => wanted.what(),
      entitled: (signer) => this.#keys.hasRightAt(member, signer, right, position),
      judged: (signer, counts) => {
        if (refused !== undefined) {
          const nobody = `0x${"0".repeat(40)}`;
          if (!counts && (signer ?? nobody) === refused) return;
          const found = counts ? `a living key of member ${member} signed` : `${signer ?? "nobody"} signed`;
          const message = `${wanted.what()} was refused as signed by ${refused}, and ${found}.`;
          find(message, { expected: signer ?? nobody, found: refused });
        } else if (!counts) {
          const message =
            signer === undefined
              ? `${wanted.what()} carries no signature that anybody could have made.`
              : `${wanted.what()} is signed by ${signer}, which was no key of member ${member} with that right.`;
          find(message, { found: signer ?? "nobody" });
        } else if (wanted.attests !== undefined && signer !== undefined) {
          this.#checkAttested(wanted, wanted.attests, signer);
        }
      },
    };
  }

  /** Who signs for COMMONS is accredited for every service, unless the chain refused it for one. */
  #checkAttested(wanted: WantedSignature, { unaccredited, lacking }: Attestation, signer: string): void {
    const missing = unaccredited(signer);
    if (missing === lacking) return;
    const spell = (service: number | undefined): string =>
      service === undefined ? "none" : `service ${service}`;
    const code = wanted.code === "NotCountersigned" ? "NotAccredited" : wanted.code;
    const message = `${wanted.what()} is attested by ${signer}, which is not accredited for ${spell(missing)}; the chain says ${spell(lacking)}.`;
    const { place, member, statement } = wanted;
    const figures = { expected: spell(missing), found: spell(lacking) };
    this.findings.add(code, message, { ...place, member, statement, ...figures });
  }
}
