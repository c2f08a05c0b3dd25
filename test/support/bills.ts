import { id } from "ethers";
import type { BillFacts, ChargedStatement } from "../../src/documents/bill/facts.ts";
import type { Office, Party } from "../../src/documents/office/office.ts";
import {
  COMMONS,
  hash,
  isil,
  memberId,
  serviceId,
  statementNumber,
  type MemberId,
} from "../../src/core/ids.ts";
import { credits, parseCredits, ZERO } from "../../src/core/money.ts";
import { addMonths, parsePeriod, periodEnd } from "../../src/core/period.ts";

export const [ADA, BOB, EVE] = [memberId(3), memberId(4), memberId(5)];
export const MARCH = parsePeriod("2026-03");
export const [LOAN, COPY] = [serviceId(1), serviceId(2)];

const party = (name: string, more: Partial<Party> = {}): Party => ({
  name,
  address: { street: "Kontorgata 4", city: "Nordhafen", postCode: "10115", country: "DE" },
  ...more,
});

export const OFFICE: Office = {
  party: party("Clearing Office of the Consortium", {
    legalRegistration: "VR 20260",
    taxRegistration: "27/640/00000",
    email: "office@consortium.example",
    electronicAddress: { scheme: "EM", value: "office@consortium.example" },
    account: { iban: "DE89370400440532013000", bic: "COBADEFFXXX" },
  }),
  currency: "EUR",
  paymentDays: 30,
  tax: { category: "O", rate: 0, exemption: "Outside the scope of VAT." },
  units: new Map([["loan", "C62"]]),
  members: new Map([
    [isil("XA-ADA"), party("Ada's Library")],
    [isil("XA-BOB"), party("Bob & Söhne <Bibliothek>", { vatId: "DE123456789" })],
  ]),
  replacement: new Map(),
};

interface Sketch {
  readonly supplier: MemberId;
  readonly consumer: MemberId;
  readonly number: number;
  readonly lines: readonly (readonly [typeof LOAN, number])[];
  readonly gross: string;
  readonly fee?: string;
  readonly acknowledged?: string;
  readonly claimed?: boolean;
  readonly legs?: ChargedStatement["legs"];
}

/** A statement that was charged in March. */
export function charged(sketch: Sketch): ChargedStatement {
  const { supplier, consumer, number, lines, gross, claimed = false, legs = [] } = sketch;
  return {
    statement: {
      ...{ supplier, consumer, number: statementNumber(number), period: addMonths(MARCH, -1) },
      lines: lines.map(([service, quantity]) => ({ service, quantity })),
      maximum: parseCredits(gross),
      root: hash(id(`records ${number}`)),
      lastPeriod: MARCH,
    },
    gross: parseCredits(gross),
    fee: parseCredits(sketch.fee ?? "0"),
    acknowledged: parseCredits(sketch.acknowledged ?? "0"),
    ...{ claimed, legs },
  };
}

/** March for bob, with whatever a test puts into it. */
export function factsOf(given: Partial<BillFacts> = {}): BillFacts {
  return {
    ...{ member: BOB, isil: isil("XA-BOB"), period: MARCH, closedAt: periodEnd(MARCH) + 3_600 },
    ...{ statements: [], refunds: [], compensation: ZERO, demands: [] },
    isils: new Map([
      [ADA, isil("XA-ADA")],
      [BOB, isil("XA-BOB")],
      [EVE, isil("XA-EVE")],
    ]),
    services: new Map([
      [LOAN, "loan"],
      [COPY, "copy"],
    ]),
    proof: {
      chainId: 31337,
      ledger: "0x5FbDB2315678afecb367f032d93F642f64180aa3",
      closeTx: id("close"),
    },
    ...given,
  };
}

/** A month in which everything happens that a bill tells of. */
export function fullFacts(given: Partial<BillFacts> = {}): BillFacts {
  return factsOf({
    statements: [
      charged({
        ...{ supplier: EVE, consumer: BOB, number: 9, lines: [[LOAN, 3]], gross: "10.00", fee: "0.78" },
        acknowledged: "2.5",
      }),
      charged({
        ...{ supplier: ADA, consumer: BOB, number: 1, lines: [[LOAN, 5]], gross: "60", fee: "1.3" },
        legs: [
          { kind: "aid", relief: 1, amount: parseCredits("20.000001") },
          { kind: "royalty", holder: EVE, amount: parseCredits("4.444444") },
        ],
      }),
      charged({
        ...{ supplier: ADA, consumer: BOB, number: 2, gross: "7.333333", claimed: true },
        lines: [
          [LOAN, 1],
          [COPY, 2],
        ],
      }),
      charged({ supplier: BOB, consumer: ADA, number: 1, lines: [[COPY, 4]], gross: "20", fee: "1.04" }),
      charged({ supplier: BOB, consumer: COMMONS, number: 2, lines: [[COPY, 7]], gross: "7.7" }),
      charged({ supplier: ADA, consumer: EVE, number: 3, lines: [[LOAN, 99]], gross: "999" }),
    ],
    refunds: [
      { supplier: BOB, consumer: ADA, amount: parseCredits("5"), cancelled: ZERO, owed: parseCredits("1") },
      { supplier: EVE, consumer: BOB, amount: parseCredits("3"), cancelled: parseCredits("0.5"), owed: ZERO },
    ],
    compensation: credits(1_234_567n),
    ...given,
  });
}
