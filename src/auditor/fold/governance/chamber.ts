import { hexlify } from "ethers";
import { voterOf } from "../../../core/voter.ts";
import type { ChamberSite } from "../../chain/governance.ts";
import { ADMIN } from "../charter.ts";
import { tell } from "../ground.ts";
import { operationId, type OperationFold } from "../operations.ts";
import type { FoldState } from "../state.ts";
import { selectorOf, type Acts } from "./acts.ts";
import type { Electorate } from "./electorate.ts";
import { PetitionFold } from "./petitions.ts";
import { identify, type Proposal, type ProposalCreated, type ProposalStage } from "./proposals.ts";
import { ChamberSettings } from "./settings.ts";
import { isLive, Stages } from "./stages.ts";
import { TallyFold } from "./tally.ts";
import { voteGround, type VoteGround } from "./votes.ts";

export interface ChamberEvents {
  ProposalCreated: ProposalCreated;
  ProposalWeighed: {
    proposalId: bigint;
    subject: bigint;
    quorumBps: bigint;
    halvings: bigint;
    twoThirds: boolean;
  };
  ProposalQueued: { proposalId: bigint; etaSeconds: bigint };
  ProposalExecuted: { proposalId: bigint };
}

const NEED_TWO_THIRDS = ["ratify(bytes32)", "insist(bytes32)"].map(selectorOf);
/** What a chamber may ask of the charter itself. */
const OPEN = [
  "cancel(address,address,bytes)",
  "grantRole(uint64,address,uint32)",
  "revokeRole(uint64,address)",
].map(selectorOf);
const PROPOSE = "propose(address[],uint256[],bytes[],string)";

/** How a chamber's calls are delayed: how long, or not at all for what is not the charter's affair. */
export type DelayOf = (caller: string, target: string, selector: string) => number | undefined;

/** A house that decides by vote. Twin of contracts/governance/Chamber.sol and House.sol. */
export class ChamberFold {
  readonly address: string;
  readonly name: string;
  readonly electorate: Electorate;
  readonly settings: ChamberSettings;
  readonly tally: TallyFold;
  readonly stages: Stages;
  readonly handlers: object;
  readonly #site: ChamberSite;
  readonly #votes: VoteGround;
  readonly #acts: Acts;
  readonly #operations: OperationFold;
  readonly #delayOf: DelayOf;
  readonly #petitions: PetitionFold;
  readonly #proposals = new Map<bigint, Proposal>();
  /** The last proposal of each voter, and the one from which repeats of the same calls count. */
  readonly #lastOf = new Map<number, Proposal>();
  readonly #anchors = new Map<bigint, Proposal>();

  constructor(
    state: FoldState,
    site: ChamberSite,
    electorate: Electorate,
    acts: Acts,
    operations: OperationFold,
    delayOf: DelayOf,
  ) {
    this.#site = site;
    this.address = site.address;
    this.name = site.name;
    this.electorate = electorate;
    this.#votes = voteGround(state, site, electorate);
    this.#acts = acts;
    this.#operations = operations;
    this.#delayOf = delayOf;
    this.settings = new ChamberSettings(site.address);
    this.stages = new Stages(electorate, operations);
    this.#petitions = new PetitionFold(this.#votes, this.settings);
    this.tally = new TallyFold(
      this.#votes,
      this.settings,
      (id) => this.#known(id),
      (one) => this.stages.at(one, state.ground.now),
    );
    this.handlers = {
      ...this.settings.handlers,
      ...this.#petitions.handlers,
      ...this.tally.handlers,
      ...this.own,
    };
  }

