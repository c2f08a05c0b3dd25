import type { ConsortiaError } from "../../../core/error.ts";
import { flaw } from "../flaw.ts";
import { objectOf } from "./header.ts";

/** What is met where a report is looked for, by a name that only it has. */
const OBJECTS: readonly (readonly [string, string])[] = [
  ["openapi", "the description of an API"],
  ["swagger", "the description of an API"],
  ["Service_Active", "the status of a COUNTER_SUSHI service"],
  ["Customer_ID", "a list of a consortium's members"],
  ["Report_ID", "a list of the reports that a service offers"],
  ["customer_id_info", "the registry's description of a COUNTER_SUSHI service"],
  ["sushi_services", "the registry's list of platforms"],
  ["accessCountPeriods", "an evaluation of usage by another program"],
  ["memory", "the result of a validation"],
];

/** Says what a JSON text is, where it is no report. */
export function notReport(names: readonly string[], elements: readonly unknown[]): ConsortiaError {
  const first = objectOf(elements[0]);
  const known = new Set([...names, ...Object.keys(first ?? {})]);
  const what = OBJECTS.find(([name]) => known.has(name))?.[1] ?? "JSON with neither header nor exceptions";
  const said = known.size === 0 ? "an empty JSON text" : what;
  return flaw("CounterNotReport", `This is ${said}, no usage report.`, "Give a report: PR, DR, TR or IR.");
}
