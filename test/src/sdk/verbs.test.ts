import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import type { TransactionReceipt } from "ethers";
import { serviceId } from "../../../src/core/ids.ts";
import * as accounts from "../../../src/sdk/accounts.ts";
import * as agreements from "../../../src/sdk/agreements.ts";
import * as assets from "../../../src/sdk/assets.ts";
import * as attestors from "../../../src/sdk/attestors.ts";
import * as admissions from "../../../src/sdk/admissions.ts";
import * as amendments from "../../../src/sdk/amendments.ts";
import * as awards from "../../../src/sdk/awards.ts";
import * as charter from "../../../src/sdk/charter.ts";
import * as choices from "../../../src/sdk/choices.ts";
import * as claims from "../../../src/sdk/claims.ts";
import * as commitments from "../../../src/sdk/commitments.ts";
import * as compensation from "../../../src/sdk/compensation.ts";
import type { Consortium } from "../../../src/sdk/consortium.ts";
import * as delegates from "../../../src/sdk/delegates.ts";
import * as disputes from "../../../src/sdk/disputes.ts";
import * as elections from "../../../src/sdk/elections.ts";
import * as grants from "../../../src/sdk/grants.ts";
import * as invoices from "../../../src/sdk/invoices.ts";
import * as keys from "../../../src/sdk/keys.ts";
import * as members from "../../../src/sdk/members.ts";
import * as periods from "../../../src/sdk/periods.ts";
import * as proposals from "../../../src/sdk/proposals.ts";
import * as redemptions from "../../../src/sdk/redemptions.ts";
import * as reliefs from "../../../src/sdk/reliefs.ts";
import * as resources from "../../../src/sdk/resources.ts";
import * as reversals from "../../../src/sdk/reversals.ts";
import * as schedules from "../../../src/sdk/schedules.ts";
import * as seats from "../../../src/sdk/seats.ts";
import * as statements from "../../../src/sdk/statements.ts";
import type { PreparedCall } from "../../../src/sdk/verb.ts";
import * as voice from "../../../src/sdk/voice.ts";
import { c } from "../../support/statements.ts";
import { useWorld } from "../../support/world.ts";
import { BALANCE_CASES, CONDITION } from "./balanceCases.ts";
import { GOVERNANCE_CASES } from "./governanceCases.ts";
import { CASES as LEDGER_CASES } from "./verbCases.ts";

/** What a verb's sending half answers with: a receipt, or something that holds one. */
type Sent = TransactionReceipt | { receipt: TransactionReceipt };
type Halves = Record<string, (consortium: Consortium, input: unknown) => Promise<PreparedCall | Sent>>;
const sdk = {
  ...accounts,
  ...admissions,
  ...amendments,
  ...agreements,
  ...assets,
  ...attestors,
  ...awards,
  ...charter,
  ...choices,
  ...claims,
  ...commitments,
  ...compensation,
  ...delegates,
  ...disputes,
  ...elections,
  ...grants,
  ...invoices,
  ...keys,
  ...members,
  ...periods,
  ...proposals,
  ...redemptions,
  ...reliefs,
  ...resources,
  ...reversals,
  ...schedules,
  ...seats,
  ...statements,
  ...voice,
} as unknown as Halves;

const CASES = [...LEDGER_CASES, ...BALANCE_CASES, ...GOVERNANCE_CASES];

describe("the SDK's verbs", () => {
  const world = useWorld();

  it("are all in this table", () => {
    const names = (half: string) =>
      Object.keys(sdk)
        .filter((name) => name.startsWith(half))
        .map((name) => name.slice(half.length))
        .sort();
    // Drafts take their prices and their version apart; they have tests of their own below.
    const table = [...CASES.map(({ verb }) => verb), "Draft", "ConditionalDraft"].sort();
    expect(names("prepare")).to.deep.equal(table);
    expect(names("send")).to.deep.equal(table);
    const folder = new URL("../../../src/sdk/", import.meta.url);
    const source = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), "utf8"));
    const written = [...source.join("\n").matchAll(/\bprepare([A-Z]\w*)/g)].map(([, name]) => name!);
    expect([...new Set(written)].sort(), "verbs in files this test does not import").to.deep.equal(table);
  });

  for (const { verb, as, given, input } of CASES) {
    it(`send${verb} sends what prepare${verb} prepares`, async () => {
      const w = world();
      await given?.(w);
      const [consortium, value] = [as(w), await input(w)];
      const prepared = (await sdk[`prepare${verb}`]!(consortium, value)) as PreparedCall;
      expect(Object.keys(prepared)).to.deep.equal(["to", "data"]);
      const sent = (await sdk[`send${verb}`]!(consortium, value)) as Sent;
      const { hash, status } = "receipt" in sent ? sent.receipt : sent;
      const transaction = await w.admin.provider.getTransaction(hash);
      expect(status).to.equal(1);
      expect([transaction?.to, transaction?.data]).to.deep.equal([prepared.to, prepared.data]);
    });
  }

  it("sendDraft sends what prepareDraft prepares", async () => {
    const w = world();
    const prices = [{ service: serviceId(1), tier: 1, price: c("1"), fee: c("0") }];
    const prepared = await schedules.prepareDraft(w.admin, { version: 0n, prices });
    const { version, receipt } = await schedules.sendDraft(w.admin, prices);
    expect(version).to.equal(2n);
    expect((await w.admin.provider.getTransaction(receipt.hash))?.data).to.equal(prepared.data);
  });

  it("sendConditionalDraft sends what prepareConditionalDraft prepares", async () => {
    const w = world();
    const prepared = await schedules.prepareConditionalDraft(w.admin, { version: 0n, prices: [CONDITION] });
    const { version, receipt } = await schedules.sendConditionalDraft(w.admin, [CONDITION]);
    expect(version).to.equal(2n);
    expect((await w.admin.provider.getTransaction(receipt.hash))?.data).to.equal(prepared.data);
    expect(await schedules.readVersion(w.admin, 2)).to.deep.equal({ prices: [], conditions: [CONDITION] });
  });
});
