import { USAGE_MONTH, type Account, type Platform } from "./cast.ts";

/** A report as the platform publishes it: what was asked for is how it is answered. */
export interface Report {
  readonly customer: string;
  /** From which day on it is answered so. */
  readonly since?: string;
  readonly body: unknown;
}

type Counts = Readonly<Record<string, number>>;

const CREATED = "2026-10-06T05:10:00Z";
const RESTATED = "2026-10-19T05:10:00Z";
const NOT_READY = {
  Code: 3031,
  Severity: "Error",
  Message: "Usage Not Ready for Requested Dates",
  Data: USAGE_MONTH,
};
const NO_USAGE = { Code: 3030, Severity: "Error", Message: "No Usage Available for Requested Dates" };

/** Platform Reports of one month, for each account; a month that was restated twice. */
export function reportsOf(platform: Platform): Report[] {
  const make = platform.release === "5" ? release5 : release51;
  return platform.accounts.flatMap((account) => {
    const { customer, requests, before } = account;
    const now = {
      customer,
      body: make(platform, account, requests, before === undefined ? CREATED : RESTATED),
    };
    if (before === undefined) return [now];
    const first = { customer, body: make(platform, account, before, CREATED) };
    return [first, { ...now, since: RESTATED.slice(0, 10) }];
  });
}

function exceptionsOf({ notReady }: Account, counts: Counts) {
  if (notReady === true) return [NOT_READY];
  return Object.keys(counts).length === 0 ? [NO_USAGE] : [];
}

/** Requests are what is billed; people look at more than they take. */
function metricsOf(requests: number): Counts {
  return {
    Total_Item_Investigations: requests * 2 + 3,
    Total_Item_Requests: requests,
    Unique_Item_Investigations: requests + 5,
    Unique_Item_Requests: requests - Math.floor(requests / 9),
  };
}

/** COUNTER Code of Practice 5.1, section 3.2: usage nested by metric and month. */
function release51({ name }: Platform, account: Account, requests: Counts, created: string) {
  const exceptions = exceptionsOf(account, requests);
  const counted = exceptions.length === 0 ? Object.entries(requests) : [];
  return {
    Report_Header: {
      Release: "5.1",
      Report_ID: "PR",
      Report_Name: "Platform Report",
      Created: created,
      Created_By: name,
      Institution_ID: { ISIL: [account.isil], Proprietary: [`Lumina:${account.customer}`] },
      Institution_Name: account.name,
      Registry_Record: "https://registry.example/platform/lumina",
      Report_Filters: { Begin_Date: `${USAGE_MONTH}-01`, End_Date: `${USAGE_MONTH}-30` },
      ...(exceptions.length === 0 ? {} : { Exceptions: exceptions }),
    },
    Report_Items:
      counted.length === 0
        ? []
        : [
            {
              Platform: name,
              Attribute_Performance: counted.map(([type, count]) => ({
                Data_Type: type,
                Access_Method: "Regular",
                Performance: Object.fromEntries(
                  Object.entries(metricsOf(count)).map(([metric, times]) => [
                    metric,
                    { [USAGE_MONTH]: times },
                  ]),
                ),
              })),
            },
          ],
  };
}

/** COUNTER Code of Practice 5, section 3.2: usage listed as instances. */
function release5({ name }: Platform, account: Account, requests: Counts, created: string) {
  const exceptions = exceptionsOf(account, requests);
  const period = { Begin_Date: `${USAGE_MONTH}-01`, End_Date: `${USAGE_MONTH}-30` };
  return {
    Report_Header: {
      Created: created,
      Created_By: name,
      Customer_ID: account.customer,
      Report_ID: "PR",
      Release: "5",
      Report_Name: "Platform Master Report",
      Institution_Name: account.name,
      Institution_ID: [{ Type: "ISIL", Value: account.isil }],
      Report_Filters: Object.entries(period).map(([Name, Value]) => ({ Name, Value })),
      Report_Attributes: [],
      ...(exceptions.length === 0 ? {} : { Exceptions: exceptions }),
    },
    Report_Items: (exceptions.length === 0 ? Object.entries(requests) : []).map(([type, count]) => ({
      Platform: name,
      Data_Type: type,
      Access_Method: "Regular",
      Performance: [
        {
          Period: period,
          Instance: Object.entries(metricsOf(count)).map(([Metric_Type, Count]) => ({ Metric_Type, Count })),
        },
      ],
    })),
  };
}
