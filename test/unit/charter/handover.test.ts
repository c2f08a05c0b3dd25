import { expect } from "chai";
import { id } from "ethers";
import type { BaseContract, FunctionFragment, ParamType, Signer } from "ethers";
import { ROLE, rolesOf, useChambers } from "../../support/chambers.ts";
import type { Chambers } from "../../support/chambers.ts";

/** Every contract, whether the handover has to do with it or not. */
const all = (w: Chambers): Record<string, BaseContract> => ({
  charter: w.charter,
  register: w.register,
  schedule: w.schedule,
  ledger: w.ledger,
  claims: w.claims,
  reversals: w.reversals,
  advances: w.advances,
  asset: w.asset,
  council: w.council.chamber,
  board: w.board.chamber,
  assembly: w.assembly.chamber,
  amendments: w.amendments,
  admissions: w.admissions,
  delegates: w.delegates,
  voice: w.voice,
  councilSeats: w.councilSeats,
  boardSeats: w.boardSeats,
  councilElections: w.councilElections,
  boardElections: w.boardElections,
});

/** Plausible arguments of a type: the `turn`-th of a few. */
function argument(w: Chambers, type: ParamType, turn: number): unknown {
  if (type.baseType === "array") return [];
  if (type.baseType === "tuple") return (type.components ?? []).map((part) => argument(w, part, turn));
  if (type.baseType === "address")
    return [w.ada.key.address, w.board.chamber.target, w.register.target][turn % 3];
  if (type.baseType === "bool") return turn % 2 === 0;
  if (type.baseType === "string") return "";
  if (type.baseType === "bytes")
    return turn % 2 === 0 ? "0x" : w.register.interface.encodeFunctionData("admit", [3]);
  if (type.baseType.startsWith("bytes"))
    return id("something").slice(0, 2 + 2 * Number(type.baseType.slice(5)));
  // Members from 3 on, roles to 11, seats and periods: all of them are small numbers.
  return turn;
}

/** What becomes of a call: its answer, or its error with the caller left out. */
async function outcome(
  contract: BaseContract,
  call: FunctionFragment,
  args: unknown[],
  by: Signer,
): Promise<string> {
  const sender = (await by.getAddress()).toLowerCase().slice(2);
  const data = contract.interface.encodeFunctionData(call, args);
  try {
    return await by.call({ to: await contract.getAddress(), data });
  } catch (problem) {
    const found = JSON.stringify(problem, (_, value: unknown) =>
      typeof value === "bigint" ? `${value}` : value,
    );
    const answer = /"data":"(0x[0-9a-f]*)"/.exec(found)?.[1] ?? found;
    return answer.toLowerCase().replaceAll(sender, "caller");
  }
}

describe("Charter after the handover", () => {
  const world = useChambers();

  it("leaves ADMIN to the amendments alone, and every role to whom it belongs", async () => {
    const w = world();
    const holders: Record<keyof typeof ROLE, readonly { target: unknown }[]> = {
      admin: [w.amendments],
      registrar: [w.board.chamber, w.assembly.chamber],
      scheduler: [w.board.chamber, w.assembly.chamber],
      treasurer: [w.board.chamber, w.assembly.chamber],
      suspender: [w.board.chamber],
      council: [w.council.chamber],
      assembly: [w.assembly.chamber],
      admitter: [w.admissions],
      guardian: [],
      arbiter: [],
      appellate: [],
      authority: [],
    };
    for (const [name, expected] of Object.entries(holders)) {
      const role = ROLE[name as keyof typeof ROLE];
      expect(await w.charter.holdersOf(role), name).to.equal(BigInt(expected.length));
      for (const { target } of expected)
        expect((await w.charter.hasRole(role, String(target)))[0], name).to.equal(true);
    }
    expect(await rolesOf(w, await w.deployer.getAddress())).to.deep.equal([]);
  });

  it("knows a deployer who can do nothing that a stranger cannot, with any function of any contract", async () => {
    const w = world();
    const stranger = w.stranger;
    let tried = 0;
    for (const [name, contract] of Object.entries(all(w))) {
      const calls: FunctionFragment[] = [];
      contract.interface.forEachFunction((call) => {
        if (!/view|pure/.test(call.stateMutability)) calls.push(call);
      });
      expect(calls.length, name).to.be.greaterThan(0);
      for (const call of calls) {
        // The charter's own functions speak of roles, of which there are twelve.
        for (let turn = 0; turn < (name === "charter" ? 12 : 4); turn++) {
          const args = call.inputs.map((type) => argument(w, type, turn));
          const [deployer, anybody] = await Promise.all([
            outcome(contract, call, args, w.deployer),
            outcome(contract, call, args, stranger),
          ]);
          expect(deployer, `${name}.${call.format()} with ${args.join()}`).to.equal(anybody);
          tried++;
        }
      }
    }
    expect(tried).to.be.greaterThan(700);
  });

  it("would have told them apart: the deployer with one role is found out", async () => {
    const w = world();
    await w.ethers.provider.send("hardhat_impersonateAccount", [w.amendments.target]);
    await w.ethers.provider.send("hardhat_setBalance", [w.amendments.target, "0x56bc75e2d63100000"]);
    const admin = await w.ethers.provider.getSigner(await w.amendments.getAddress());
    await w.charter.connect(admin).grantRole(ROLE.registrar, await w.deployer.getAddress(), 0);
    const classify = w.register.interface.getFunction("classify");
    const [deployer, anybody] = await Promise.all(
      [w.deployer, w.stranger].map((by) => outcome(w.register, classify, [3, 1, 1], by)),
    );
    expect(deployer).not.to.equal(anybody);
  });
});
