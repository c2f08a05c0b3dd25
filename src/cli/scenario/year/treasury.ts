import type { Credits } from "../../../core/money.ts";
import type { Account } from "./plan.ts";
import type { Office } from "./office.ts";

/** What a sponsor was given to lend, and lends. */
export interface Credit {
  readonly sponsor: Account;
  readonly members: readonly Account[];
  readonly each: Credits;
}

/** How members pay: in advance, by the month, or once a year. Every step but the first may be none. */
export interface Treasury {
  /** Who advances cash, to whom, and how much to each; nobody where members pay in advance. */
  readonly credit?: Credit;
  /** Before the first month. */
  open(office: Office): Promise<void>;
  /** On a month's last day, when everything is posted. */
  lastDay?(office: Office): Promise<void>;
  /** When a month was closed and net lenders are compensated. */
  closed?(office: Office, month: number): Promise<void>;
  /** When the year is over. */
  end?(office: Office): Promise<void>;
}
