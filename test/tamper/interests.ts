import type { Result } from "ethers";
import { OCTOBER } from "../support/consortium.ts";
import type { BalancedWorld } from "./balanced.ts";
import { double, drop, edit, type Args } from "./edit.ts";
import { editing, plus, type EditedLie } from "./edited.ts";
import type { Lie } from "./lie.ts";

const nobody = `0x${"66".repeat(20)}`;
/** A struct among an event's values with some of its fields changed. */
const within = (name: string, changes: object) => (args: Args) => ({
  [name]: { ...(args[name] as Result).toObject(), ...changes },
});
const member = (wanted: number) => (args: Args) => Number(args["member"]) === wanted;
const RELIEF = 2;

const EDITS: readonly EditedLie[] = [
  [
    "a price whose least is above its most",
    "ConditionInvalid",
    (b) => edit(b, "ConditionalPriceDrafted", within("price", { minimum: 7_000_000n })),
  ],
  [
    "another least",
    "PriceWrong",
    (b) => edit(b, "ConditionalPriceDrafted", within("price", { minimum: 1n })),
  ],
  [
    "another conditional price",
    "ViewDiffers",
    (b) => edit(b, "ConditionalPriceDrafted", within("price", { fee: 1n })),
  ],
  ["a service described twice", "ServiceRedescribed", (b) => double(b, "ServiceDescribed")],
  [
    "a service that does something else",
    "ViewDiffers",
    (b) => edit(b, "ServiceDescribed", () => ({ act: 2 })),
  ],

  ["an agreement out of turn", "AgreementInvalid", (b) => edit(b, "AgreementMade", () => ({ agreement: 2 }))],
  [
    "an agreement that is free one way",
    "AgreementOneSided",
    (b) => edit(b, "AgreementMade", within("terms", { prices: [[1, 5_000_000n, 0n]] })),
  ],
  [
    "an agreement for a month that had begun",
    "AgreementUntimely",
    (b) => edit(b, "AgreementMade", within("terms", { from: OCTOBER })),
  ],
  ["an agreement made twice", "AgreementRepeated", (b) => double(b, "AgreementMade")],
  ["an agreement left out", "AgreementUnknown", (b) => drop(b, "AgreementMade")],
  [
    "an agreement ended by a stranger",
    "AgreementForeign",
    (b) => edit(b, "AgreementEnded", () => ({ by: 4 })),
  ],
  [
    "an agreement in other words than were signed",
    "AgreementUnsigned",
    (b) => edit(b, "AgreementMade", within("terms", { document: `0x${"66".repeat(32)}` })),
  ],
  [
    "an agreed price that nobody agreed on",
    "PriceWrong",
    (b) => edit(b, "AgreementMade", within("terms", { prices: [[1, 4_000_000n, 4_000_000n]] })),
  ],

  [
    "a work under another identifier",
    "WorkInvalid",
    (b) => edit(b, "ResourceRegistered", () => ({ urn: "urn:x:1" })),
  ],
  ["a work registered twice", "WorkTaken", (b) => double(b, "ResourceRegistered")],
  ["a work left out", "WorkUnknown", (b) => drop(drop(b, "ResourceRegistered"), "ResourceRegistered")],
  ["a permission that began earlier", "WorkTermsWrong", (b) => edit(b, "UseGranted", plus("from", -1n))],
  ["a permission left out", "LicenceForbids", (b) => drop(b, "UseGranted")],
  ["another royalty permitted", "LegsWrong", (b) => edit(b, "UseGranted", plus("royalty", 1n))],
  ["a work of somebody else", "LegsWrong", (b) => edit(b, "ResourceRegistered", () => ({ holder: 3 }))],
  [
    "a kind of members in business from another month",
    "WorkTermsWrong",
    (b) => edit(b, "KindCommercial", plus("from", 1n)),
  ],

  ["a relief of nothing", "ReliefInvalid", (b) => edit(b, "ReliefOpened", within("terms", { share: 0 }))],
  [
    "a relief for a month that had begun",
    "ReliefUntimely",
    (b) => edit(b, "ReliefOpened", within("terms", { from: OCTOBER })),
  ],
  ["the end of another relief", "ReliefUnknown", (b) => edit(b, "ReliefEnded", () => ({ relief: 9 }))],
  ["another share of relief", "LegsWrong", (b) => edit(b, "ReliefOpened", within("terms", { share: 4_999 }))],
  [
    "a lower cap of a relief",
    "LegsWrong",
    (b) => edit(b, "ReliefOpened", within("terms", { cap: 1_000_000n })),
  ],
  ["a grant for other members", "LegsWrong", (b) => edit(b, "GrantOpened", () => ({ members: [5] }))],
  ["more given back of a grant", "GrantWrong", (b) => edit(b, "GrantReturned", plus("amount", 1n))],
  [
    "a grant given back to somebody else",
    "GrantWrong",
    (b) => edit(b, "GrantReturned", () => ({ giver: nobody })),
  ],
  ["a gift to a grant hidden", "PotUnexplained", (b) => drop(b, "GrantFunded")],
  ["a grant that was not paid out", "PotUnexplained", (b) => drop(b, "PotReturned")],
  ["more set aside than was free", "PotWrong", (b) => edit(b, "PotFilled", plus("amount", 10n ** 12n))],
  ["what is set aside hidden", "PotUnexplained", (b) => drop(b, "PotFilled")],

  ["more relief than was due", "LegsWrong", (b) => edit(b, "LegsSettled", raised)],
  ["relief hidden", "LegsWrong", (b) => drop(b, "LegsSettled")],
  ["relief told twice", "LegsUnexplained", (b) => double(b, "LegsSettled")],
  [
    "relief of another statement",
    "LegsUnexplained",
    (b) => edit(b, "LegsSettled", () => ({ number: 4_000_000 })),
  ],
  ["more out of grants than there was", "LegsWrong", (b) => edit(b, "LegsSettled", plus("granted", 1n))],
  [
    "RELIEF's part of a refund kept by the consumer",
    "GiftUnexplained",
    (b) => drop(b, "GivenBack", ({ consumer }) => Number(consumer) === RELIEF),
  ],
  ["an attestor that nobody accredited", "NotAccredited", (b) => drop(b, "AttestorAccredited")],
  [
    "a use left out that its licence allows",
    "SkipWrong",
    (b) =>
      edit(
        b,
        "StatementSkipped",
        () => ({ found: 1n }),
        ({ fault }) => fault === 17n,
      ),
  ],
  [
    "a contribution left out as attested for another service",
    "SkipWrong",
    (b) =>
      edit(
        b,
        "StatementSkipped",
        () => ({ found: 4n }),
        ({ fault }) => fault === 19n,
      ),
  ],

  [
    "a member named for a month that had begun",
    "CompensationUntimely",
    (b) => edit(b, "CompensationNamed", () => ({ period: OCTOBER })),
  ],
  ["compensation that nobody named", "CompensationUnknown", (b) => drop(b, "CompensationNamed")],
  [
    "more compensation than the rate gives",
    "CompensationWrong",
    (b) => edit(b, "Compensated", plus("amount", 1n)),
  ],
  ["compensation of another net", "CompensationWrong", (b) => edit(b, "Compensated", plus("net", 1n))],
  [
    "compensation paid to somebody else",
    "PotUnexplained",
    (b) => edit(b, "PotEmptied", () => ({ member: 4 })),
  ],
  ["a named member that is not watched", "WatchWrong", (b) => drop(b, "AccountWatched")],
  [
    "an account watched without a word",
    "WatchWrong",
    (b) => edit(b, "AccountWatched", () => ({ member: 4 }), member(3)),
  ],

  ["an invoice out of turn", "InvoiceWrong", (b) => edit(b, "InvoiceRaised", () => ({ invoice: 2 }))],
  ["an invoice that nobody raised", "InvoiceUnknown", (b) => drop(b, "InvoiceRaised")],
  ["the payment of an invoice hidden", "InvoiceUnexplained", (b) => drop(b, "InvoicePaid")],
  ["less repaid than was paid", "InvoiceUnexplained", (b) => edit(b, "InvoicePaid", plus("repaid", -1n))],

  ["credits that nobody committed to", "CreditUnbacked", (b) => drop(b, "CreditCommitted")],
  ["a redemption hidden", "CreditWrong", (b) => drop(b, "RedemptionOpened")],
  [
    "a redemption of another amount",
    "CreditWrong",
    (b) => edit(b, "RedemptionConfirmed", plus("amount", -1n)),
  ],
  ["a payment confirmed twice", "CreditPaymentRepeated", (b) => double(b, "PaymentConfirmed")],
  ["a payment of another amount", "ViewDiffers", (b) => edit(b, "PaymentConfirmed", plus("amount", 1n))],
];

/** A settlement whose first leg is higher by one. */
function raised({ legs }: Args): Args {
  const [first = 0n, ...others] = legs as readonly bigint[];
  return { legs: [first + 1n, ...others] };
}

/** Lies about prices, relief, works, compensation and credits. */
export const INTEREST_LIES: readonly Lie<BalancedWorld>[] = EDITS.map(editing);
