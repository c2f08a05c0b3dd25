import type { Difference } from "../../core/difference.ts";
import type { ReconciledRecord } from "../../core/reconcile.ts";
import { credits, parseCredits, type Credits } from "../../core/money.ts";
import type { Service } from "../network/services.ts";
import type { DifferencesReport } from "./differences.ts";
import type { Examination } from "./examine.ts";
import type { StatementFile } from "./file.ts";

/**
 * What a statement comes to, and how far its consumer's own records bear it out; only `due` has fee, royalties and relief in
 * it: what the consumer itself pays. What was accepted counts as agreed, what could not be compared as unchecked.
 */
export function totalsOf(found: Examination) {
  const { gross, fee, royalties, relieved, records, differences, standing } = found;
  const sum = (amounts: readonly Credits[]) => credits(amounts.reduce((all, one) => all + one, 0n));
  const sumOf = (state: string) =>
    sum(records.filter((one) => stateOf(one, standing) === state).map(({ amount }) => amount));
  const missing = differences.filter(({ kind, own }) => kind === "missingThere" && own !== "");
  return {
    gross,
    fee,
    royalties,
    relieved,
    due: credits(gross + fee + royalties - relieved),
    agreed: sumOf("agreed"),
    disputed: sumOf("disputed"),
    unchecked: sumOf("unchecked"),
    unbilled: sum(missing.map(({ own }) => parseCredits(own))),
  };
}

function stateOf({ own, differences }: ReconciledRecord, standing: readonly Difference[]) {
  if (differences.some((one) => standing.includes(one))) return "disputed";
  return own === undefined && differences.length === 0 ? "unchecked" : "agreed";
}

/** Each record beside the consumer's own. */
export function recordRows({ records, standing }: Examination, services: readonly Service[]) {
  return records.map((one) => {
    const { billed, amount, own, differences } = one;
    return {
      request: billed.request.id,
      title: billed.details["title"] ?? "",
      service: codeOf(services, billed.service),
      quantity: billed.quantity,
      amount,
      own: own === undefined ? "" : `${own.draft.quantity} ${own.draft.service}`,
      found:
        differences.length === 0 ? stateOf(one, standing) : differences.map(({ kind }) => kind).join(", "),
    };
  });
}

/** Each line with how many of its units the consumer's own records bear out. */
export function lineRows({ lines, records, standing }: Examination, services: readonly Service[]) {
  return lines.map((line) => {
    const own = records.filter(({ billed }) => billed.service === line.service);
    const agreed = own.filter((one) => stateOf(one, standing) === "agreed");
    const units = agreed.reduce((sum, { billed }) => sum + billed.quantity, 0);
    return { ...line, code: codeOf(services, line.service), agreed: units };
  });
}

/** Each difference as a row: whether it keeps the statement from being signed comes first. */
export function differenceRows(
  { differences, standing, accepted }: Examination,
  services: readonly Service[],
) {
  return differences.map((one) => {
    const { kind, request, service, charge, billed, own, sentence } = one;
    const verdict = standing.includes(one) ? "blocks" : accepted.includes(one) ? "accepted" : "told";
    const facts = { kind, request: request.id, service: codeOf(services, service), charge, billed, own };
    return { verdict, ...facts, sentence };
  });
}

/** What does not hold of the statement as a whole, in words. */
export function faultsOf({ checks }: Examination): string[] {
  return checks.filter(({ ok }) => !ok).map(({ check, found }) => `not: ${check} (${found})`);
}

/** The report that a supplier gets of a statement that is not countersigned. */
export function reportOf(
  { chainId, ledger, statement }: StatementFile,
  found: Examination,
): DifferencesReport {
  const { supplier, consumer, number, period, root } = statement;
  return {
    ...{ chainId, ledger, supplier, consumer, number, period, root },
    faults: faultsOf(found),
    differences: found.differences,
  };
}

function codeOf(services: readonly Service[], service: number): string {
  return services.find(({ id }) => id === service)?.code ?? String(service);
}
