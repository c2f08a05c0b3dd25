import { AbiCoder, concat, Interface, keccak256, Signature, toUtf8Bytes, Wallet } from "ethers";
import { support as signSupport } from "./ballots.ts";
import { HOUSES, type MadeGovernance } from "./made-governance.ts";
import { ADA, DAY, keyOf, SITE, type MadeEvent } from "./made-ledger.ts";

const VERBS = new Interface(["function classify(uint32 member, uint16 constituency, uint16 region)"]);

/** A call by which the Board places a member. */
export const classifying = (member: number, region = 7): string =>
  VERBS.encodeFunctionData("classify", [member, 1, region]);

/** A proposal, and the events of its making. */
export interface MadeProposal {
  readonly id: bigint;
  readonly targets: readonly string[];
  readonly calls: readonly string[];
  readonly events: readonly MadeEvent[];
}

const encode = (types: string[], values: unknown[]) => AbiCoder.defaultAbiCoder().encode(types, values);
const CALLS = ["address[]", "uint256[]", "bytes[]", "bytes32"];

/** A house's proposal of calls as it would be made now. */
export function madeProposal(
  made: MadeGovernance,
  house: "council" | "board" | "assembly",
  targets: readonly string[],
  calls: readonly string[],
  changes: { proposer?: string; description?: string; halvings?: number; twoThirds?: boolean } = {},
): MadeProposal {
  const { proposer, description = "", halvings = 0, twoThirds = false } = changes;
  const values = targets.map(() => 0n);
  const hashed = (hash: string) => BigInt(keccak256(encode(CALLS, [targets, values, calls, hash])));
  const proposal = hashed(keccak256(toUtf8Bytes(description)));
  const start = made.now + DAY;
  const signatures = targets.map(() => "");
  return {
    ...{ id: proposal, targets, calls },
    events: [
      [
        `${house}:ProposalCreated`,
        ...[proposal, proposer ?? accountOf(house), targets, values, signatures, calls],
        ...[start, start + 5 * DAY, description],
      ],
      [`${house}:ProposalWeighed`, ...[proposal, hashed(`0x${"0".repeat(64)}`), 5_000, halvings, twoThirds]],
    ],
  };
}

/** The first voter of each house, as ERC-5805 knows it. */
const accountOf = (house: string): string => {
  const [name, number] = house === "assembly" ? ["member", ADA] : ["person", house === "board" ? 4 : 1];
  return `0x${Buffer.from(`Consortia ${name}`).toString("hex")}${number.toString(16).padStart(8, "0")}`;
};

const sign = async (by: string, contract: string, type: string, fields: string, value: object) => {
  const name = { [HOUSES.council]: "Council", [HOUSES.board]: "Board", [HOUSES.assembly]: "Assembly" }[
    contract
  ];
  const domain = { name, version: "1", chainId: SITE.chainId, verifyingContract: contract } as const;
  const types = fields.split(",").map((field) => {
    const [kind, label] = field.split(" ") as [string, string];
    return { name: label, type: kind };
  });
  const signed = await keyOf(by).signTypedData({ ...domain, name: name ?? null }, { [type]: types }, value);
  const { r, yParityAndS } = Signature.from(signed);
  return concat(["0x00", r, yParityAndS]);
};
const bytes = (value: number, size: number) => `0x${value.toString(16).padStart(2 * size, "0")}`;

/** A ballot on a proposal, signed by a name's key and packed. */
export async function madeVote(
  house: "council" | "board" | "assembly",
  proposalId: bigint,
  voter: number,
  support: number,
  by: string,
  nonce = 0,
): Promise<string> {
  const fields = "uint256 proposalId,uint32 voter,uint8 support,uint32 nonce";
  const signed = await sign(by, HOUSES[house], "Ballot", fields, { proposalId, voter, support, nonce });
  return concat([bytes(voter, 4), bytes(nonce, 4), bytes(support, 1), signed]);
}

/** A signature under a petition to the Assembly. */
export async function madeSignature(
  proposalId: bigint,
  voter: number,
  by: string,
  nonce = 0,
): Promise<string> {
  const fields = "uint256 proposalId,uint32 voter,uint32 nonce";
  const signed = await sign(by, HOUSES.assembly, "Petition", fields, { proposalId, voter, nonce });
  return concat([bytes(voter, 4), bytes(nonce, 4), signed]);
}

export const ELECTIONS_DOMAIN = {
  ...{ name: "Elections", version: "1", chainId: SITE.chainId, verifyingContract: HOUSES.elections },
};
/** A support by a name's key. */
export const madeSupport = (election: number, delegate: number, voter: number, by: string): Promise<string> =>
  signSupport(ELECTIONS_DOMAIN, election, delegate, { voter, signer: new Wallet(keyOf(by).privateKey) });
