import { basename } from "node:path";
import { makeBrief, type Brief, type BriefTerms, type ProposedPrices } from "../../core/brief.ts";
import { ConsortiaError } from "../../core/error.ts";
import { addMonths, type PeriodId } from "../../core/period.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { readPeriod } from "../../sdk/periods.ts";
import { readVersion } from "../../sdk/schedules.ts";
import { read } from "../../sdk/verb.ts";
import { loadPrices } from "../network/preset.ts";
import { conditionsFrom, named, type Service } from "../network/services.ts";
import type { NamedDeployment } from "../shell/deployment.ts";
import { readDemand, type AtHand } from "./demand.ts";
import { readFacts } from "./facts.ts";

/** What a brief is asked for. */
export interface BriefOrder extends AtHand {
  /** A draft's version, or a preset or price file by name. */
  readonly schedule: string;
  /** The twelve months before the open one where nothing else is said. */
  readonly from?: PeriodId;
  readonly to?: PeriodId;
  readonly basis: string;
  readonly progress?: (done: number, total: number) => void;
}

/** Makes a brief of the ledger as it stands now. @throws `BasisEmpty`; as {@link makeBrief} */
export async function briefNow(
  consortium: Consortium,
  about: NamedDeployment,
  order: BriefOrder,
): Promise<Brief> {
  if (order.basis.trim() === "") {
    throw new ConsortiaError(
      "BasisEmpty",
      "The legal basis is empty. Say on what article of the charter, on what law or contract the proposal rests.",
    );
  }
  const block = await read(consortium.provider.getBlockNumber());
  const { open } = await readPeriod(consortium);
  const to = order.to ?? addMonths(open, -1);
  const from = order.from ?? addMonths(to, -11);
  const { services, ...proposal } = await pricesNamed(consortium, order.schedule, { block, from });
  const terms: BriefTerms = {
    ...{ consortium: about.name, currency: about.currency },
    ...{ chainId: Number(about.chainId), ledger: about.ledger, block, from, to },
    ...{ proposal, basis: order.basis },
    services: named([...about.services, ...services]),
  };
  const facts = await readFacts(consortium, terms);
  const { currency } = about;
  const { progress } = order;
  const demand = await readDemand(facts, order, {
    ...{ from, to, currency },
    ...(progress === undefined ? {} : { progress }),
  });
  return makeBrief(terms, facts, demand);
}

async function pricesNamed(
  consortium: Consortium,
  schedule: string,
  { block, from }: Pick<BriefTerms, "block" | "from">,
): Promise<ProposedPrices & { readonly services: readonly Service[] }> {
  if (/^\d+$/.test(schedule)) {
    const version = Number(schedule);
    return { version, file: null, ...(await readVersion(consortium, version, block)), services: [] };
  }
  const tariff = await loadPrices(schedule);
  return {
    ...{ version: null, file: basename(schedule), services: tariff.services, prices: tariff.prices },
    // As if the file were in force from the first month that is replayed.
    conditions: conditionsFrom(tariff, from),
  };
}
