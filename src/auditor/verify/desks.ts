import type { MemberId } from "../../core/ids.ts";
import type { Claims, Stage } from "../fold/claims.ts";
import type { FoldState } from "../fold/state.ts";
import type { View } from "./compare.ts";

const STAGES: Record<Stage, bigint> = { open: 1n, disputed: 2n, awarded: 3n, appealed: 4n, ruled: 5n };

/** What the views of the desks must say, by the logs. */
export function* deskViews(state: FoldState, claims: Claims): Iterable<View> {
  const { claims: desk, reversals } = state.site;
  if (desk !== undefined) yield* claimViews(state, claims, desk);
  if (reversals === undefined) return;
  for (const { digest } of state.statements.list) {
    const given = state.statements.givenOf(digest);
    if (given === undefined) continue;
    yield {
      ...{ to: reversals, signature: "givenBack(bytes32)", args: [BigInt(digest)] },
      figures: [
        ["amount", given.amount, "amount"],
        ["whole", given.whole ? 1n : 0n],
      ],
    };
    for (const index of given.records) {
      const args = [BigInt(digest), BigInt(index)];
      yield { to: reversals, signature: "isGivenBack(bytes32,uint32)", args, figures: [["", 1n]] };
    }
  }
}

function* claimViews(state: FoldState, claims: Claims, desk: string): Iterable<View> {
  const pairs = new Map<string, readonly [MemberId, MemberId]>();
  for (const { statement, digest, how, tier, supplierTier } of state.statements.list) {
    if (how !== "claimed") continue;
    const { supplier, consumer } = statement;
    pairs.set(`${supplier}/${consumer}`, [supplier, consumer]);
    const open = claims.open.get(digest);
    const parties = open === undefined ? [0n, 0n] : [BigInt(supplier), BigInt(consumer)];
    yield {
      ...{ to: desk, signature: "claimOf(bytes32)", args: [BigInt(digest)], member: supplier },
      figures: [
        ["supplier", parties[0]!],
        ["consumer", parties[1]!],
        ["stage", open === undefined ? 0n : STAGES[open.stage]],
        ["since", BigInt(open?.since ?? 0)],
        ["gross", open?.gross ?? 0n, "amount"],
        ["fee", open?.fee ?? 0n, "amount"],
        ["tier", open === undefined ? 0n : BigInt(tier)],
        ["supplierTier", open === undefined ? 0n : BigInt(supplierTier)],
        ["awardedGross", open?.awarded.gross ?? 0n, "amount"],
        ["awardedFee", open?.awarded.fee ?? 0n, "amount"],
      ],
    };
  }
  for (const [pair, [supplier, consumer]] of pairs) {
    const args = [BigInt(supplier), BigInt(consumer)];
    const figure = ["", BigInt(claims.openOf(pair))] as const;
    yield { to: desk, signature: "openClaims(uint32,uint32)", args, figures: [figure], member: supplier };
  }
}
