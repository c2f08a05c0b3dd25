import { exceptionOf, type CounterException } from "../exceptions.ts";
import { flaw } from "../flaw.ts";
import { isMonth } from "../month.ts";
import { releaseOf, type Release } from "../names.ts";
import type { ReportEvent, ReportHeader } from "../report.ts";
import { objectOf, readExceptions, readHeader, textOf } from "./header.ts";
import { hasUsage, readItem } from "./items.ts";
import { notReport } from "./others.ts";
import { partsOf } from "./parts.ts";
import type { Part } from "./walk.ts";

/** Items that may stand before the header, as the order of names in JSON is free. */
const MAX_EARLY = 1_000;
/** Fields beside the header that are looked at. */
const MAX_FIELDS = 100;

/**
 * Reads a report of release 5 or 5.1 in JSON, alone or inside the file in which a harvester keeps it.
 * @throws the codes of `CounterFlaw`
 */
export async function* readJsonReport(
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<ReportEvent, void, undefined> {
  const reading = new Reading();
  for await (const parts of partsOf(bytes)) {
    for (const part of parts) yield* reading.take(part);
  }
  yield* reading.end();
}

class Reading {
  #header: ReportHeader | undefined;
  readonly #early: Extract<Part, { place: "item" }>[] = [];
  readonly #elements: unknown[] = [];
  readonly #exceptions: CounterException[] = [];
  readonly #fields = new Map<string, unknown>();
  #items = 0;
  #listed = false;

  *take(part: Part): Generator<ReportEvent> {
    if (part.place === "header") {
      const header = readHeader(part.value);
      this.#header = header;
      yield { kind: "header", header };
      for (const item of this.#early.splice(0)) yield* this.#item(item, header);
    } else if (part.place === "item") {
      if (this.#header !== undefined) yield* this.#item(part, this.#header);
      else if (this.#early.push(part) > MAX_EARLY) throw noHeader();
    } else if (part.place === "items") this.#listed = true;
    else if (part.place === "exceptions") this.#exceptions.push(...readExceptions(part.value));
    else if (part.place === "element") {
      if (this.#elements.length < MAX_FIELDS) this.#elements.push(part.value);
    } else this.#field(part);
  }

  *#item({ value, parent }: Extract<Part, { place: "item" }>, header: ReportHeader): Generator<ReportEvent> {
    if (parent && !hasUsage(objectOf(value) ?? {})) return;
    this.#items += 1;
    yield readItem(value, header, this.#items);
  }

  #field({ name, value, nested }: Extract<Part, { place: "field" }>): void {
    const key = nested ? `report.${name}` : name;
    if (this.#fields.size < MAX_FIELDS && !this.#fields.has(key)) this.#fields.set(key, value);
  }

  *end(): Generator<ReportEvent> {
    if (this.#header !== undefined) {
      if (this.#exceptions.length > 0) yield this.#without(this.#exceptions);
      else if (!this.#listed && this.#header.exceptions.length === 0) {
        throw flaw("CounterItemInvalid", "The report has a header but no list of Report_Items.");
      }
      return;
    }
    const text = (name: string) => textOf(this.#fields.get(name));
    const release = text("release") ?? text("report.version") ?? text("report.Release");
    if (release !== undefined) releaseOf(release);
    if (this.#early.length > 0 || this.#listed) throw noHeader();
    const own = this.#fields.has("Code") ? readExceptions(Object.fromEntries(this.#fields)) : [];
    const exceptions = [
      ...own,
      ...this.#exceptions,
      ...readExceptions(this.#elements),
      ...failure(text("failedReason")),
    ];
    if (exceptions.length === 0) throw notReport([...this.#fields.keys()], this.#elements);
    yield this.#without(exceptions, release === undefined ? undefined : releaseOf(release));
  }

  /** Exceptions that came without or beside a header. */
  #without(exceptions: readonly CounterException[], release?: Release): ReportEvent {
    const [id, month] = [textOf(this.#fields.get("reportName")), textOf(this.#fields.get("yearMonth"))];
    const about = {
      ...(release === undefined ? {} : { release }),
      ...(id === undefined ? {} : { id }),
      months: month !== undefined && isMonth(month) ? [month] : [],
    };
    return { kind: "exceptions", exceptions, about };
  }
}

const noHeader = () => flaw("CounterHeaderMissing", "The report has items but no Report_Header before them.");

/** The exception that a harvester noted as text where it got no report. */
function failure(reason: string | undefined): CounterException[] {
  if (reason === undefined) return [];
  const number = /\bNumber=(\d{1,4})\b/.exec(reason)?.[1];
  if (number !== undefined) return [exceptionOf(Number(number))];
  try {
    return readExceptions(JSON.parse(reason.slice(0, 4096)));
  } catch {
    return [];
  }
}
