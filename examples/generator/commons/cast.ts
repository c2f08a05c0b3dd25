/** What happened in a month of a consortium that does not exist, and is recorded in `examples/commons`. */

/** The month whose usage is counted: it is billed in the next, since platforms take weeks to count. */
export const USAGE_MONTH = "2026-09";
export const MONTH = "2026-10";

/** One library's account at a platform, and how often it was used in the month. */
export interface Account {
  readonly isil: string;
  readonly name: string;
  /** What the platform calls it. */
  readonly customer: string;
  /** Items requested, by data type; none at all where nothing was used. */
  readonly requests: Readonly<Record<string, number>>;
  /** What the platform says before it corrects itself, where it does. */
  readonly before?: Readonly<Record<string, number>>;
  /** Whether it has not counted yet. */
  readonly notReady?: boolean;
}

export interface Platform {
  readonly isil: string;
  readonly name: string;
  /** The folder of its answers. */
  readonly folder: string;
  readonly release: "5" | "5.1";
  readonly accounts: readonly Account[];
}

/** A release 5.1 platform of journals. It counted one library's double clicks at first, and restated the month. */
export const LUMINA: Platform = {
  ...{ isil: "XP-LUM", name: "Lumina Periodicals", folder: "lumina", release: "5.1" },
  accounts: [
    {
      isil: "XA-NHU",
      name: "Nordhafen University Library",
      customer: "L-1001",
      requests: { Article: 212, Newspaper_or_Newsletter: 9 },
    },
    {
      isil: "XA-LVA",
      name: "Larkvale University Library",
      customer: "L-1002",
      requests: { Article: 164 },
      before: { Article: 241 },
    },
    {
      isil: "XA-OBM",
      name: "Oberminster Institute of Technology",
      customer: "L-1003",
      requests: { Article: 98, Conference: 17 },
    },
    {
      isil: "XA-KEP",
      name: "Kepplestone City Library",
      customer: "L-1004",
      requests: { Article: 23, Newspaper_or_Newsletter: 41 },
    },
    {
      isil: "XB-RIV",
      name: "University of Rivermouth, Central Library",
      customer: "L-1005",
      requests: { Article: 131 },
    },
    { isil: "XC-POL", name: "Tidewick Polytechnic Library", customer: "L-1006", requests: {} },
  ],
};

/** A release 5 platform of reference works. It has not counted one library's month. */
export const QUAYSIDE: Platform = {
  ...{ isil: "XP-QUA", name: "Quayside Reference", folder: "quayside", release: "5" },
  accounts: [
    {
      isil: "XA-NHU",
      name: "Nordhafen University Library",
      customer: "nhu",
      requests: { Book: 58, Multimedia: 4 },
    },
    { isil: "XA-LVA", name: "Larkvale University Library", customer: "lva", requests: { Book: 37 } },
    {
      isil: "XA-SAL",
      name: "Salzmark Public Library",
      customer: "sal",
      requests: { Book: 61 },
      notReady: true,
    },
    {
      isil: "XB-MED",
      name: "Brackwater Medical Library",
      customer: "med",
      requests: { Book: 19, Multimedia: 2 },
    },
  ],
};

export const PLATFORMS = [LUMINA, QUAYSIDE];

/** Who catalogues: the code that MARC 040 names it by. */
export const CATALOGUERS: Readonly<Record<string, string>> = {
  "XA-NAT": "AlNaN",
  "XA-NHU": "AlNhU",
  "XA-LVA": "AlLvU",
  "XA-KEP": "AlKeC",
  "XB-RIV": "AlRvU",
  "XB-ARC": "AlBwS",
};
/** Agencies that are no members here. */
export const STRANGERS = ["DLC", "UKM", "GyFmDB"];

/** Who uses records of the common catalogue. */
export const USERS = ["XA-NHU", "XA-LVA", "XA-OBM", "XA-KEP", "XA-SAL", "XB-RIV", "XB-MED", "XC-POL"];
