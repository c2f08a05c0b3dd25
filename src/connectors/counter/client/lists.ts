import { textOf as bodyText } from "../../http/body.ts";
import { objectOf, readExceptions, textOf } from "../json/header.ts";
import { refusal, strange, unanswered } from "./refusal.ts";
import { ask, identifying, type Account, type AskOptions, type Service } from "./service.ts";

/** The largest consortia have a few thousand members. */
const MAX_LIST = 8 << 20;

/** Whether a service says that it answers; undefined where it has no word for it. @throws what `get` throws */
export async function isActive(service: Service, options: AskOptions = {}): Promise<boolean | undefined> {
  const { status, body } = await ask(service, "status", {}, options);
  const value = parsed(await bodyText(body, MAX_LIST));
  const active = objectOf(Array.isArray(value) ? value[0] : value)?.["Service_Active"];
  return status === 200 && active !== undefined ? active === true || active === "true" : undefined;
}

/**
 * The reports that a service offers to a customer, such as `PR`.
 * @throws `CounterRefused`, `CounterBusy`, `CounterAnswer`, what `get` throws
 */
export async function offered(
  service: Service,
  account: Account,
  options: AskOptions = {},
): Promise<string[]> {
  const entries = await list(service, "reports", account, options);
  return entries.flatMap((entry) => textOf(entry["Report_ID"])?.toUpperCase() ?? []);
}

/**
 * The accounts of a consortium's members, each to be asked for on its own: a consortium's report may count a use by two
 * members once, so that it is not the sum of theirs.
 * @throws `CounterRefused`, `CounterBusy`, `CounterAnswer`, what `get` throws
 */
export async function members(
  service: Service,
  account: Account,
  options: AskOptions = {},
): Promise<Account[]> {
  const entries = await list(service, "members", account, options);
  return entries.flatMap((entry) => {
    const [customer, requestor] = [textOf(entry["Customer_ID"]), textOf(entry["Requestor_ID"])];
    if (customer === undefined || customer === "") return [];
    return [{ ...account, customer, ...(requestor === undefined ? {} : { requestor }) }];
  });
}

async function list(
  service: Service,
  path: string,
  account: Account,
  options: AskOptions,
): Promise<Readonly<Record<string, unknown>>[]> {
  const { status, body } = await ask(service, path, identifying(account), options);
  const value = parsed(await bodyText(body, MAX_LIST));
  const exceptions = readExceptions(value);
  if (exceptions.length > 0) {
    const passing = exceptions.every(
      ({ consequence }) => consequence === "later" || consequence === "queued",
    );
    throw passing ? unanswered(service, exceptions) : refusal(service, exceptions);
  }
  if (status === 200 && Array.isArray(value)) {
    return value.map(objectOf).filter((entry) => entry !== undefined);
  }
  throw strange(service, `answered ${status} and no list of ${path}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
