import { expect } from "chai";
import { bootstrapHolders } from "../../../deploy/modules/Handover.ts";
import { ROLES } from "../../../src/core/roles.ts";
import { verifyRights } from "../../../src/sdk/handedOver.ts";
import { openConsortium } from "../../../src/sdk/consortium.ts";
import { COMMONS } from "../../../src/core/ids.ts";
import { BOARD_DELAY, handOverWorld } from "../../support/governing.ts";
import { rejectionCode } from "../../support/records.ts";
import { useWorld } from "../../support/world.ts";
import type { World } from "../../support/world.ts";

const DAY = 86_400;
const codes = async (w: World) => (await verifyRights(w.admin)).violations.map(({ code }) => code);

describe("verifyRights", () => {
  const world = useWorld();

  it("finds every right of the deployer before the handover", async () => {
    const report = await verifyRights(world().admin);
    expect(report.deployer).to.equal(await world().admin.signer?.getAddress());
    expect(report.deployerRights).to.equal(10);
    expect(report.violations.map(({ code }) => code)).to.include.members([
      "RightStray",
      "RightMissing",
      "GuardianWrong",
    ]);
  });

  describe("given a handover", () => {
    it("finds nothing: the deployer has no right left", async () => {
      await handOverWorld(world());
      const report = await verifyRights(world().admin);
      expect(report.violations).to.deep.equal([]);
      expect([report.deployerRights, report.officers]).to.deep.equal([0, []]);
      expect(report.house).to.have.length(11);
      expect(report.vetoTime).to.be.lessThan(BOARD_DELAY);
    });

    it("leaves the deployer unable to change anything", async () => {
      const w = world();
      const deployer = await w.admin.signer!.getAddress();
      await handOverWorld(w);
      await expect(w.charter.grantRole(0, deployer, 0)).to.be.revertedWithCustomError(
        w.charter,
        "AccessManagerUnauthorizedAccount",
      );
      await expect(w.register.suspend(w.bob.id)).to.be.revertedWithCustomError(
        w.register,
        "AccessManagedUnauthorized",
      );
    });

    it("lists who holds an office", async () => {
      await handOverWorld(world(), { offices: { arbiter: [world().stranger.address] } });
      const { violations, officers } = await verifyRights(world().admin);
      expect(violations).to.deep.equal([]);
      expect(officers.map(({ office, holder }) => [office, holder])).to.deep.equal([
        ["arbiter", world().stranger.address],
      ]);
    });
  });

  /** What somebody forgot or slipped in before the deployer let go, and what it is called. */
  const SLIPS: Record<string, [slip: (w: World) => Promise<unknown>, found: string[]]> = {
    "a key of COMMONS that the deployer keeps": [
      async (w) => {
        const deployer = await w.admin.signer!.getAddress();
        await w.register.appoint(COMMONS, deployer, 63, deployer);
      },
      ["ReservedKeyStray"],
    ],
    "a function given to another role": [
      (w) => w.charter.setTargetFunctionRole(w.deployment.register, ["0x00000001"], 2),
      ["FunctionRoleWrong"],
    ],
    "a function open to everybody": [
      (w) => {
        const { selector } = w.schedule.interface.getFunction("publish");
        return w.charter.setTargetFunctionRole(w.deployment.schedule, [selector], 2n ** 64n - 1n);
      },
      ["FunctionRoleWrong"],
    ],
    "a contract that is closed": [
      (w) => w.charter.setTargetClosed(w.deployment.governance.admissions, true),
      ["TargetClosed"],
    ],
    "a delay on amendments": [
      (w) => w.charter.setTargetAdminDelay(w.deployment.register, DAY),
      ["AdminDelayed"],
    ],
    "an office whose guardian is another": [
      (w) => w.charter.setRoleGuardian(ROLES.arbiter, ROLES.registrar),
      ["GuardianWrong"],
    ],
    "a role whose administrators are others": [
      (w) => w.charter.setRoleAdmin(ROLES.council, ROLES.registrar),
      ["RoleAdminWrong"],
    ],
    "a roll of voters that is another": [
      (w) => w.register.bindRoll(w.deployment.governance.boardSeats),
      ["BindingWrong"],
    ],
    "a role nobody knows, in a stranger's hands": [
      (w) => w.charter.grantRole(77, w.stranger, 0),
      ["RightStray"],
    ],
  };
  for (const [what, [slip, found]] of Object.entries(SLIPS)) {
    it(`finds ${what}`, async () => {
      await slip(world());
      // Whoever hands over does not know of it.
      const known = await holders(world());
      await handOverWorld(world(), { holders: known });
      expect(await codes(world())).to.deep.equal(found);
    });
  }

  it("finds a desk that is not the ledger's own: whoever is that could empty its pots", async () => {
    const w = world();
    await handOverWorld(w);
    const shown = await w.ethers.deployContract("Compensation", [w.charter, w.register]);
    const compensation = await shown.getAddress();
    const { violations } = await verifyRights(
      await openConsortium({ ...w.deployment, compensation }, w.admin.provider),
    );
    expect(violations.map(({ message }) => message.replace(/^\S+/, ""))).to.include.members([
      ` stands for the ledger's desk for compensation; it must be ${compensation}.`,
      ` stands for the ledger of compensation; it must be ${w.deployment.ledger}.`,
    ]);
  });

  it("finds a role that the deployer forgot to give up", async () => {
    const known = await holders(world());
    await handOverWorld(world(), { holders: known.filter(({ role }) => role !== ROLES.treasurer) });
    const { violations, deployerRights } = await verifyRights(world().admin);
    expect(violations.map(({ code }) => code)).to.deep.equal(["RightStray"]);
    expect(violations[0]?.message).to.match(/treasurer and is the deployer/);
    expect(deployerRights).to.equal(1);
  });

  it("finds an office that the deployer kept", async () => {
    const deployer = await world().admin.signer!.getAddress();
    await handOverWorld(world(), { offices: { guardian: [deployer] } });
    expect(await codes(world())).to.deep.equal(["RightStray"]);
  });

  it("finds a right that was granted beside the handover", async () => {
    const known = await holders(world());
    await world().charter.grantRole(ROLES.registrar, world().stranger, 0);
    await handOverWorld(world(), { holders: known });
    expect(await codes(world())).to.deep.equal(["RightStray"]);
  });

  it("finds a second administrator", async () => {
    const known = await holders(world());
    await world().charter.grantRole(0, world().stranger, 0);
    await handOverWorld(world(), { holders: known });
    expect(await codes(world())).to.deep.equal(["RightStray"]);
  });

  it("finds a delay that leaves no time for a veto", async () => {
    const { vetoTime } = await verifyRights(world().admin);
    await handOverWorld(world(), { boardDelay: vetoTime });
    expect(await codes(world())).to.deep.equal(Array.from({ length: 4 }, () => "DelayShort"));
  });

  it("finds a guardian that is missing", async () => {
    const w = world();
    await handOverWorld(w, {}, (calls) => calls.filter(({ name }) => name !== "setRoleGuardian"));
    expect(await codes(w)).to.deep.equal(Array.from({ length: 4 }, () => "GuardianWrong"));
  });

  it("does not trust a log that begins after the charter's creation", async () => {
    const w = world();
    const late = { ...w.deployment, fromBlock: (await w.admin.provider.getBlockNumber()) - 3 };
    await handOverWorld(w);
    const reading = verifyRights(await openConsortium(late, w.admin.provider));
    expect(await rejectionCode(reading)).to.equal("HistoryIncomplete");
  });
});

/** Whom the deployer knows to hold a role: itself. */
async function holders(w: World) {
  return bootstrapHolders(await w.admin.signer!.getAddress());
}