  readonly own: { [K in keyof ChamberEvents]: (event: ChamberEvents[K]) => void } = {
    ProposalCreated: (event) => {
      const { state } = this.#votes;
      const { now } = state.ground;
      state.counts.proposals += 1;
      const { id, subject } = identify(event);
      if (id !== event.proposalId || this.#proposals.has(id)) {
        this.#find("ProposalWrong", event.proposalId, "its id is not that of its calls and description");
      }
      const [snapshot, voteEnd] = [Number(event.voteStart), Number(event.voteEnd)];
      const due = now + this.settings.votingDelay;
      if (snapshot !== due || voteEnd !== due + this.settings.votingPeriod) {
        const expected = `${tell.time(due)} to ${tell.time(due + this.settings.votingPeriod)}`;
        const found = `${tell.time(snapshot)} to ${tell.time(voteEnd)}`;
        this.#find("ProposalWrong", event.proposalId, `it is voted on from ${found}`, expected, found);
      }
      const calldatas = event.calldatas.map((data) => hexlify(data));
      const proposal: Proposal = {
        ...{ id: event.proposalId, proposer: event.proposer, targets: event.targets, calldatas },
        ...{ snapshot, voteEnd, extended: 0, subject, eta: 0, operations: [], executed: false },
        ...{ delay: this.#planned(event.targets, calldatas), quorumBps: 0, halvings: 0, twoThirds: false },
        ...{ votes: { against: 0n, for: 0n, abstain: 0n }, voted: new Set<number>() },
      };
      this.#checkProposer(proposal);
      this.#proposals.set(proposal.id, proposal);
    },
    ProposalWeighed: (event) => {
      const one = this.#known(event.proposalId);
      if (one === undefined) return;
      const { halvings, anchors } = this.stages.repeat(
        this.#anchors.get(one.subject),
        this.#votes.state.ground.now,
      );
      const twoThirds = this.#needsTwoThirds(one);
      const { quorumBps } = this.settings;
      const spell = (...figures: readonly unknown[]): string =>
        `subject ${String(figures[0])}, quorum ${String(figures[1])} / 2^${String(figures[2])}, two thirds ${String(figures[3])}`;
      const expected = spell(one.subject, quorumBps, halvings, twoThirds);
      const found = spell(event.subject, event.quorumBps, event.halvings, event.twoThirds);
      if (expected !== found) {
        this.#find(
          "ProposalWeighedWrong",
          one.id,
          "it needs something else than the rules say",
          expected,
          found,
        );
      }
      if (anchors) this.#anchors.set(one.subject, one);
      one.quorumBps = Number(event.quorumBps);
      one.halvings = Number(event.halvings);
      one.twoThirds = event.twoThirds;
    },
    ProposalQueued: ({ proposalId, etaSeconds }) => {
      const one = this.#known(proposalId);
      if (one === undefined) return;
      const { now } = this.#votes.state.ground;
      this.#mustBe(one, "succeeded", "queued");
      if (etaSeconds !== BigInt(now + one.delay) || one.delay === 0) {
        const [expected, found] = [String(now + one.delay), String(etaSeconds)];
        this.#find("ProposalDelayWrong", one.id, `it waits until ${found} after its vote`, expected, found);
      }
      one.eta = Number(etaSeconds);
      one.operations = one.targets
        .map((target, i) => operationId(this.address, target, one.calldatas[i]!))
        .filter((id) => this.#operations.get(id)?.tx === this.#votes.state.ground.place.tx);
    },
    ProposalExecuted: ({ proposalId }) => {
      const one = this.#known(proposalId);
      if (one === undefined) return;
      const { now } = this.#votes.state.ground;
      this.#mustBe(one, one.delay > 0 ? "queued" : "succeeded", "executed");
      if (now < one.eta) {
        const figures = [tell.time(one.eta), tell.time(now)] as const;
        this.#find("ProposalDelayWrong", one.id, `it was executed before its time`, ...figures);
      }
      one.executed = true;
      this.#anchors.delete(one.subject);
      one.targets.forEach((target, i) => this.#acts.did(this.address, target, one.calldatas[i]!));
    },
  };

  all(): Iterable<Proposal> {
    return this.#proposals.values();
  }

  endTransaction(): void {
    this.tally.endTransaction();
    this.#petitions.endTransaction();
  }

  /** A voter with the votes and nothing else before the house; enough signatories; or the sponsor. */
  #checkProposer(one: Proposal): void {
    const { now } = this.#votes.state.ground;
    if (one.proposer === this.address) {
      if (!this.#petitions.filed(one.id))
        this.#find("ProposerUnentitled", one.id, "no petition was filed for it");
      return;
    }
    if (one.proposer === this.#site.sponsor) {
      this.#acts.need({
        ...{ target: this.address, verb: PROPOSE, args: [], holders: [one.proposer] },
        what: `Proposal ${short(one.id)} was put to ${this.name} by its sponsor`,
      });
      return;
    }
    const named = voterOf(one.proposer);
    if (named?.sort !== this.electorate.sort) {
      this.#find("ProposerUnentitled", one.id, `${one.proposer} is no voter of the house`);
      return;
    }
    const { voter } = named;
    const votes = this.electorate.votesAt(voter, now - 1);
    const needed = this.settings.threshold > 1n ? this.settings.threshold : 1n;
    if (votes < needed) {
      const figures = [String(needed), String(votes)] as const;
      this.#find("ProposerUnentitled", one.id, `voter ${voter} had ${votes} votes`, ...figures);
    }
    const last = this.#lastOf.get(voter);
    if (last !== undefined && isLive(this.stages.at(last, now))) {
      this.#find("ProposerUnentitled", one.id, `voter ${voter} had another proposal before the house`);
    }
    this.#lastOf.set(voter, one);
  }

