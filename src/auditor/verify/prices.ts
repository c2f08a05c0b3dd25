import { ACTS, LICENCES } from "../../core/licence.ts";
import { addMonths, periodOf, POSTING_WINDOW, type PeriodId } from "../../core/period.ts";
import type { Fold } from "../fold/fold.ts";
import type { FoldState } from "../fold/state.ts";
import type { Figure, View } from "./compare.ts";
import { sample } from "./sample.ts";

const NO_CAP = 2n ** 64n - 1n;

/** What the views of schedule, agreements, works, reliefs and attestors must say at a second, by the logs. */
export function* priceViews(fold: Fold, now: number): Iterable<View> {
  const { state } = fold;
  yield* scheduleViews(state);
  yield* agreementViews(state);
  yield* workViews(state, periodOf(now));
  yield* reliefViews(fold, periodOf(now));
  const to = state.site.pricing;
  for (const { key, service, accredited } of state.attestors.all()) {
    const args = [BigInt(key), BigInt(service)];
    yield { to, signature: "isAccredited(address,uint16)", args, figures: [flag("", accredited)] };
  }
}

function* scheduleViews({ site, schedule, book }: FoldState): Iterable<View> {
  const to = site.schedule;
  for (const { month, service, tier, supplierTier } of schedule.questionsAround(book.openPeriod)) {
    const unit = schedule.prices.priceOf(month, service, tier, supplierTier);
    const { price = 0n, fee = 0n, minimum = 0n, cap = NO_CAP } = unit ?? {};
    const args = [month, service, tier, supplierTier].map(BigInt);
    yield {
      ...{ to, signature: "priceOf(uint16,uint16,uint8,uint8)", args },
      figures: [
        flag("offered", unit !== undefined),
        ["price", price, "amount"],
        ["fee", fee, "amount"],
        flag("bounded", unit?.minimum !== undefined || unit?.cap !== undefined),
      ],
    };
    yield {
      ...{ to, signature: "boundsOf(uint16,uint16,uint8,uint8)", args },
      figures: [
        ["minimum", minimum, "amount"],
        ["cap", cap, "amount"],
      ],
    };
  }
  for (const [service, { unit, act, from }] of schedule.described) {
    const args = [BigInt(service)];
    yield { to, signature: "unitOf(uint16)", args, figures: [["", BigInt(unit)]] };
    const asked = [...args, BigInt(from)];
    yield { to, signature: "actOf(uint16,uint16)", args: asked, figures: [["", BigInt(act)]] };
  }
}

function* agreementViews({ site, register, book }: FoldState): Iterable<View> {
  const to = site.register;
  const { list, agreements } = register.agreed;
  const priced = new Set(sample(list));
  for (const made of list) {
    const { agreement, terms } = made;
    const { from, until } = agreements.termsOf(agreement) ?? terms;
    yield {
      ...{ to, signature: "agreementOf(uint32)", args: [BigInt(agreement)] },
      figures: [
        ["from", BigInt(from), "month"],
        ["until", BigInt(until), "month"],
      ],
    };
    const [first, second] = terms.members;
    if (first === undefined || second === undefined || !priced.has(made)) continue;
    for (const { service } of terms.prices) {
      for (const [supplier, consumer] of [
        [first, second],
        [second, first],
      ] as const) {
        const price = agreements.priceOf(supplier, consumer, book.openPeriod, service);
        yield {
          ...{ to, signature: "agreedPrice(uint32,uint32,uint16,uint16)" },
          args: [supplier, consumer, book.openPeriod, service].map(BigInt),
          figures: [flag("agreed", price !== undefined), ["price", price ?? 0n, "amount"]],
        };
      }
    }
  }
}

function* workViews(state: FoldState, month: PeriodId): Iterable<View> {
  const { site, works, book, schedule } = state;
  const to = site.resources;
  const open = book.openPeriod;
  for (const [resource, urn] of sample(works.all())) {
    const args = [BigInt(resource)];
    const holder = works.works.holderOf(resource) ?? 0;
    yield { to, signature: "holderOf(uint32)", args, figures: [["", BigInt(holder)]] };
    yield { to, signature: "resourceOf(string)", args: textWords(urn), figures: [["", BigInt(resource)]] };
    for (const asks of [open, addMonths(open, 1)]) {
      const licence = LICENCES.indexOf(works.works.licenceIn(resource, asks));
      const asked = [...args, BigInt(asks)];
      yield { to, signature: "licenceIn(uint32,uint16)", args: asked, figures: [["", BigInt(licence)]] };
    }
  }
  for (const { resource, service } of sample([...works.permissions.values()])) {
    const act = schedule.actOf(service, open);
    const use = works.works.useOf(resource, { service, act, kind: 0, period: open });
    yield {
      ...{ to, signature: "useOf(uint32,uint16,uint8,uint8,uint16)" },
      args: [resource, service, ACTS.indexOf(act), 0, open].map(BigInt),
      figures: [
        flag("allowed", use.allowed),
        ["holder", BigInt(use.holder ?? 0)],
        ["royalty", use.royalty, "amount"],
      ],
    };
  }
  for (const kind of works.kinds) {
    const commercial = works.works.isCommercial(kind, month);
    yield { to, signature: "isCommercial(uint8)", args: [BigInt(kind)], figures: [flag("", commercial)] };
  }
}

function* reliefViews({ state, reliefs, legs }: Fold, month: PeriodId): Iterable<View> {
  const to = state.site.pricing;
  for (let relief = 1; relief <= reliefs.count; relief++) {
    const args = [BigInt(relief)];
    const terms = state.reliefs.termsOf(relief);
    if (terms === undefined) continue;
    const { service, region, tier, share, from, until, memberCap, cap, isGrant } = terms;
    const numbers = Object.entries({ service, region, tier, share, from, until, memberCap, cap });
    const figures = numbers.map(([name, value]): Figure => [name, BigInt(value)]);
    yield { to, signature: "reliefOf(uint32)", args, figures: [...figures, flag("grant", isGrant)] };
    const grant = state.reliefs.grantOf(relief);
    if (grant === undefined) continue;
    yield {
      ...{ to, signature: "grantOf(uint32)", args },
      figures: [
        ["balance", grant.balance, "amount"],
        ["given", grant.given, "amount"],
      ],
    };
    for (const giver of reliefs.givers.get(relief) ?? []) {
      const given = state.reliefs.givenBy(relief, giver);
      const asked = [...args, BigInt(giver)];
      yield { to, signature: "givenBy(uint32,address)", args: asked, figures: [["", given, "amount"]] };
    }
  }
  const first = month - POSTING_WINDOW;
  const open = [...legs.paid.values()].filter(({ period }) => period >= first);
  for (const { relief, member, period } of sample(open)) {
    const { forMember, forAll } = state.reliefs.paidIn(relief, member, period);
    yield {
      ...{
        to,
        signature: "relieved(uint32,uint32,uint16)",
        args: [relief, member, period].map(BigInt),
        member,
      },
      figures: [
        ["forMember", forMember, "amount"],
        ["forAll", forAll, "amount"],
      ],
    };
  }
}

const flag = (name: string, value: boolean): Figure => [name, value ? 1n : 0n];

/** A text as the only argument of a call, in words. */
function textWords(text: string): bigint[] {
  const bytes = Buffer.from(text, "latin1");
  const words = Array.from({ length: Math.ceil(bytes.length / 32) }, (_, i) => {
    const word = bytes.subarray(32 * i, 32 * (i + 1)).toString("hex");
    return BigInt(`0x${word.padEnd(64, "0")}`);
  });
  return [32n, BigInt(bytes.length), ...words];
}
