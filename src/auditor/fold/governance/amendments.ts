import { AbiCoder, getBytes, hexlify } from "ethers";
import { keccak256, toHash } from "../../../core/keccak.ts";
import type { AmendmentsSite } from "../../chain/governance.ts";
import type { FindingCode } from "../../codes.ts";
import { tell } from "../ground.ts";
import type { FoldState } from "../state.ts";
import type { Acts } from "./acts.ts";
import { callOf } from "./acts.ts";

export interface AmendmentEvents {
  AmendmentProposed: {
    amendment: string;
    targets: readonly string[];
    calldatas: readonly Uint8Array[];
    text: string;
  };
  AmendmentRatified: { amendment: string };
  AmendmentApproved: { amendment: string };
  AmendmentInsisted: { amendment: string };
  AmendmentPassed: { amendment: string; readyAt: bigint; until: bigint };
  AmendmentExecuted: { amendment: string };
}

/** An amendment so far, as the view `amendmentOf` tells it; times in seconds, zero where it did not happen. */
export interface AmendmentState {
  readonly id: string;
  readonly targets: readonly string[];
  readonly calldatas: readonly string[];
  readonly text: string;
  readonly proposedAt: number;
  ratifiedAt: number;
  approvedAt: number;
  insistedAt: number;
  readyAt: number;
  executed: boolean;
}

const TERM = 365 * 86_400;
const INSIST_AFTER = 60 * 86_400;
const NO_TEXT = `0x${"0".repeat(64)}`;

/** How the charter changes. Twin of contracts/governance/Amendments.sol. */
export class AmendmentsFold {
  readonly address: string;
  readonly #state: FoldState;
  readonly #site: AmendmentsSite;
  readonly #acts: Acts;
  readonly #amendments = new Map<string, AmendmentState>();
  /** Those that have all they need and have yet to be said to pass, in this transaction. */
  readonly #ripe = new Set<string>();

  constructor(state: FoldState, site: AmendmentsSite, acts: Acts) {
    this.#state = state;
    this.#site = site;
    this.address = site.address;
    this.#acts = acts;
  }

