import members from "../month/members.json" with { type: "json" };
import type { Outcome } from "../../src/connectors/iso18626/fold/fold.ts";
import { Conversation } from "./conversation.ts";
import { Random } from "./random.ts";
import { SCENARIOS } from "./scenarios.ts";
import { TRADE } from "./trade.ts";
import { article, book } from "./works.ts";

export interface MonthFile {
  /** Below `examples/month/`. */
  readonly path: string;
  readonly content: string;
}

export interface Month {
  readonly files: readonly MonthFile[];
  readonly exchanges: number;
  /** What the messages must fold to, by construction. */
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
}

const HOUR = 3_600_000;
const OPENS = Date.UTC(2026, 9, 1, 8);
const LOAN = ["12.00", "10.00", "6.00"];
const COPY = ["5.00", "4.00", "2.50"];
const TIERS = new Map(members.map(({ isil, tier }) => [isil, tier]));

/** Writes October 2026 of a consortium that does not exist, the same bytes every time. */
export function exampleMonth(seed = 20261001): Month {
  const random = new Random(seed);
  const numbers = new Map<string, number>();
  const files: MonthFile[] = [];
  const outcomes: Partial<Record<Outcome, number>> = {};
  let exchanges = 0;

  const number = (consumer: string): string => {
    const next = (numbers.get(consumer) ?? 0) + 1;
    numbers.set(consumer, next);
    return `2026-${String(next).padStart(4, "0")}`;
  };
  const keep = (talk: Conversation, folder: string, ...expected: readonly Outcome[]): void => {
    exchanges += 1;
    for (const { name, xml } of talk.files) files.push({ path: `messages/${folder}/${name}`, content: xml });
    for (const outcome of expected) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  };

  for (const [supplier, consumer, loans, copies] of TRADE) {
    for (let index = 0; index < loans + copies; index += 1) {
      const request = number(consumer);
      const edition = random.chance(25) ? "2021-2" : "1.2";
      const talk = new Conversation({ supplier, consumer, request }, start(random, 24), edition);
      if (index < loans) plainLoan(talk, random, consumer);
      else plainCopy(talk, random, consumer);
      keep(talk, `${consumer}/${request}`, index < loans ? "loan" : "copy");
    }
  }
  let previous = "";
  for (const {
    supplier,
    consumer,
    follows,
    edition2021,
    article: isArticle,
    tell,
    outcomes: expected,
  } of SCENARIOS) {
    const again = follows === "same number";
    const request = again ? previous : number(consumer);
    const begin = start(random, 8) + (follows === undefined ? 0 : 240 * HOUR);
    const talk = new Conversation({ supplier, consumer, request }, begin, edition2021 ? "2021-2" : "1.2");
    tell(talk, isArticle ? article(random) : book(random), previous);
    keep(talk, `${consumer}/${request}${again ? "-retry" : ""}`, ...expected);
    previous = request;
  }
  return { files, exchanges, outcomes };
}

/** A working hour in the first days of the month. */
function start(random: Random, days: number): number {
  return OPENS + (random.below(days) * 24 + random.below(9)) * HOUR + random.below(3600) * 1000;
}

function price(prices: readonly string[], consumer: string): string {
  return prices[(TIERS.get(consumer) ?? 1) - 1] ?? "";
}

function plainLoan(talk: Conversation, random: Random, consumer: string): void {
  const begin = talk.clock;
  talk.ask({ service: "Loan", work: book(random), ...(random.chance(90) ? { maximum: "15.00" } : {}) });
  if (random.chance(25)) talk.confirm("OK");
  if (random.chance(60)) talk.wait(1 + random.below(8)).say("WillSupply");
  talk.wait(2 + random.below(40));
  talk.say("Loaned", random.chance(80) ? { cost: price(LOAN, consumer) } : { sent: true });
  if (random.chance(60)) talk.wait(24 + random.below(30)).act("Received");
  // Books borrowed early in the month come back within it.
  if (begin < OPENS + 12 * 24 * HOUR && random.chance(60)) {
    talk.wait(150 + random.below(80)).act("ShippedReturn");
    talk.wait(30 + random.below(40)).say("LoanCompleted");
  }
}

function plainCopy(talk: Conversation, random: Random, consumer: string): void {
  talk.ask({ service: "Copy", work: article(random), ...(random.chance(90) ? { maximum: "8.00" } : {}) });
  if (random.chance(25)) talk.confirm("OK");
  if (random.chance(50)) talk.wait(1 + random.below(8)).say("WillSupply");
  talk
    .wait(1 + random.below(30))
    .say("CopyCompleted", random.chance(80) ? { cost: price(COPY, consumer) } : { sent: true });
}
