import type { UsageGatherer } from "../../connectors/counter/gather.ts";
import { harvest } from "../../connectors/counter/client/harvest.ts";
import { isActive, members, offered } from "../../connectors/counter/client/lists.ts";
import {
  serviceAt,
  type Account,
  type AskOptions,
  type Service,
} from "../../connectors/counter/client/service.ts";
import { monthsFrom } from "../../connectors/counter/month.ts";
import type { Release, Report } from "../../connectors/counter/names.ts";
import { ConsortiaError, isConsortiaError } from "../../core/error.ts";
import { formatPeriod, type PeriodId } from "../../core/period.ts";
import type { RefusedFile } from "./messages.ts";
import { secureAddress } from "./servers.ts";

export interface ServiceOptions {
  readonly report?: Report;
  readonly from?: PeriodId;
  readonly to?: PeriodId;
  readonly release: Release;
  readonly platform?: string;
  readonly members?: boolean;
  readonly monthsAtOnce: number;
}

/**
 * Asks a COUNTER_SUSHI service and hands its answers on; tells which members were refused. Accounts come from the environment
 * and go nowhere else; with a requestor or a key only over https.
 */
export async function askService(
  url: string,
  options: ServiceOptions,
  gatherer: UsageGatherer,
  progress: (done: number, total: number) => void,
): Promise<RefusedFile[]> {
  const { from, to } = options;
  if (from === undefined || to === undefined) {
    throw new ConsortiaError(
      "MonthsMissing",
      "A service is asked for months. Name them with --from and --to.",
    );
  }
  const months = monthsFrom(formatPeriod(from), formatPeriod(to));
  const account = accountOf(options);
  const isSecret = `${account.requestor ?? ""}${account.apiKey ?? ""}` !== "";
  const service = serviceAt(isSecret ? secureAddress(url).href : url, options.release);
  const asking: AskOptions = {
    waiting: (ms, because) => say(`${because}; asking again in ${Math.ceil(ms / 1000)} s`),
  };
  if ((await isActive(service, asking)) === false) {
    const message = `The service at ${service.address.host} says that it is not active. Ask again later.`;
    throw new ConsortiaError("CounterBusy", message, { retryable: true });
  }
  const report = options.report ?? (await bestOffered(service, account, asking));
  const accounts = options.members === true ? await members(service, account, asking) : [account];
  const refused: RefusedFile[] = [];
  for (const [index, one] of accounts.entries()) {
    const asked = { name: "", identifiers: [{ type: "Customer_ID", value: one.customer }] };
    const monthsAtOnce = options.monthsAtOnce;
    const told = (done: number) => progress(index * months.length + done, accounts.length * months.length);
    try {
      const answers = harvest(service, one, { report, months }, { ...asking, monthsAtOnce, progress: told });
      for await (const sum of answers) gatherer.take(sum, asked);
    } catch (error) {
      if (accounts.length === 1 || !isConsortiaError(error)) throw error;
      refused.push({
        file: `member ${index + 1} of ${accounts.length}`,
        code: error.code,
        reason: error.message,
      });
      told(months.length);
    }
  }
  return refused;
}

const say = (text: string) => {
  if (process.stderr.isTTY) process.stderr.write(`\n${text}\n`);
};

/** @throws `AccountMissing` */
function accountOf({ platform }: ServiceOptions): Account {
  const { CONSORTIA_COUNTER_CUSTOMER, CONSORTIA_COUNTER_REQUESTOR, CONSORTIA_COUNTER_API_KEY } = process.env;
  if (CONSORTIA_COUNTER_CUSTOMER === undefined || CONSORTIA_COUNTER_CUSTOMER === "") {
    throw new ConsortiaError(
      "AccountMissing",
      "Nobody is named whose usage is asked for. Set CONSORTIA_COUNTER_CUSTOMER, and CONSORTIA_COUNTER_REQUESTOR and CONSORTIA_COUNTER_API_KEY where the provider gave them.",
    );
  }
  return {
    customer: CONSORTIA_COUNTER_CUSTOMER,
    ...(CONSORTIA_COUNTER_REQUESTOR === undefined ? {} : { requestor: CONSORTIA_COUNTER_REQUESTOR }),
    ...(CONSORTIA_COUNTER_API_KEY === undefined ? {} : { apiKey: CONSORTIA_COUNTER_API_KEY }),
    ...(platform === undefined ? {} : { platform }),
  };
}

/** The report that holds most of what the service offers. @throws `CounterReportMissing` */
async function bestOffered(service: Service, account: Account, asking: AskOptions): Promise<Report> {
  const known = new Set(await offered(service, account, asking));
  const best = ORDER.find((one) => known.has(one));
  if (best !== undefined) return best;
  const message = `The service at ${service.address.host} offers none of ${ORDER.join(", ")} to this customer.`;
  throw new ConsortiaError("CounterReportMissing", `${message} Ask the provider.`);
}

const ORDER: readonly Report[] = ["PR", "TR", "DR", "IR"];
