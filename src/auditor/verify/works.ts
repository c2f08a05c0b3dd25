import type { ServiceId } from "../../core/ids.ts";
import type { NamedWork } from "../engine/report.ts";
import type { Findings } from "../finding.ts";
import { sentence, tell } from "../fold/ground.ts";
import type { FoldState } from "../fold/state.ts";
import { nameOf, refOf, type KnownStatement } from "../fold/statements.ts";

/** Services of a statement that need permission for works, where any was registered: only their records can pass one over. */
export function usingWorks({ works, schedule }: FoldState, known: KnownStatement): ServiceId[] {
  if (works.urns.length === 0) return [];
  const services = new Set(known.statement.lines.map(({ service }) => service));
  return [...services].filter((service) => schedule.actOf(service, known.statement.period) !== "lend");
}

/**
 * Finds works that records name and lines do not, where their licence forbids the use or a royalty is due. What everybody
 * may do for nothing may go unnamed.
 */
export function checkWorks(
  state: FoldState,
  findings: Findings,
  known: KnownStatement,
  used: readonly NamedWork[],
): void {
  const { statement, position, place } = known;
  for (const { service, urn, quantity, record } of used) {
    const resource = state.works.registered(urn, position);
    if (resource === undefined) continue;
    const named = statement.lines
      .filter((line) => line.service === service && line.resource === resource)
      .reduce((sum, line) => sum + line.quantity, 0);
    if (quantity <= named) continue;
    const { supplier, consumer, period } = statement;
    const usage = { service, act: state.schedule.actOf(service, period), period };
    const kind = state.register.member(consumer)?.kind ?? 0;
    const { allowed, holder, royalty } = state.works.worksAt(position).useOf(resource, { ...usage, kind });
    if (holder === consumer || (allowed ? royalty === 0n : holder === supplier)) continue;
    const due = allowed ? `${tell.amount(royalty)} a unit` : "no use by this service";
    const message = `Record ${record} of ${nameOf(statement)} uses ${urn}, work ${resource}, which its lines name for ${named} of ${quantity}; its terms are ${due}.`;
    const figures = { expected: `${quantity} of work ${resource}`, found: String(named) };
    findings.add("WorkUnnamed", sentence(message), { ...place, statement: refOf(statement), ...figures });
  }
}
