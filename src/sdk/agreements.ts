import type { Signer, TransactionReceipt } from "ethers";
import { agreementDigest, recoverSigner, signAgreement as signTerms } from "../chain/signing.ts";
import { checkAgreement, type Agreement } from "../core/agreements.ts";
import { hash, memberId, serviceId } from "../core/ids.ts";
import type { MemberId, ServiceId } from "../core/ids.ts";
import { credits, type Credits } from "../core/money.ts";
import { period, periodOf, type PeriodId } from "../core/period.ts";
import { encodeAlone, type Signature } from "../core/statement.ts";
import type { Consortium } from "./consortium.ts";
import { isSignedFor } from "./keys.ts";
import { readEvents } from "./log.ts";
import { readPeriod } from "./periods.ts";
import { eventOf } from "./receipt.ts";
import { read, verb } from "./verb.ts";

/** An agreement that was made, under its number. */
export interface MadeAgreement extends Agreement {
  readonly agreement: number;
  /** Who ended it, with which month; absent while nobody did. */
  readonly ended?: { readonly by: MemberId; readonly last: PeriodId };
  readonly block: number;
}

const agreement = verb<{ terms: Agreement; signatures: readonly Signature[] }>((c, { terms, signatures }) =>
  c.contracts.register.agree.populateTransaction(spelled(terms), signatures.map(encodeAlone)),
);

/** Makes an agreement out of one signature a member, in the order of its members. Anyone who holds them all. */
export const prepareAgreement = agreement.prepare;

/** Makes an agreement, and tells its number. */
export async function sendAgreement(
  consortium: Consortium,
  input: { terms: Agreement; signatures: readonly Signature[] },
): Promise<{ readonly agreement: number; readonly receipt: TransactionReceipt }> {
  const receipt = await agreement.send(consortium, input);
  const { args } = eventOf(consortium.contracts.register, receipt, "AgreementMade");
  return { agreement: Number(args.agreement), receipt };
}

/** Ends an agreement with the current month. A key of any of its members that may post and countersign. */
export const { prepare: prepareAgreementEnd, send: sendAgreementEnd } = verb<{
  agreement: number;
  member: MemberId;
}>((c, a) => c.contracts.register.endAgreement.populateTransaction(a.agreement, a.member));

/** Signs an agreement as one of its members. @throws `AgreementInvalid` where it could not be made by now */
export async function signAgreement(
  consortium: Consortium,
  signer: Signer,
  terms: Agreement,
): Promise<Signature> {
  const { now } = await readPeriod(consortium);
  return signTerms(signer, consortium.domain, checkAgreement(terms, periodOf(now)));
}

/** Whether a key of a member that may post and countersign signed an agreement, as the register knows it now. */
export async function isAgreedBy(
  consortium: Consortium,
  member: MemberId,
  terms: Agreement,
  signature: Signature,
): Promise<boolean> {
  const digest = agreementDigest(consortium.domain, terms);
  return isSignedFor(consortium, member, digest, signature, ["post", "countersign"]);
}

/** Who made a signature under an agreement; undefined where nobody did. */
export function signerOfAgreement(
  consortium: Consortium,
  terms: Agreement,
  signature: Signature,
): string | undefined {
  return recoverSigner(agreementDigest(consortium.domain, terms), signature);
}

/** Every agreement that was ever made, in the order of the chain; those of one member where it is named. */
export async function listAgreements(consortium: Consortium, member?: MemberId): Promise<MadeAgreement[]> {
  const { register } = consortium.contracts;
  const [made, ended] = await Promise.all([
    readEvents(consortium, register, { filter: register.filters.AgreementMade() }),
    readEvents(consortium, register, { filter: register.filters.AgreementEnded() }),
  ]);
  const ends = new Map(ended.map(({ args }) => [Number(args.agreement), args]));
  return made
    .map(({ args, block }): MadeAgreement => {
      const number = Number(args.agreement);
      const end = ends.get(number);
      const by = end === undefined ? undefined : memberId(Number(end.by));
      return {
        agreement: number,
        ...agreementIn(args.terms as LoggedTerms),
        ...(by === undefined ? {} : { ended: { by, last: period(Number(end?.last)) } }),
        block,
      };
    })
    .filter(({ members }) => member === undefined || members.includes(member));
}

/** What a unit of a service costs between two members by agreement; undefined where they agreed nothing. */
export async function readAgreedPrice(
  { contracts }: Consortium,
  parties: { readonly supplier: MemberId; readonly consumer: MemberId },
  month: PeriodId,
  service: ServiceId,
): Promise<Credits | undefined> {
  const { supplier, consumer } = parties;
  const { agreed, price } = await read(contracts.register.agreedPrice(supplier, consumer, month, service));
  return agreed ? credits(price) : undefined;
}

interface LoggedTerms {
  readonly members: readonly bigint[];
  readonly from: bigint;
  readonly until: bigint;
  readonly prices: readonly { readonly service: bigint; readonly price: bigint; readonly back: bigint }[];
  readonly document: string;
}

function agreementIn({ members, from, until, prices, document }: LoggedTerms): Agreement {
  return {
    members: [...members].map((id) => memberId(Number(id))),
    from: period(Number(from)),
    until: until === 0n ? 0 : period(Number(until)),
    prices: [...prices].map((entry) => ({
      service: serviceId(Number(entry.service)),
      price: credits(entry.price),
      back: credits(entry.back),
    })),
    document: hash(document),
  };
}

function spelled({ members, from, until, prices, document }: Agreement) {
  return { members: [...members], from, until, prices: [...prices], document };
}
