import { expect } from "chai";
import { startEmbeddedChain, type EmbeddedChain } from "../../../../src/cli/network/chain.ts";
import { deployConsortium } from "../../../../src/cli/network/deploy.ts";
import { handOver } from "../../../../src/cli/network/handover.ts";
import { loadPreset } from "../../../../src/cli/network/preset.ts";
import { COMMONS } from "../../../../src/core/ids.ts";
import { openConsortium } from "../../../../src/sdk/consortium.ts";
import { verifyRights } from "../../../../src/sdk/handedOver.ts";
import { sendAppointment } from "../../../../src/sdk/keys.ts";
import { listSeats } from "../../../../src/sdk/seats.ts";
import { rejectionCode } from "../../../support/records.ts";

describe("handOver", () => {
  let chain: EmbeddedChain;
  before(async () => {
    chain = await startEmbeddedChain();
  });
  after(() => chain.stop());

  it("leaves a deployed preset to its chambers, the deployer with nothing", async () => {
    const [deployer, registrar, ...others] = chain.accounts;
    const preset = await loadPreset("default");
    const keys = others.map(({ address }) => address);
    const founders = { council: keys.slice(0, 12), board: keys.slice(12, 18) };
    const roles = { registrar: registrar!.address };
    const deployment = await deployConsortium({ signer: deployer!, preset, roles, founders });
    const consortium = await openConsortium(deployment, chain.provider, deployer);
    const own = { member: COMMONS, key: deployer!.address, payee: deployer!.address };
    await sendAppointment(consortium, { ...own, rights: ["post"] });
    const seats = await listSeats(consortium, { body: "council", constituency: 3 });
    expect(seats.map(({ delegate, founding }) => [delegate, founding])).to.deep.equal(
      [3, 6, 9, 12].map((delegate) => [delegate, true]),
    );

    const { vetoTime, deployerRights } = await verifyRights(consortium);
    expect(deployerRights).to.equal(10);
    const short = handOver(consortium, { signer: deployer!, boardDelay: vetoTime });
    expect(await rejectionCode(short)).to.equal("HandoverDelayShort");
    const { boardDelay } = preset.governance;
    const foreign = handOver(consortium, { signer: registrar!, boardDelay });
    expect(await rejectionCode(foreign)).to.equal("HandoverNotAdmin");

    await handOver(consortium, { signer: deployer!, boardDelay, offices: { guardian: [keys[0]!] } });
    const report = await verifyRights(consortium);
    expect(report.violations).to.deep.equal([]);
    expect([report.deployerRights, report.house.length]).to.deep.equal([0, 11]);
    expect(report.officers).to.have.length(1);
  });
});
