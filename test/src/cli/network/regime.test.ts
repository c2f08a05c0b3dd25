import { expect } from "chai";
import { startEmbeddedChain, type EmbeddedChain } from "../../../../src/cli/network/chain.ts";
import { deployConsortium } from "../../../../src/cli/network/deploy.ts";
import { handOver } from "../../../../src/cli/network/handover.ts";
import { loadPreset } from "../../../../src/cli/network/preset.ts";
import { setRegime, type RegimeOptions } from "../../../../src/cli/network/regime.ts";
import { reliefFrom } from "../../../../src/cli/network/reliefs.ts";
import { COMMONS, serviceId } from "../../../../src/core/ids.ts";
import { parseCredits as c } from "../../../../src/core/money.ts";
import { addMonths, parsePeriod, periodStart } from "../../../../src/core/period.ts";
import { listAttestors } from "../../../../src/sdk/attestors.ts";
import { openConsortium, type Consortium } from "../../../../src/sdk/consortium.ts";
import { verifyRights } from "../../../../src/sdk/handedOver.ts";
import { readKey, sendAppointment } from "../../../../src/sdk/keys.ts";
import { listReliefs, sendRelief } from "../../../../src/sdk/reliefs.ts";
import { isCommercial } from "../../../../src/sdk/resources.ts";
import { readDescription, readPrice, sendDescription } from "../../../../src/sdk/schedules.ts";
import { rejectionCode } from "../../../support/records.ts";

const FIRST = parsePeriod("2028-04");

describe("setRegime", function () {
  this.timeout(120_000);

  let chain: EmbeddedChain;
  beforeEach(async () => {
    chain = await startEmbeddedChain({ timestamp: periodStart(addMonths(FIRST, -1)) + 86_400 });
  });
  afterEach(() => chain.stop());

  /** A preset's deployment, and what it takes to put the preset in force. */
  async function deployed(name: string): Promise<{ consortium: Consortium; options: RegimeOptions }> {
    const preset = await loadPreset(name);
    const deployer = chain.accounts[0]!;
    const deployment = await deployConsortium({ signer: deployer, preset });
    const consortium = await openConsortium(deployment, chain.provider, deployer);
    return { consortium, options: { preset, from: FIRST } };
  }

  it("prices by the supplier's class, and says whose kind is in business", async () => {
    const { consortium, options } = await deployed("oclc");
    await setRegime(consortium, options);
    const loan = serviceId(1);
    expect((await readPrice(consortium, FIRST, loan, 3, 1))?.price).to.equal(c("20.00"));
    expect(await readPrice(consortium, FIRST, loan, 1, 3)).to.include({ price: c("10.00"), fee: c("0.26") });
    expect(await readPrice(consortium, addMonths(FIRST, -1), loan, 1, 3)).to.equal(undefined);
    await chain.setTime(periodStart(FIRST) + 1);
    expect([await isCommercial(consortium, 1), await isCommercial(consortium, 2)]).to.deep.equal([
      false,
      true,
    ]);
  });

  it("relieves regions, and lets attest whom the preset knows", async () => {
    const { consortium, options } = await deployed("calis");
    const key = chain.accounts[5]!.address;
    const strange = setRegime(consortium, { ...options, attestors: { Experts: key } });
    expect(await rejectionCode(strange)).to.equal("AttestorUnknown");
    const regime = await setRegime(consortium, { ...options, attestors: { "Expert committee": key } });
    const reliefs = await listReliefs(consortium);
    expect(reliefs.map(({ relief, region, share }) => [relief, region, share])).to.deep.equal([
      [regime.reliefs[0], 1, 10_000],
      [regime.reliefs[1], 2, 5_000],
    ]);
    expect(await listAttestors(consortium)).to.deep.equal([{ key, services: [4], countersigns: true }]);
    expect(await readDescription(consortium, serviceId(1))).to.include({ unit: "page", act: "reproduce" });
  });

  it("goes on where an earlier run broke off", async () => {
    const { consortium, options } = await deployed("calis");
    const { preset, from } = options;
    await sendDescription(consortium, preset.descriptions[0]!);
    await sendAppointment(consortium, {
      ...{ member: COMMONS, key: chain.accounts[5]!.address, payee: chain.accounts[5]!.address },
      rights: ["post", "cash"],
    });
    const { relief } = await sendRelief(consortium, reliefFrom(preset.reliefs[1]!, from));
    const attestors = { "Expert committee": chain.accounts[5]!.address };
    const { reliefs } = await setRegime(consortium, { ...options, attestors });
    expect(reliefs).to.deep.equal([relief + 1, relief]);
    expect(await listReliefs(consortium)).to.have.length(2);
    // What its key could do before it still can.
    const { rights } = await readKey(consortium, COMMONS, chain.accounts[5]!.address);
    expect(rights).to.deep.equal(["post", "countersign", "cash"]);
  });

  it("opens a relief of other terms beside one that stands", async () => {
    const { consortium, options } = await deployed("calis");
    const [first] = options.preset.reliefs;
    await sendRelief(consortium, { ...reliefFrom(first!, options.from), cap: c("320.01") });
    expect((await setRegime(consortium, options)).reliefs).to.deep.equal([2, 3]);
  });

  it("does nothing where a service was described as something else", async () => {
    const { consortium, options } = await deployed("calis");
    const { service } = options.preset.descriptions[0]!;
    await sendDescription(consortium, { service, unit: "item", act: "lend" });
    const block = await chain.provider.getBlockNumber();
    expect(await rejectionCode(setRegime(consortium, options))).to.equal("ServiceDiffers");
    expect(await chain.provider.getBlockNumber()).to.equal(block);
  });

  it("opens grants for months of the schedule, and bounds the price of an order", async () => {
    const { consortium, options } = await deployed("nstl");
    const { grants } = await setRegime(consortium, options);
    const opened = await listReliefs(consortium);
    expect(opened.map(({ relief, kind, until }) => [relief, kind, until])).to.deep.equal([
      [grants[0], "grant", addMonths(FIRST, 6)],
      [grants[1], "grant", addMonths(FIRST, 7)],
    ]);
    const copy = (month: number) => readPrice(consortium, addMonths(FIRST, month), serviceId(1), 2, 1);
    expect(await copy(0)).to.include({ price: c("0.30"), minimum: c("1.00"), cap: c("30.00") });
    expect((await copy(4))?.price).to.equal(c("0.20"));
    expect((await copy(6))?.price).to.equal(c("0.30"));
  });

  for (const name of ["oclc", "calis", "nstl"]) {
    it(`finds nothing left to do where ${name} stands already`, async () => {
      const { consortium, options } = await deployed(name);
      const attestors = Object.fromEntries(
        options.preset.attestors.map(({ name: attestor }, at) => [attestor, chain.accounts[5 + at]!.address]),
      );
      const first = await setRegime(consortium, { ...options, attestors });
      const block = await chain.provider.getBlockNumber();
      expect(await setRegime(consortium, { ...options, attestors })).to.deep.equal(first);
      expect(await chain.provider.getBlockNumber()).to.equal(block);
    });

    it(`leaves ${name} to its chambers when it is handed over`, async () => {
      const { consortium, options } = await deployed(name);
      await setRegime(consortium, options);
      const { boardDelay } = (await loadPreset(name)).governance;
      await handOver(consortium, { signer: chain.accounts[0]!, boardDelay });
      const { violations, deployerRights } = await verifyRights(consortium);
      expect([violations, deployerRights]).to.deep.equal([[], 0]);
    });
  }
});
