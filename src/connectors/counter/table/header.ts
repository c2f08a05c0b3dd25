import { exceptionOf, type CounterException } from "../exceptions.ts";
import { flaw } from "../flaw.ts";
import { makeHeader } from "../json/header.ts";
import { releaseOf } from "../names.ts";
import type { Identifier, ReportHeader } from "../report.ts";

/** The names in the first column: Code of Practice, section 3.2.1, table 3.f. */
const NAMES: ReadonlySet<string> = new Set(
  (
    "Report_Name Report_ID Release Institution_Name Institution_ID Metric_Types Report_Filters Report_Attributes " +
    "Exceptions Reporting_Period Created Created_By Registry_Record Registry"
  ).split(" "),
);

/** Collects the rows above the blank one. */
export class TableHeader {
  readonly #rows = new Map<string, string>();

  /** @throws `CounterNotReport`, `CounterHeaderInvalid` */
  add([name = "", value = ""]: readonly string[]): void {
    if (!NAMES.has(name)) throw this.#stray(name);
    if (this.#rows.has(name)) throw flaw("CounterHeaderInvalid", `The header has ${name} twice.`);
    this.#rows.set(name, value);
  }

  #stray(name: string) {
    if (this.#rows.size === 0) {
      const release4 = /^(Journal|Book|Database|Platform|Multimedia) Report \d/.test(name);
      if (release4)
        return flaw("CounterRelease", "The report is of release 4 or older; releases 5 and 5.1 are read.");
      return flaw("CounterNotReport", "This table does not begin with the header of a usage report.");
    }
    return flaw("CounterHeaderInvalid", "The header has a row that no header has, or no blank row after it.");
  }

  /** @throws `CounterHeaderMissing` and what {@link makeHeader} throws */
  read(): ReportHeader {
    const period = pairs(this.#rows.get("Reporting_Period") ?? "");
    const attributes = pairs(this.#rows.get("Report_Attributes") ?? "");
    const filters = [...pairs(this.#rows.get("Report_Filters") ?? "").keys()];
    const metrics = (this.#rows.get("Metric_Types") ?? "") === "" ? [] : ["Metric_Type"];
    return makeHeader({
      release: releaseOf(this.#needed("Release")),
      id: this.#needed("Report_ID").toUpperCase(),
      begin: period.get("Begin_Date"),
      end: period.get("End_Date"),
      created: this.#needed("Created"),
      createdBy: this.#rows.get("Created_By") ?? "",
      name: this.#rows.get("Institution_Name") ?? "",
      identifiers: identifiersOf(this.#rows.get("Institution_ID") ?? ""),
      filters: [...filters, ...metrics],
      total:
        attributes.get("Granularity") === "Total" || attributes.get("Exclude_Monthly_Details") === "True",
      exceptions: exceptionsOf(this.#rows.get("Exceptions") ?? ""),
    });
  }

  #needed(name: string): string {
    const text = this.#rows.get(name) ?? "";
    if (text !== "") return text;
    throw flaw("CounterHeaderMissing", `The header has no ${name}.`);
  }
}

const parts = (text: string) => text.split(/;\s*/).filter((part) => part !== "");

/** `Begin_Date=2026-01-01; End_Date=2026-01-31`. */
function pairs(text: string): Map<string, string> {
  return new Map(
    parts(text).map((part) => {
      const at = part.indexOf("=");
      return at < 0 ? [part, ""] : [part.slice(0, at).trim(), part.slice(at + 1).trim()];
    }),
  );
}

/** `ISIL:DE-1; ISNI:0000000419369078`. */
function identifiersOf(text: string): Identifier[] {
  return parts(text).flatMap((part) => {
    const at = part.indexOf(":");
    return at < 0 ? [] : [{ type: part.slice(0, at), value: part.slice(at + 1) }];
  });
}

/** `3031: Usage Not Ready for Requested Dates (2026-03); 3040: Partial Data Returned`. */
function exceptionsOf(text: string): CounterException[] {
  const starts = [...text.matchAll(/(?:^|;\s*)(\d{1,4})(?=\s*(?::|;|$))/g)];
  return starts.map((start, index) => {
    const data = text.slice(start.index + start[0].length, starts[index + 1]?.index);
    return exceptionOf(Number(start[1]), undefined, data);
  });
}
