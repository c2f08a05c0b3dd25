import { createSeen } from "../../seen.ts";
import { countOf, platformOf, sumOf } from "../count.ts";
import { flaw, quoted } from "../flaw.ts";
import { within } from "../json/items.ts";
import { monthOfColumn, type Month } from "../month.ts";
import { metricOf } from "../names.ts";
import type { ReportEvent, ReportHeader, Usage } from "../report.ts";

type ItemEvent = Extract<ReportEvent, { kind: "item" }>;

const TOTAL = "Reporting_Period_Total";

/** The columns of a table's body: Code of Practice, section 3.2.2. */
export class Columns {
  readonly #header: ReportHeader;
  readonly #platform: number;
  readonly #metric: number;
  readonly #total: number;
  readonly #months: readonly Month[];
  readonly #seen = createSeen();

  /** @throws `CounterColumnUnknown`, `CounterGranularity`, `CounterMonthOutside`, `CounterTwice` */
  constructor(names: readonly string[], header: ReportHeader) {
    this.#header = header;
    const own = { PR: "Platform", DR: "Database", TR: "Title", IR: "Item" }[header.report];
    for (const name of [own, "Platform", "Metric_Type", TOTAL]) {
      if (!names.includes(name)) throw flaw("CounterColumnUnknown", `The table has no column ${name}.`);
    }
    const twice = names.find((name, index) => name !== "" && names.indexOf(name) !== index);
    if (twice !== undefined)
      throw flaw("CounterColumnUnknown", `The table has the column ${quoted(twice)} twice.`);
    this.#platform = names.indexOf("Platform");
    this.#metric = names.indexOf("Metric_Type");
    this.#total = names.indexOf(TOTAL);
    const end = names.findLastIndex((name) => name !== "") + 1;
    this.#months = names.slice(this.#total + 1, end).map((name) => {
      const month = monthOfColumn(name);
      if (month !== undefined) return within(month, header, "A column");
      throw flaw("CounterColumnUnknown", `The column ${quoted(name)} is no month such as Jan-2026.`);
    });
    if (this.#months.length === 0) {
      throw flaw("CounterGranularity", "The table gives totals without months.", "Ask for months.");
    }
  }

  /**
   * One row, of which each counts something of its own. An empty cell says nothing; it is no zero.
   * @throws `CounterItemInvalid`, `CounterMetricUnknown`, `CounterCountInvalid`, `CounterTotalDiffers`, `CounterTwice`
   */
  read(row: readonly string[], number: number): ItemEvent {
    const where = `Row ${number}`;
    if (
      row.length <= this.#total ||
      row.slice(this.#total + 1 + this.#months.length).some((cell) => cell !== "")
    ) {
      throw flaw("CounterItemInvalid", `${where} has not as many cells as there are columns.`);
    }
    const key = row.slice(0, this.#total).join("\t");
    if (!this.#seen.add(key)) throw flaw("CounterTwice", `${where} counts what an earlier row counts.`);
    const platform = platformOf(row[this.#platform], where);
    const metric = metricOf(this.#header.report, row[this.#metric], where);
    const usage = this.#usage(row, metric, where);
    this.#checkTotal(row[this.#total] ?? "", usage, where);
    return { kind: "item", platform, usage };
  }

  #usage(row: readonly string[], metric: string, where: string): Usage[] {
    return this.#months.flatMap((month, index) => {
      const cell = row[this.#total + 1 + index] ?? "";
      return cell === "" ? [] : [{ metric, month, count: countOf(cell, `${where}, ${month},`) }];
    });
  }

  #checkTotal(cell: string, usage: readonly Usage[], where: string): void {
    const total = countOf(cell, `${where} in all`);
    const sum = usage.map(({ count }) => count).reduce(sumOf, 0);
    if (sum === total) return;
    throw flaw("CounterTotalDiffers", `${where} gives ${total} as its total, but ${sum} month by month.`);
  }
}
