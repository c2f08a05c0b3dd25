import type { MemberId } from "../../core/ids.ts";
import type { MonthException, MonthMember, MonthReport, MonthStatement } from "./month.ts";

/** A report's rows by member, found once: thousands of pages ask for them. */
export interface Lookup {
  member(id: MemberId): MonthMember | undefined;
  supplied(id: MemberId): readonly MonthStatement[];
  consumed(id: MemberId): readonly MonthStatement[];
  /** Exceptions that name the member's ISIL, as messages do (`ISIL:DE-1`) or bare. */
  exceptions(member: MonthMember): readonly MonthException[];
}

export function lookUp(report: MonthReport): Lookup {
  const members = new Map(report.members.map((member) => [member.id, member]));
  const supplied = groupBy(report.statements, ({ supplier }) => supplier);
  const consumed = groupBy(report.statements, ({ consumer }) => consumer);
  const exceptions = new Map<string, Set<MonthException>>();
  for (const exception of report.exceptions) {
    for (const agency of [exception.requesting, exception.supplying]) {
      const isil = agency.replace(/^ISIL:/, "");
      exceptions.set(isil, (exceptions.get(isil) ?? new Set()).add(exception));
    }
  }
  return {
    member: (id) => members.get(id),
    supplied: (id) => supplied.get(id) ?? [],
    consumed: (id) => consumed.get(id) ?? [],
    exceptions: ({ isil }) => (isil === "" ? [] : [...(exceptions.get(isil) ?? [])]),
  };
}

function groupBy<Row, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return groups;
}
