import { expect } from "chai";
import { FunctionFragment, ZeroHash, type Fragment } from "ethers";
import { PRIVILEGES, ROLES, selector } from "../../../deploy/modules/roles.ts";
import type { RoleName } from "../../../deploy/modules/roles.ts";
import { useWorld } from "../../support/world.ts";

const RELIEF = "(uint16,uint16,uint8,uint16,uint16,uint16,uint48,uint48)";

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
  "draftConditional(uint256,(uint16,uint8,uint8,uint64,uint64,uint64,uint64,uint16,uint16,uint64)[])": [
    ...[0, [[1, 1, 1, 1, 1, 0, 0, 0, 0, 0]]],
  ],
  "describe(uint16,uint8,uint8)": [1, 1, 1],
  "publish(uint256,uint16)": [1, 24400],
  "withdrawFrom(uint16)": [24321],
  "pausePosting(uint40)": [60],
  "resumePosting()": [],
  "award(bytes32,uint64,uint64)": [ZeroHash, 1, 1],
  "rule(bytes32,uint64,uint64)": [ZeroHash, 1, 1],
  [`relieve(${RELIEF})`]: [[1, 1, 1, 1, 24400, 24400, 1, 1]],
  "endRelief(uint32,uint16)": [1, 24400],
  [`openGrant(${RELIEF},uint32[],bytes32)`]: [[1, 1, 1, 1, 24400, 24400, 1, 1], [3], ZeroHash],
  "accredit(address,uint16,bool)": [`0x${"11".repeat(20)}`, 1, true],
  "reassign(uint32,uint32)": [1, 3],
  "setCommercial(uint8,bool)": [1, true],
  "name(uint16,(uint32,uint16,uint64)[])": [24400, [[3, 1, 1]]],
  "issue(address,uint256)": [`0x${"11".repeat(20)}`, 1],
  "commit(uint32,uint256,bytes32)": [3, 1, ZeroHash],
  "release(uint32,uint256)": [3, 1],
  "confirmPayment(uint32,uint256,bytes32)": [3, 1, ZeroHash],
  "confirmRedemption(uint32,bytes32)": [1, ZeroHash],
};
const HANDLES = {
  Register: "register",
  FeeSchedule: "schedule",
  Resources: "resources",
  Pricing: "pricing",
  Compensation: "compensation",
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
    const { contracts } = world().admin;
    const handles = [...Object.values(HANDLES), "reversals", "advances"] as const;
    const writing = handles
      .flatMap((name): readonly Fragment[] => contracts[name].interface.fragments)
      .filter((f): f is FunctionFragment => FunctionFragment.isFragment(f) && !f.constant)
      .map(({ name }) => name);
    const open = new Set([
      ...["applyFor", "leave", "setKey", "rotateKey", "cancelRekey", "rekey", "bindLedger", "setAuthority"],
      ...["announcePayee", "cancelPayee", "applyPayee", "post", "postFor", "closePeriod", "touch", "sync"],
      ...["deposit", "announceWithdrawal", "withdraw", "advance", "recallAdvance", "repayAdvance", "payDebt"],
      // the desks' own verbs, closed to everybody else
      ...["lockBond", "releaseBond", "charge", "giveBack", "lend", "takeBack"],
      ...["fillPot", "emptyPot", "returnPot", "watch"],
      ...["claim", "dispute", "disputeFor", "accept", "prove", "withdrawClaim", "appeal", "settle"],
      ...["refund", "refundStatement", "reverseDuplicate"],
      ...["chooseOffer", "chooseUse", "chooseRegard", "voidBallots", "bindRoll"],
      ...["suspendDebtor", "approve", "transfer", "transferFrom", "redeem"],
      ...["agree", "endAgreement", "raiseInvoice", "payInvoice", "fundGrant", "returnGrant"],
      ...["registerResource", "license", "permit", "compensate", "lapse"],
    ]);
    const privileged = new Set(granted.map(({ signature }) => signature.split("(")[0]));
    expect(writing.filter((name) => !open.has(name) && !privileged.has(name))).to.deep.equal([]);
  });
});
