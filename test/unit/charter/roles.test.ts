import { expect } from "chai";
import { ZeroHash } from "ethers";
import { PRIVILEGES, ROLES, selector } from "../../../deploy/modules/roles.ts";
import type { RoleName } from "../../../deploy/modules/roles.ts";
import { useWorld } from "../../support/world.ts";

/** Every privileged function with arguments that would pass but for the role. */
const CALLS: Record<string, readonly unknown[]> = {
  "admit(uint32)": [3],
  "reinstate(uint32)": [3],
  "scheduleTier(uint32,uint8)": [3, 2],
  "classify(uint32,uint16,uint16)": [3, 1, 1],
  "announceRekey(uint32,address)": [3, `0x${"11".repeat(20)}`],
  "suspend(uint32)": [3],
  "appoint(uint32,address,uint8,address)": [1, `0x${"11".repeat(20)}`, 63, `0x${"22".repeat(20)}`],
  "draft(uint256,(uint16,uint8,uint64,uint64)[])": [0, [{ service: 1, tier: 1, price: 1, fee: 1 }]],
  "publish(uint256,uint16)": [1, 24400],
  "withdrawFrom(uint16)": [24321],
  "pausePosting(uint40)": [60],
  "resumePosting()": [],
  "award(bytes32,uint64,uint64)": [ZeroHash, 1, 1],
  "rule(bytes32,uint64,uint64)": [ZeroHash, 1, 1],
  "issue(address,uint256)": [`0x${"11".repeat(20)}`, 1],
};
const HANDLES = {
  Register: "register",
  FeeSchedule: "schedule",
  Ledger: "ledger",
  Claims: "claims",
  CreditToken: "asset",
} as const;

describe("Charter roles", () => {
  const world = useWorld();
  const privileges: Record<string, Partial<Record<RoleName, readonly string[]>>> = PRIVILEGES;
  const granted = Object.entries(privileges).flatMap(([contract, roles]) =>
    Object.entries(roles).flatMap(([role, functions]) =>
      functions.map((signature) => ({
        contract: contract as keyof typeof HANDLES,
        role: role as RoleName,
        signature,
      })),
    ),
  );

  for (const { contract, role, signature } of granted) {
    describe(`given ${contract}.${signature}`, () => {
      it("refuses a stranger", async () => {
        const { strange, stranger } = world();
        const handle = strange[HANDLES[contract]];
        await expect(handle.getFunction(signature)(...(CALLS[signature] ?? [])))
          .to.be.revertedWithCustomError(handle, "AccessManagedUnauthorized")
          .withArgs(stranger.address);
      });

      it(`belongs to the ${role}`, async () => {
        const { charter, deployment } = world();
        const target = deployment[HANDLES[contract]];
        expect(await charter.getTargetFunctionRole(target, selector(signature))).to.equal(ROLES[role]);
      });
    });
  }

  for (const signature of ["bindLedger(address)", "bindRoll(address)"]) {
    it(`leaves ${signature} to the administrators`, async () => {
      const { register, strange, stranger, charter, deployment } = world();
      expect(await charter.getTargetFunctionRole(deployment.register, selector(signature))).to.equal(0n);
      await expect(strange.register.getFunction(signature)(stranger.address))
        .to.be.revertedWithCustomError(register, "AccessManagedUnauthorized")
        .withArgs(stranger.address);
    });
  }

  it("lets one role do nothing of another's", async () => {
    const { charter, asset, strange, stranger, register } = world();
    await charter.grantRole(ROLES.registrar, stranger.address, 0);
    await expect(strange.register.suspend(3)).to.be.revertedWithCustomError(
      register,
      "AccessManagedUnauthorized",
    );
    await expect(strange.asset.issue(stranger.address, 1)).to.be.revertedWithCustomError(
      asset,
      "AccessManagedUnauthorized",
    );
  });

  it("names every privileged function of the contracts (invariant 8)", () => {
    const { register, schedule, ledger, claims, reversals, advances, asset } = world().admin.contracts;
    const writing = [register, schedule, ledger, claims, reversals, advances, asset].flatMap((handle) =>
      handle.interface.fragments
        .filter(
          (f) =>
            f.type === "function" && "stateMutability" in f && !/view|pure/.test(String(f.stateMutability)),
        )
        .map((f) => ("name" in f ? String(f.name) : "")),
    );
    const open = new Set([
      ...["applyFor", "leave", "setKey", "rotateKey", "cancelRekey", "rekey", "bindLedger", "setAuthority"],
      ...["announcePayee", "cancelPayee", "applyPayee", "post", "postFor", "closePeriod", "touch", "sync"],
      ...["deposit", "announceWithdrawal", "withdraw", "advance", "recallAdvance", "repayAdvance", "payDebt"],
      // the desks' own verbs, closed to everybody else
      ...["lockBond", "releaseBond", "charge", "giveBack", "lend", "takeBack"],
      ...["claim", "dispute", "disputeFor", "accept", "prove", "withdrawClaim", "appeal", "settle"],
      ...["refund", "refundStatement", "reverseDuplicate"],
      ...["chooseOffer", "chooseUse", "chooseRegard", "voidBallots", "bindRoll"],
      ...["suspendDebtor", "approve", "transfer", "transferFrom", "redeem"],
    ]);
    const privileged = new Set(granted.map(({ signature }) => signature.split("(")[0]));
    expect(writing.filter((name) => !open.has(name) && !privileged.has(name))).to.deep.equal([]);
  });
});
