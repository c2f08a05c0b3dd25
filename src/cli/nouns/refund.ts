import type { Command } from "commander";
import { credits, formatCredits, type Credits } from "../../core/money.ts";
import { bundleRecords, type Bundle } from "../../records/bundle.ts";
import { createDirectoryStore } from "../../records/directory.ts";
import { findCharge } from "../../sdk/charges.ts";
import type { ChargedStatement } from "../../sdk/charges.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { isGivenBack, readGivenBack, sendRefund, sendStatementRefund } from "../../sdk/reversals.ts";
import { nameOf } from "../desks/claimRow.ts";
import { bundleOf, listed, placesNamed, STATEMENT, statementNamed } from "../desks/named.ts";
import type { RecordChoice } from "../desks/named.ts";
import { command, does } from "../shell/command.ts";
import { sent } from "./member.ts";
import { withStore, type StoreOptions } from "./statementFolder.ts";

export function addRefund(program: Command): void {
  const noun = program.command("refund").description("what suppliers give back of what they charged");

  const show = withStore(
    command(noun, "show", "a charged statement's records, and which were given back", "refund show 3-7"),
  ).argument("<statement>", STATEMENT);
  does(show, async ({ reader }, text: string, { store }: StoreOptions) => {
    const { consortium } = await reader();
    const charge = await findCharge(consortium, await statementNamed(text));
    const bundle = await bundleOf(createDirectoryStore(store), charge.statement.root, store);
    return { data: await chargeFacts(consortium, charge, bundle) };
  });

  const give = withStore(
    command(
      noun,
      "give",
      "give back records of a charged statement, or the whole; fees stay (a countersigning key of the supplier)",
      "refund give 3-7 --records 0,4 --keystore keys/de-1.json",
    ),
  )
    .argument("<statement>", STATEMENT)
    .option("--records <places>", 'places from 0, as "refund show" lists them', listed)
    .option("--requests <identifiers>", "all records of these requests", listed)
    .option("--all", "all that is left of the statement; needs no records at hand");
  does(give, async ({ writer }, text: string, options: StoreOptions & RecordChoice) => {
    const consortium = await writer();
    const charge = await findCharge(consortium, await statementNamed(text));
    const { receipt, amount, indices } = await giveBack(consortium, charge, options);
    const { supplier, consumer } = charge.statement;
    const facts = { statement: nameOf(charge.statement), supplier, consumer, amount };
    const title = `${formatCredits(amount)} goes back to member ${consumer}.`;
    return sent(title, receipt, { ...facts, records: indices ?? "all that was left" });
  });
}

async function giveBack(
  consortium: Consortium,
  charge: ChargedStatement,
  options: StoreOptions & RecordChoice,
) {
  const { records = [], requests = [], all, store } = options;
  // The whole is given back by the statement alone: no records need be at hand.
  if (all === true && records.length + requests.length === 0) {
    return { ...(await sendStatementRefund(consortium, charge)), indices: undefined };
  }
  const bundle = await bundleOf(createDirectoryStore(store), charge.statement.root, store);
  const indices = placesNamed(bundle, { records, requests, ...(all === undefined ? {} : { all }) });
  const refund = { charge, records: bundleRecords(bundle), indices };
  return { ...(await sendRefund(consortium, refund)), indices };
}

async function chargeFacts(
  consortium: Consortium,
  charge: ChargedStatement,
  bundle: Bundle,
): Promise<Record<string, unknown>> {
  const { statement, gross, fee, acknowledged, digest, claimed, tx } = charge;
  const { supplier, consumer } = statement;
  const { amount, whole } = await readGivenBack(consortium, digest);
  const amounts = bundleRecords(bundle).map((record) => record.amount);
  const given = await Promise.all(amounts.map((_, index) => isGivenBack(consortium, digest, index)));
  const left: Credits = credits(gross - amount);
  return {
    ...{
      statement: nameOf(statement),
      supplier,
      consumer,
      charged: claimed ? "as a claim" : "countersigned",
    },
    ...{ gross, fee, acknowledged, givenBack: amount, whole, left, transaction: tx },
    records: bundle.records.map(({ request, service, charge: turn, quantity }, place) => ({
      ...{ place, request: request.id, service, charge: turn, quantity },
      ...{ amount: amounts[place] ?? null, givenBack: given[place] === true },
    })),
  };
}
