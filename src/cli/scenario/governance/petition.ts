import { serviceId } from "../../../core/ids.ts";
import { ZERO } from "../../../core/money.ts";
import { formatPeriod } from "../../../core/period.ts";
import { signPetition } from "../../../sdk/ballots.ts";
import { proposalIdOf, sendPetition, type Motion } from "../../../sdk/proposals.ts";
import { latestPrices, pricing } from "./board.ts";
import { carry, vote } from "./decision.ts";
import type { Polity } from "./polity.ts";

/** Copies for readers who cannot read print: a service that the preset does not have. */
const ACCESSIBLE_COPY = serviceId(99);
/** How many members sign. */
const SIGNATORIES = 5;

/** Members put a matter to the Assembly that no chamber had on its agenda, and the Assembly decides it. */
export async function petition(polity: Polity): Promise<void> {
  const { relay } = polity;
  const prices = await latestPrices(polity);
  const tiers = [...new Set(prices.map(({ tier }) => tier))];
  const free = tiers.map((tier) => ({ service: ACCESSIBLE_COPY, tier, price: ZERO, fee: ZERO }));
  const { calls, from } = await pricing(polity, [...prices, ...free]);
  const description = `Let copies for readers who cannot read print cost nothing from ${formatPeriod(from)} on.`;
  const motion: Motion = { house: "assembly", calls, description };

  const matter = { house: motion.house, proposal: await proposalIdOf(relay, motion), motion };
  const members = polity.members().slice(-SIGNATORIES);
  const signatures = await Promise.all(
    members.map(({ voter, key }) => signPetition(relay, key, { ...matter, voter })),
  );
  await sendPetition(relay, { ...motion, signatures });
  await polity.note(`${members.length} members petition the Assembly for free accessible copies`);

  await vote(polity, [matter], (voter) => (voter % 4 === 3 ? "abstain" : "for"));
  await carry(polity, [matter]);
  await polity.note(`the Assembly passes it in the Board's stead, from ${formatPeriod(from)} on`);
}