  /** How long its calls have to wait, by what the charter says when it is made. */
  #planned(targets: readonly string[], calldatas: readonly string[]): number {
    let delay = this.settings.baseDelay;
    targets.forEach((target, i) => {
      const data = calldatas[i]!;
      if (data.length < 10) return;
      const selector = data.slice(0, 10);
      if (this.settings.ignores(target, selector)) return;
      delay = Math.max(delay, this.#delayOf(this.address, target, selector) ?? 0);
    });
    return delay;
  }

  #needsTwoThirds(one: Proposal): boolean {
    const { charter, site } = this.#votes.state;
    let needed = false;
    one.targets.forEach((target, i) => {
      const selector = one.calldatas[i]!.padEnd(10, "0").slice(0, 10);
      if (target === site.charter.toLowerCase()) {
        if (!OPEN.includes(selector)) {
          this.#find("ProposalWrong", one.id, `it calls ${selector} of the charter, which no chamber may`);
        }
      } else if (NEED_TWO_THIRDS.includes(selector) && charter.holds(ADMIN, target)) needed = true;
    });
    return needed;
  }

  #mustBe(one: Proposal, expected: ProposalStage, became: string): void {
    const found = this.stages.at(one, this.#votes.state.ground.now);
    if (found === expected) return;
    const { against, for: support, abstain } = one.votes;
    const why = `it was ${found} with ${support} for, ${against} against and ${abstain} abstaining`;
    this.#find("ProposalUnpassed", one.id, `it was ${became}, and ${why}`, expected, found);
  }

  #known(id: bigint): Proposal | undefined {
    const one = this.#proposals.get(id);
    if (one === undefined) this.#find("ProposalUnknown", id, "nobody made it");
    return one;
  }

  #find(
    code: Parameters<FoldState["ground"]["find"]>[0],
    id: bigint,
    why: string,
    expected?: string,
    found = short(id),
  ): void {
    const message = `Of proposal ${short(id)} of ${this.name}: ${why}.`;
    this.#votes.state.ground.find(code, message, { ...(expected === undefined ? {} : { expected }), found });
  }
}

/** A proposal's id, as people can tell it. */
export const short = (id: bigint): string => `${id.toString(16).padStart(64, "0").slice(0, 8)}…`;
