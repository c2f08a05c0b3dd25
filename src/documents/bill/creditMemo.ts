import { COMMONS } from "../../core/ids.ts";
import { sumLegs } from "../../core/legs.ts";
import { credits, ZERO } from "../../core/money.ts";
import type { Office } from "../office/office.ts";
import type { BillFacts, ChargedStatement } from "./facts.ts";
import { between, type Content } from "./invoice.ts";
import { statementLine, sumLine } from "./lines.ts";
import { nameIn } from "./names.ts";
import { sum } from "./totals.ts";

/**
 * What a month credited a member: services and contributions by statement, royalties, what suppliers gave back to it, and
 * compensation. Of that is open what its debtors had no room for.
 */
export function creditMemoContent(facts: BillFacts, office: Office): Content {
  const { member, compensation } = facts;
  const name = nameIn(facts, office);
  const supplied = facts.statements
    .filter(({ statement }) => statement.supplier === member)
    .sort(({ statement: a }, { statement: b }) => a.consumer - b.consumer || a.number - b.number);
  const got = facts.refunds.filter(({ consumer }) => consumer === member);
  const royalty = facts.statements.flatMap(({ legs }) =>
    legs.filter((leg) => leg.kind === "royalty" && leg.holder === member),
  );
  const whom = ({ statement: { consumer } }: ChargedStatement) =>
    consumer === COMMONS ? "contributed to the commons" : `for ${name(consumer)}`;
  const lines = [
    ...supplied.map((one) => statementLine(one, whom(one), facts, office)),
    sumLine("Royalties for works that it holds", sumLegs(royalty, "royalty")),
    ...got.map(({ supplier, amount }) => sumLine(`Given back by ${name(supplier)}`, amount)),
    sumLine("Compensation as a net lender", compensation),
  ];
  const owed = supplied.map(unpaid).reduce((all, one) => all + one, 0n) + sum(got.map((one) => one.owed));
  return { lines, deductions: [], open: between(owed, sum(lines.map(({ exact }) => exact))) };
}

/** What of a statement's gross its consumer owes: the fee is what is owed first. */
function unpaid({ acknowledged, fee }: ChargedStatement) {
  return acknowledged > fee ? credits(acknowledged - fee) : ZERO;
}
