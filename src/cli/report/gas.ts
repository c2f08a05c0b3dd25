import { count } from "./format.ts";
import { type Html, html } from "./html.ts";
import type { MonthGas, MonthVerb } from "./month.ts";
import { type Column, table } from "./table.ts";

/** What keeping the book cost in gas, each verb beside something known where there is one. */
export function gasTable(gas: MonthGas): Html {
  const columns: Column<MonthVerb>[] = [
    { head: "Verb", cell: ({ verb }) => verb },
    { head: "Calls", kind: "number", cell: ({ calls }) => count(calls) },
    { head: "Gas", kind: "number", cell: ({ gas: all }) => count(all) },
    { head: "Per call", kind: "number", cell: (verb) => count(perCall(verb)) },
    { head: "Compared with", cell: ({ compared }) => compared?.what ?? "" },
    { head: "Its gas", kind: "number", cell: ({ compared }) => (compared ? count(compared.gas) : "") },
    { head: "Ratio", kind: "number", cell: ratio },
  ];
  return html`<p>
      Closing the month took ${count(gas.close)} gas. Posting took ${count(gas.postTotal)}, which is
      ${count(gas.postPerStatement)} a statement.
    </p>
    ${table("Gas by verb. The ratio is this book's gas per call to the other's; below 1 is cheaper.", columns, gas.verbs)}`;
}

function perCall({ gas, calls }: MonthVerb): number {
  return calls === 0 ? 0 : Math.round(gas / calls);
}

function ratio(verb: MonthVerb): string {
  const { compared } = verb;
  return compared === undefined || compared.gas === 0 || verb.calls === 0
    ? ""
    : Number((perCall(verb) / compared.gas).toPrecision(2)).toString();
}
