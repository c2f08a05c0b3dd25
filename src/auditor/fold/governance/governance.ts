import type { Interface } from "ethers";
import {
  Admissions__factory,
  Amendments__factory,
  Chamber__factory,
  Delegates__factory,
  Elections__factory,
  Seats__factory,
  Voice__factory,
} from "../../../chain/types/index.ts";
import type { MemberId } from "../../../core/ids.ts";
import type { GovernanceSite } from "../../chain/governance.ts";
import { ADMIN } from "../charter.ts";
import { OperationFold } from "../operations.ts";
import type { FoldState } from "../state.ts";
import { Acts, selectorOf } from "./acts.ts";
import { AdmissionsFold } from "./admissions.ts";
import { AmendmentsFold } from "./amendments.ts";
import { Authority } from "./authority.ts";
import { ChamberFold } from "./chamber.ts";
import { DelegatesFold } from "./delegates.ts";
import type { Electorate } from "./electorate.ts";
import { ElectionsFold } from "./elections.ts";
import { RESTRICTED, showing } from "./restricted.ts";
import { settleSeats } from "./seating.ts";
import { SeatsFold } from "./seats.ts";
import { VoiceFold } from "./voice.ts";

/** A contract whose logs are folded here. */
export interface GovernanceSource {
  readonly address: string;
  readonly name: string;
  readonly factory: { createInterface(): Interface };
  readonly handlers: object;
}

const NOTHING: GovernanceSite = {
  ...{ voices: [], delegates: [], seats: [], elections: [], chambers: [], amendments: [], admissions: [] },
};
const TOLD = new Set([
  ...["MemberAdmitted", "MemberSuspended", "MemberReinstated", "MemberLeft", "MemberClassified"],
  "TierScheduled",
]);

const CANCEL = "cancel(address,address,bytes)";

type Args = Readonly<Record<string, unknown>>;

/** How members govern: who votes, who sits, what was decided, and whether all that happened was. */
export class GovernanceFold {
  readonly acts: Acts;
  readonly authority: Authority;
  readonly operations: OperationFold;
  readonly voices = new Map<string, VoiceFold>();
  readonly delegates = new Map<string, DelegatesFold>();
  readonly seats = new Map<string, SeatsFold>();
  readonly elections: ElectionsFold[] = [];
  readonly chambers: ChamberFold[] = [];
  readonly amendments: readonly AmendmentsFold[];
  readonly admissions: readonly AdmissionsFold[];
  readonly #state: FoldState;
  /** The transaction in which each contract first spoke: the one that made it. */
  readonly #births = new Map<string, string>();
  /** Functions by contract and selector whose calls always show. */
  readonly #showing = new Set<string>();
  /** The rolls that the register tells of changes. */
  #roll: VoiceFold | undefined;

