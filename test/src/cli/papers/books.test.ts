import { expect } from "chai";
import { createEngine } from "../../../../src/auditor/engine/engine.ts";
import { FindingList } from "../../../../src/auditor/finding.ts";
import { netFlow } from "../../../../src/auditor/flows.ts";
import { Fold } from "../../../../src/auditor/fold/fold.ts";
import { FoldState } from "../../../../src/auditor/fold/state.ts";
import {
  Advances__factory,
  Claims__factory,
  Compensation__factory,
  CreditToken__factory,
  Ledger__factory,
  Pricing__factory,
  Reversals__factory,
} from "../../../../src/chain/types/index.ts";
import { checkBooks } from "../../../../src/cli/papers/checkBooks.ts";
import { readLedgerFacts, type LedgerFacts } from "../../../../src/cli/papers/ledgerFacts.ts";
import { RULES } from "../../../../src/cli/papers/logRules.ts";
import { ConsortiaError } from "../../../../src/core/error.ts";
import { COMMONS, type MemberId } from "../../../../src/core/ids.ts";
import type { PeriodId } from "../../../../src/core/period.ts";
import { consortiumEntry } from "../../../../src/documents/journal/consortium.ts";
import { effectsOf } from "../../../../src/documents/journal/effects.ts";
import { closingOf } from "../../../../src/documents/journal/entry.ts";
import { journalOf } from "../../../../src/documents/journal/journal.ts";
import { memberEntry } from "../../../../src/documents/journal/member.ts";
import type { FactKind, Movement } from "../../../../src/documents/journal/movement.ts";
import { gainsOf, type Gains } from "../../../../src/documents/statement/gains.ts";
import { readAccount } from "../../../../src/sdk/accounts.ts";
import { record } from "../../../support/auditing.ts";
import type { Balanced } from "../../../support/balanced.ts";
import { createPapered, STRAY } from "../../../support/papered.ts";
import { NOVEMBER } from "../../../support/pricing.ts";
import { c } from "../../../support/statements.ts";

/** Every kind of movement there is; a new one fails to type-check until the world below makes it happen. */
const KINDS: Readonly<Record<FactKind, true>> = {
  ...{ charged: true, relieved: true, granted: true, royalty: true, givenBack: true, deposited: true },
  ...{ withdrawn: true, debtAcknowledged: true, debtPaid: true, debtCancelled: true, advanced: true },
  ...{ advanceReturned: true, bondLocked: true, bondReleased: true, setAside: true, compensated: true },
  ...{
    grantReturned: true,
    promised: true,
    letOff: true,
    paidIn: true,
    issued: true,
    burnt: true,
    paidOut: true,
  },
};

/** Events that move no money, or tell of what another event of the same transaction moves. */
const MONEYLESS: Readonly<Record<string, readonly string[]>> = {
  ledger: [
    ...["StatementSkipped", "AccountSynced", "AccountWatched", "WithdrawalAnnounced", "PeriodClosed"],
    ...["PostingPaused", "AuthorityUpdated", "EIP712DomainChanged"],
  ],
  pricing: [
    ...["ReliefOpened", "ReliefEnded", "GrantOpened", "GrantFunded", "GrantReturned", "AttestorAccredited"],
    ...["LedgerBound", "AuthorityUpdated"],
  ],
  claims: [
    ...["ClaimOpened", "ClaimDisputed", "ClaimAccepted", "ReceiptsShown", "ClaimAwarded", "ClaimAppealed"],
    ...["ClaimRuled", "ClaimEnded", "LedgerBound", "AuthorityUpdated"],
  ],
  reversals: ["RecordsRefunded", "StatementRefunded", "DuplicateReversed", "LedgerBound", "AuthorityUpdated"],
  advances: ["InvoiceRaised", "InvoicePaid", "LedgerBound", "AuthorityUpdated"],
  compensation: ["CompensationNamed", "Compensated", "CompensationLapsed", "LedgerBound", "AuthorityUpdated"],
  credit: ["RedemptionOpened", "Approval", "AuthorityUpdated"],
};

const ABIS = {
  ...{ ledger: Ledger__factory, pricing: Pricing__factory, claims: Claims__factory },
  ...{ reversals: Reversals__factory, advances: Advances__factory, compensation: Compensation__factory },
  credit: CreditToken__factory,
};

