import type { MembershipState } from "../result.ts";
import type { Member } from "../fold/membership.ts";
import type { FoldState } from "../fold/state.ts";
import type { Figure, View } from "./compare.ts";

const STANDINGS: Record<MembershipState, bigint> = { applied: 1n, admitted: 2n, suspended: 3n, left: 4n };
/** The charter's roles, as contracts/types/Roles.sol counts them. */
const ROLES = [1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n, 9n, 10n, 11n];

/** What the views of register, schedule and charter must say at a second, by the logs up to then. */
export function* officeViews(state: FoldState, now: number): Iterable<View> {
  const { site, register } = state;
  const to = site.register;
  yield { to, signature: "lastMember()", args: [], figures: [["", BigInt(register.lastMember)]] };
  yield { to, signature: "members()", args: [], figures: [["", BigInt(register.memberCount)]] };
  for (const member of register.members()) yield* memberViews(state, member);
  for (const { member, key, rights, since, until, ballots } of register.keys.words()) {
    const figures = Object.entries({ rights, since, until, ballots }).map(([name, value]): Figure => [
      name,
      BigInt(value),
    ]);
    yield { to, signature: "keyOf(uint32,address)", args: [BigInt(member), BigInt(key)], figures, member };
  }
  for (const role of ROLES) {
    const about = { to: site.charter, args: [role] };
    yield { ...about, signature: "holdersOf(uint64)", figures: [["", BigInt(state.charter.holders(role))]] };
    const vacant = state.charter.vacantSecondsAt(role, now);
    yield { ...about, signature: "vacantSeconds(uint64)", figures: [["", BigInt(vacant)]] };
  }
}

function* memberViews({ site, register }: FoldState, one: Member): Iterable<View> {
  const about = { to: site.register, args: [BigInt(one.id)], member: one.id };
  const isil = BigInt(`0x${Buffer.from(one.isil, "latin1").toString("hex").padEnd(64, "0")}`);
  yield {
    ...about,
    signature: "membership(uint32)",
    figures: [
      ["isil", isil, "text"],
      ["standing", STANDINGS[one.state]],
      ["kind", BigInt(one.kind)],
      ["tier", BigInt(one.tier)],
      ["priorTier", BigInt(one.priorTier)],
      ["tierSince", BigInt(one.tierSince), "month"],
      ["since", BigInt(one.since), "month"],
      ["until", BigInt(one.until), "month"],
      ["constituency", BigInt(one.constituency)],
      ["region", BigInt(one.region)],
      ["choosy", one.choosy ? 1n : 0n],
    ],
  };
  yield { ...about, signature: "payeeOf(uint32)", figures: [["", BigInt(one.payee), "address"]] };
  const pending = {
    "pendingPayee(uint32)": register.announcements.payees.get(one.id),
    "pendingKey(uint32)": register.announcements.keys.get(one.id),
  };
  for (const [signature, change] of Object.entries(pending)) {
    const figures: Figure[] = [
      ["target", BigInt(change?.target ?? 0), "address"],
      ["readyAt", BigInt(change?.readyAt ?? 0)],
    ];
    yield { ...about, signature, figures };
  }
}