  constructor(state: FoldState) {
    this.#state = state;
    const { charter, ground, site } = state;
    const parts = site.governance ?? NOTHING;
    const bodies = [...parts.chambers, ...parts.amendments, ...parts.admissions].map((one) => one.address);
    this.authority = new Authority(ground, charter, site.charter, this.seats);
    const standsIn = this.authority.standsIn.bind(this.authority);
    const delayOf = this.authority.delayOf.bind(this.authority);
    const acting = new Set([...bodies, site.charter.toLowerCase()]);
    this.acts = new Acts(ground, charter, acting, standsIn, (target, selector) =>
      this.#showing.has(`${target}/${selector}`),
    );
    this.operations = new OperationFold(ground, delayOf);

    for (const one of parts.voices) this.voices.set(one.address, new VoiceFold(state, one));
    for (const one of parts.delegates) this.delegates.set(one, new DelegatesFold(ground, one));
    for (const one of parts.seats) {
      this.seats.set(one.address, new SeatsFold(state, one, this.delegates.get(one.delegates)!));
    }
    for (const one of parts.elections) {
      const [electorate, seats] = [this.#electorate(one.electorate), this.seats.get(one.seats)];
      if (electorate !== undefined && seats !== undefined) {
        this.elections.push(new ElectionsFold(state, one, electorate, seats));
      }
    }
    for (const one of parts.chambers) {
      const electorate = this.#electorate(one.electorate);
      if (electorate === undefined) continue;
      this.chambers.push(new ChamberFold(state, one, electorate, this.acts, this.operations, delayOf));
    }
    this.amendments = parts.amendments.map((one) => new AmendmentsFold(state, one, this.acts));
    this.admissions = parts.admissions.map((one) => new AdmissionsFold(state, one, this.acts));
    for (const { address, name } of this.sources()) this.#show(address, showing(name));
    const { register, schedule, ledger, resources, pricing, compensation, credit } = site;
    const others = {
      ...{ charter: site.charter, register, schedule, ledger, works: resources, "pricing desk": pricing },
      ...{ "compensation desk": compensation, "credit token": credit },
    };
    for (const [name, address] of Object.entries(others)) {
      if (address !== undefined) this.#show(address.toLowerCase(), showing(name));
    }
    this.#show(site.charter.toLowerCase(), [CANCEL]);
  }

  *sources(): Iterable<GovernanceSource> {
    const all = [
      ["voice", Voice__factory, this.voices.values()],
      ["delegates", Delegates__factory, this.delegates.values()],
      ["seats", Seats__factory, this.seats.values()],
      ["elections", Elections__factory, this.elections],
      ["chamber", Chamber__factory, this.chambers],
      ["amendments", Amendments__factory, this.amendments],
      ["admissions", Admissions__factory, this.admissions],
    ] as const;
    for (const [name, factory, folds] of all) {
      for (const { address, handlers } of folds) yield { address, name, factory, handlers };
    }
  }

  /** Takes any event of any contract before it takes effect: what only a right allows must have been decided. */
  notice(source: string, address: string, event: string, args: Args): void {
    const { ground, site } = this.#state;
    const { tx } = ground.place;
    const birth = this.#births.get(address);
    if (birth === undefined) this.#births.set(address, tx);
    if (source === "register") this.#tell(event, args);
    if (site.governance === undefined || birth === undefined || birth === tx) return;
    if (event === "AuthorityUpdated" && args["authority"] !== site.charter.toLowerCase()) {
      const found = String(args["authority"]);
      ground.find("AuthorityForeign", `The ${source} at ${address} now answers to ${found}.`, { found });
    }
    this.#need(source, address, event, args);
  }

  endTransaction(): void {
    for (const seats of this.seats.values()) {
      const due = this.elections.filter((one) => one.seats === seats).flatMap((one) => one.due);
      settleSeats(this.#state.ground, seats, due, this.acts);
      seats.endTransaction();
    }
    for (const one of this.elections) one.endTransaction();
    for (const one of this.voices.values()) one.endTransaction();
    for (const one of this.chambers) one.endTransaction();
    for (const one of this.amendments) one.endTransaction();
    this.acts.endTransaction();
  }

  #electorate(address: string): Electorate | undefined {
    return this.voices.get(address) ?? this.seats.get(address);
  }

  #show(address: string, verbs: readonly string[]): void {
    for (const verb of verbs) this.#showing.add(`${address}/${selectorOf(verb)}`);
  }

  /** Whoever asked for an act may take it back, administrators may, and guardians of the role that it needs. */
  #needVeto(id: string): void {
    const { charter, site } = this.#state;
    const operation = this.operations.get(id);
    if (operation === undefined) return;
    const { caller, target, data } = operation;
    const guardian = charter.guardianOf(charter.roleOf(target, data.slice(0, 10)));
    this.acts.need({
      ...{ target: site.charter.toLowerCase(), verb: CANCEL, args: [caller, target, data] },
      holders: [caller, ...charter.holdersOf(ADMIN), ...charter.holdersOf(guardian)],
      what: `The act ${id} of ${caller} was cancelled`,
    });
  }

  #need(source: string, target: string, event: string, args: Args): void {
    if (event === "OperationCanceled") this.#needVeto(String(args["operationId"]));
    const restricted = RESTRICTED[source]?.[event];
    if (restricted === undefined) return;
    const { charter } = this.#state;
    const { args: names, admin, ofRole } = restricted;
    const verb = event === "PostingPaused" ? this.#pausing(args) : restricted.verb;
    const values = names.map((name) => args[name]);
    const what = `${event} (${values.map(String).join(", ")}) at ${target}`;
    const role = admin ? ADMIN : ofRole ? charter.adminOf(args["roleId"] as bigint) : undefined;
    const self = event === "RoleRevoked" ? String(args["account"]) : undefined;
    this.acts.need({
      ...{ target, verb, args: values, what },
      ...(role === undefined ? {} : { role }),
      ...(self === undefined ? {} : { self }),
    });
  }

  /** A pause that ends at once is none: posting goes on. */
  #pausing({ until }: Args): string {
    return until === BigInt(this.#state.ground.now) ? "resumePosting()" : "pausePosting(uint40)";
  }

  #tell(event: string, args: Args): void {
    if (event === "RollBound") this.#roll = this.voices.get(String(args["roll"]));
    else if (TOLD.has(event)) this.#roll?.changed(args["member"] as MemberId);
  }
}