  readonly handlers: { [K in keyof AmendmentEvents]: (event: AmendmentEvents[K]) => void } = {
    AmendmentProposed: ({ amendment: id, targets, calldatas: bytes, text }) => {
      const { now } = this.#state.ground;
      const calldatas = bytes.map((data) => hexlify(data));
      const encoded = AbiCoder.defaultAbiCoder().encode(
        ["address[]", "bytes[]", "bytes32"],
        [targets, calldatas, text],
      );
      this.#state.counts.amendments += 1;
      if (toHash(keccak256(getBytes(encoded))) !== id) {
        this.#find("AmendmentWrong", id, "it was proposed under an id that is not that of what it does");
      }
      const before = this.#amendments.get(id);
      if (before !== undefined && !before.executed && !this.#lapsed(before)) {
        this.#find("AmendmentWrong", id, "it was proposed while it was pending");
      }
      const times = { ratifiedAt: 0, approvedAt: 0, insistedAt: 0, readyAt: 0 };
      this.#amendments.set(id, { id, targets, calldatas, text, proposedAt: now, ...times, executed: false });
    },
    AmendmentRatified: ({ amendment }) =>
      this.#decide(amendment, "ratifiedAt", "ratify(bytes32)", "approvedAt"),
    AmendmentApproved: ({ amendment }) =>
      this.#decide(amendment, "approvedAt", "approve(bytes32)", "ratifiedAt"),
    AmendmentInsisted: ({ amendment }) => {
      const one = this.#decide(amendment, "insistedAt", "insist(bytes32)");
      if (one !== undefined && this.#counts(one.insistedAt)) {
        this.#find("AmendmentWrong", amendment, "the Assembly had insisted on it before");
      }
      if (one !== undefined) one.insistedAt = this.#state.ground.now;
    },
    AmendmentPassed: ({ amendment, readyAt, until }) => {
      const one = this.#known(amendment);
      if (one === undefined) return;
      const { now } = this.#state.ground;
      if (!this.#ripe.delete(amendment)) this.#insist(one);
      const due = now + this.#site.delay;
      if (readyAt !== BigInt(due) || until !== BigInt(due + this.#site.grace)) {
        const figures = { expected: tell.time(due), found: String(readyAt) };
        this.#find("AmendmentWrong", amendment, `it can be executed from ${figures.found}`, figures);
      }
      one.readyAt = Number(readyAt);
    },
    AmendmentExecuted: ({ amendment }) => {
      const one = this.#known(amendment);
      if (one === undefined) return;
      const { now } = this.#state.ground;
      if (one.readyAt === 0 || one.executed) {
        const why = one.executed ? "it had been before" : "it had not passed";
        this.#find("AmendmentUnpassed", amendment, `it was executed, and ${why}`);
      } else if (now < one.readyAt || this.#lapsed(one)) {
        const until = tell.time(one.readyAt + this.#site.grace);
        const figures = { expected: `${tell.time(one.readyAt)} to ${until}`, found: tell.time(now) };
        this.#find("AmendmentUntimely", amendment, `it was executed at ${figures.found}`, figures);
      }
      one.executed = true;
      one.targets.forEach((target, i) => this.#acts.did(this.address, target, one.calldatas[i]!));
      if (one.text === NO_TEXT) return;
      const charter = this.#state.site.charter.toLowerCase();
      this.#acts.did(this.address, charter, callOf("pinText(bytes32)", [one.text]));
    },
  };

  all(): Iterable<AmendmentState> {
    return this.#amendments.values();
  }

  endTransaction(): void {
    for (const id of this.#ripe) {
      this.#find("AmendmentWrong", id, "it has all it needs, and is not said to have passed");
    }
    this.#ripe.clear();
  }

  /** Takes a chamber's decision, which passes it where the other chamber's still counts. */
  #decide(
    id: string,
    mine: "ratifiedAt" | "approvedAt" | "insistedAt",
    verb: string,
    other?: "ratifiedAt" | "approvedAt",
  ): AmendmentState | undefined {
    const one = this.#known(id);
    if (one === undefined) return undefined;
    if (one.readyAt !== 0) this.#find("AmendmentWrong", id, "it was decided on after it had passed");
    this.#acts.need({ target: this.address, verb, args: [id], what: `Amendment ${id} was decided on` });
    if (other === undefined) return one;
    one[mine] = this.#state.ground.now;
    if (this.#counts(one[other])) this.#ripe.add(id);
    return one;
  }

  /** It passes without both decisions where the Assembly insists a second time, after a while. */
  #insist(one: AmendmentState): void {
    const { now } = this.#state.ground;
    const first = one.insistedAt;
    if (!this.#counts(first) || now < first + INSIST_AFTER) {
      const why = [
        `ratified ${one.ratifiedAt === 0 ? "never" : tell.time(one.ratifiedAt)}`,
        `approved ${one.approvedAt === 0 ? "never" : tell.time(one.approvedAt)}`,
        `first insisted on ${first === 0 ? "never" : tell.time(first)}`,
      ];
      this.#find("AmendmentUnratified", one.id, `it is said to have passed, and was ${why.join(", ")}`);
      return;
    }
    const what = `Amendment ${one.id} was insisted on`;
    this.#acts.need({ target: this.address, verb: "insist(bytes32)", args: [one.id], what });
  }

  #counts(since: number): boolean {
    return since !== 0 && this.#state.ground.now <= since + TERM;
  }

  #lapsed({ readyAt }: AmendmentState): boolean {
    return readyAt !== 0 && this.#state.ground.now > readyAt + this.#site.grace;
  }

  #known(id: string): AmendmentState | undefined {
    const one = this.#amendments.get(id);
    if (one === undefined) this.#find("AmendmentUnknown", id, "nobody proposed it");
    return one;
  }

  #find(
    code: FindingCode,
    id: string,
    why: string,
    figures: { expected?: string; found?: string } = {},
  ): void {
    this.#state.ground.find(code, `Of amendment ${id}: ${why}.`, { found: id, ...figures });
  }
}