describe("the books of a ledger", () => {
  let world: Balanced;
  let facts: LedgerFacts;
  before(async function () {
    this.timeout(120_000);
    world = await createPapered();
    facts = await readLedgerFacts(world.ethers.provider, world.deployment);
  });
  after(() => world.close());

  const months = () => [...facts.closes.keys()];

  it("know every event that the contracts can log, as moving money or as moving none", () => {
    for (const [from, factory] of Object.entries(ABIS)) {
      const events: string[] = [];
      factory.createInterface().forEachEvent(({ name }) => events.push(name));
      const known = [...Object.keys(RULES[from] ?? {}), ...(MONEYLESS[from] ?? [])];
      expect(
        events.filter((name) => !known.includes(name)),
        from,
      ).to.deep.equal([]);
    }
  });

  it("hold a movement for each log at which the auditor's fold moves an account", async () => {
    const { site, blocks } = await record(world);
    const state = new FoldState(site, createEngine({ threads: 0 }), new FindingList(), undefined);
    const moved = new Set<string>();
    const count = state.count.bind(state);
    state.count = (...flow) => {
      const { block, logIndex } = state.ground.place;
      moved.add(`${block}/${logIndex}`);
      count(...flow);
    };
    const fold = new Fold(state);
    for (const block of blocks) fold.take(block);
    const told = new Set(facts.movements.map(({ block, log }) => `${block}/${log}`));
    expect(moved.size).to.be.greaterThan(30);
    expect([...moved].filter((place) => !told.has(place))).to.deep.equal([]);
  });

  it("are tried on everything that moves money", () => {
    const kinds = new Set(facts.movements.map(({ kind }) => kind));
    expect(Object.keys(KINDS).filter((kind) => !kinds.has(kind as FactKind))).to.deep.equal([]);
  });

  it("agree with the chain's views at every close", async () => {
    expect(months()).to.have.length.greaterThan(5);
    for (const [month, { block }] of facts.closes) {
      const checked = await checkBooks(facts, block);
      expect(checked.figures, String(month)).to.be.greaterThan(3);
    }
    const last = await checkBooks(facts, facts.closes.get(months().at(-1)!)!.block);
    expect(last.stray).to.equal(STRAY);
  });

  it("are compared at the newest block where the node forgot the close's state, and not at all where it fails", async () => {
    const { block } = facts.closes.get(NOVEMBER)!;
    const refusing = (code: string): LedgerFacts["node"] => ({
      ...facts.node,
      calls: (calls, at) =>
        at === facts.block ? facts.node.calls(calls, at) : Promise.reject(new ConsortiaError(code, "No.")),
    });
    const checked = await checkBooks({ ...facts, node: refusing("HistoryMissing") }, block);
    expect(checked.block).to.equal(facts.block);
    const failed = await checkBooks({ ...facts, node: refusing("NodeUnreachable") }, block).catch(
      (error: unknown) => error,
    );
    expect(failed).to.include({ code: "NodeUnreachable" });
  });

  it("refuse an asset of which less is held than the books say", async () => {
    const { block } = facts.closes.get(NOVEMBER)!;
    const short: LedgerFacts["node"] = {
      ...facts.node,
      calls: async (calls, at) => {
        const answers = await facts.node.calls(calls, at);
        const held = calls.findIndex(({ data }) => data.startsWith("0x70a08231"));
        return held < 0 ? answers : answers.with(held, `0x${"0".repeat(63)}1`);
      },
    };
    const error = await checkBooks({ ...facts, node: short }, block).catch((thrown: unknown) => thrown);
    expect(error).to.include({ code: "JournalUnbalanced" });
    expect((error as Error).message).to.include("for the settlement asset held");
  });

  it("move each account in each month as the auditor's fold does", () => {
    for (const member of accounts()) {
      const folded = new Map(facts.state.tally.months(member).map((one) => [one.period, netFlow(one.flows)]));
      for (const month of months()) {
        const moved = effects(month, member).reduce((sum, { amount }) => sum + amount, 0n);
        expect(moved, `account ${member} in ${month}`).to.equal(folded.get(month) ?? 0n);
      }
    }
  });

  it("settle for each member what its statement says: net, cash and position, conserved over all of them", async () => {
    for (const [month, { block }] of facts.closes) {
      const all = accounts().map((member) => gainsOf(facts.movements, member, [month, month], [], new Map()));
      for (const { member, net, closing, cash, debts, advances } of all) {
        const before = await readAccount(world.admin, member, block - 1);
        const told = { net, cash, debts, advances };
        const { position, ...found } = before;
        expect(told, `${member} in ${month}`).to.deep.equal({
          ...{ net: position, cash: found.cash, debts: found.debts, advances: found.advances },
        });
        const after = await readAccount(world.admin, member, block);
        expect(closing, `${member} after ${month}`).to.equal(after.position + after.cash);
      }
      const sum = (pick: (gains: Gains) => bigint) => all.reduce((total, one) => total + pick(one), 0n);
      expect(sum(({ net }) => net)).to.equal(0n);
      expect(sum(({ figures }) => figures.given + figures.drawn)).to.equal(0n);
      expect(sum(({ figures }) => figures.fees + figures.feesEarned)).to.equal(0n);
      expect(sum(({ figures }) => figures.relief + figures.grants + figures.reliefPaid)).to.equal(0n);
    }
  });

  it("price each line as it was charged, and tell what went to and came from the commons", () => {
    const november = NOVEMBER;
    const [bob, commons] = [world.bob.id, COMMONS].map((member) =>
      gainsOf(facts.movements, member, [november, november], [], new Map()),
    );
    expect(bob!.drawn.services).to.deep.equal([
      { service: 1, quantity: 2, gross: c("24"), fee: c("0.52") },
      { service: 2, quantity: 2, gross: c("10"), fee: c("0.52") },
      { service: 3, quantity: 2, gross: c("3"), fee: c("0") },
      { service: 4, quantity: 3, gross: c("3"), fee: c("0.3") },
    ]);
    expect([bob!.fromCommons, bob!.figures.grants, bob!.figures.relief]).to.deep.equal([
      c("3"),
      c("6"),
      c("12"),
    ]);
    expect(commons!.figures.drawn).to.equal(c("-5"));
  });

  it("balance, entry by entry and month by month, and open with what the month before closed with", () => {
    let before = new Map<string, bigint>();
    for (const month of months()) {
      const { balances } = journalOf(facts.movements, month, consortiumEntry);
      const list = balances.list();
      expect(list.reduce((sum, balance) => sum + balance.debits - balance.credits, 0n)).to.equal(0n);
      for (const balance of list) {
        expect(balance.opening).to.equal(before.get(`${balance.role}/${balance.member}`) ?? 0n);
      }
      before = new Map(list.map((balance) => [`${balance.role}/${balance.member}`, closingOf(balance)]));
    }
  });

  it("keep a member's own books to its account on the chain", async () => {
    const [month, close] = [...facts.closes].at(-1)!;
    for (const member of accounts()) {
      const { balances } = journalOf(facts.movements, month, (one) => memberEntry(one, member));
      const { position, cash, debts, advances } = await readAccount(world.admin, member, close.block);
      expect(balances.closing({ role: "cash" }), `cash of ${member}`).to.equal(position + cash);
      expect(balances.closing({ role: "payables" }), `debts of ${member}`).to.equal(-debts);
      expect(balances.closing({ role: "advancesOwed" }), `advances of ${member}`).to.equal(-advances);
    }
  });

  it("say what stood behind each refund, deposit and bond", () => {
    const of = <K extends FactKind>(kind: K) =>
      facts.movements.filter((one): one is Extract<Movement, { kind: K }> => one.kind === kind);
    expect(of("givenBack").map(({ of: ref }) => ref?.supplier)).to.deep.equal([3, 3, 3]);
    expect(of("deposited").filter(({ invoice }) => invoice === 1)).to.have.length(1);
    expect(of("deposited").filter(({ grant }) => grant === 2)).to.have.length(1);
    expect(of("bondReleased").map(({ member, supplier }) => [member, supplier])).to.deep.equal([
      [world.ada.id, world.ada.id],
      [1, world.ada.id],
    ]);
    expect(of("setAside").map(({ purpose }) => purpose)).to.deep.equal(["grants", "compensation"]);
    expect(of("charged").every(({ lines }) => lines !== undefined)).to.equal(true);
  });

  it("refuse where a movement is missing, doubled or of another amount, naming the account", async () => {
    const { block } = [...facts.closes.values()].at(-1)!;
    const edits: Readonly<Record<string, (movements: readonly Movement[], at: number) => Movement[]>> = {
      missing: (all, at) => all.toSpliced(at, 1),
      doubled: (all, at) => all.toSpliced(at, 0, all[at]!),
    };
    for (const [what, edit] of Object.entries(edits)) {
      for (const kind of Object.keys(KINDS) as FactKind[]) {
        // What grants bear moves between two of RELIEF's own accounts, and is found all the same.
        const at = facts.movements.findIndex((one) => one.kind === kind);
        const error = await checkBooks({ ...facts, movements: edit(facts.movements, at) }, block).then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        expect(error, `${kind} ${what}`).to.include({ code: "JournalUnbalanced" });
      }
    }
  });

  function accounts(): MemberId[] {
    return [...new Set(facts.movements.flatMap((one) => effectsOf(one).map(({ member }) => member)))];
  }

  function effects(month: PeriodId, member: MemberId) {
    return facts.movements
      .filter((one) => one.month === month)
      .flatMap((one) => effectsOf(one))
      .filter((one) => one.member === member);
  }
});
