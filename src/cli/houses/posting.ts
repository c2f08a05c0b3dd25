import type { TransactionReceipt } from "ethers";
import { BALLOT_LIMIT } from "../../core/ballot.ts";
import { isConsortiaError } from "../../core/error.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { sendApprovals } from "../../sdk/elections.ts";
import { sendVotes } from "../../sdk/proposals.ts";
import { sendSeatRecall, type SeatOf } from "../../sdk/seats.ts";
import { voterNameOf } from "./papers.ts";
import {
  forElection,
  forProposal,
  forRecall,
  matterOf,
  partFiles,
  requirePapers,
  type Eligibility,
  type Examined,
  type Flawed,
} from "./flaws.ts";
import { paperFiles, type PaperOf, type SignedPaper } from "./papers.ts";

/** What goes to the chain in batches. */
type Postable = PaperOf<"approval" | "vote" | "recall">;

/** What became of a folder of signed papers. */
export interface Posted {
  readonly rows: readonly Record<string, unknown>[];
  readonly counted: number;
  readonly others: number;
  readonly transactions: readonly { readonly transaction: string; readonly gas: number }[];
  /** The seats that signatures were posted against. */
  readonly seats: readonly SeatOf[];
}

/**
 * Posts what can count of a folder, in as few calls as possible, and says of each file whether it counted, or why not.
 * What is known not to count is never sent.
 * @throws `PapersMissing`, `FolderUnreadable`; `NetworkUnreachable`
 */
export async function postFolder(
  consortium: Consortium,
  folder: string,
  kinds: readonly Postable["kind"][],
  progress: (done: number, total: number) => void,
): Promise<Posted> {
  const files = await paperFiles(folder);
  requirePapers(folder, files, "signed files");
  const { sound, flawed } = await partFiles(consortium, files, (paper) => postable(paper, kinds));
  const [rows, transactions]: [Record<string, unknown>[], Posted["transactions"][number][]] = [[], []];
  const leave = ({ file, paper, why }: Flawed) => rows.push({ file, ...facts(paper), counted: false, why });
  flawed.forEach(leave);
  const seats: SeatOf[] = [];
  let [done, counted] = [flawed.length, 0];
  for (const group of grouped(sound)) {
    const { good, bad } = await eligible(consortium, group);
    bad.forEach(leave);
    for (let from = 0; from < good.length; from += BALLOT_LIMIT) {
      const batch = good.slice(from, from + BALLOT_LIMIT);
      const { taken, receipt } = await send(
        consortium,
        batch.map(({ paper }) => paper),
      );
      transactions.push({ transaction: receipt.hash, gas: Number(receipt.gasUsed) });
      for (const { file, paper } of batch) {
        if (taken.has(paper)) rows.push({ file, ...facts(paper), counted: true, why: null });
        else
          leave({
            file,
            paper,
            why: "the chain did not count it: its voter is not on the roll, or signed before",
          });
      }
      counted += taken.size;
    }
    const about = good[0]?.paper;
    if (about?.kind === "recall") seats.push(about);
    done += group.length;
    progress(done, files.length);
  }
  return { rows, counted, others: rows.length - counted, transactions, seats };
}

/** A line such as `Counted: 12. Did not count: 1.` */
export function postedTitle({ counted, others }: Posted): string {
  return `Counted: ${counted}.${others === 0 ? "" : ` Did not count: ${others}.`}`;
}

const ELSEWHERE = {
  approval: `"consortia ballot post"`,
  vote: `"consortia ballot post"`,
  support: `"consortia election nominate"`,
  consent: `"consortia election nominate"`,
  petition: `"consortia proposal petition post"`,
  recall: `"consortia seat recall post"`,
} as const;

function postable(paper: SignedPaper, kinds: readonly Postable["kind"][]): Postable | string {
  const { kind } = paper;
  if ((kind === "approval" || kind === "vote" || kind === "recall") && kinds.includes(kind)) return paper;
  return `it is a ${kind}; it goes with ${ELSEWHERE[kind]}`;
}

function facts(paper: SignedPaper | undefined): Record<string, unknown> {
  if (paper === undefined) return { kind: null, voter: null };
  return { kind: paper.kind, voter: voterNameOf(paper) };
}

function grouped(papers: readonly Examined<Postable>[]): Examined<Postable>[][] {
  const groups = new Map<string, Examined<Postable>[]>();
  for (const one of papers) {
    const matter = matterOf(one.paper);
    groups.set(matter, [...(groups.get(matter) ?? []), one]);
  }
  // The chain counts a batch in the voters' order at the least cost.
  return [...groups.values()].map((group) => group.sort((a, b) => a.paper.voter - b.paper.voter));
}

async function eligible(consortium: Consortium, group: readonly Examined<Postable>[]) {
  const [good, bad]: [Examined<Postable>[], Flawed[]] = [[], []];
  const check = await eligibilityOf(consortium, group[0]?.paper).catch((error: unknown) => {
    if (!isConsortiaError(error) || error.code === "NetworkUnreachable") throw error;
    return () => Promise.resolve(error.message);
  });
  for (const one of group) {
    const why = await check(one.paper);
    if (why === undefined) good.push(one);
    else bad.push({ ...one, why });
  }
  return { good, bad };
}

async function eligibilityOf(consortium: Consortium, paper?: Postable): Promise<Eligibility<Postable>> {
  const known = async (): Promise<Eligibility<never>> => {
    if (paper?.kind === "approval") return forElection(consortium, paper);
    if (paper?.kind === "vote") return forProposal(consortium, paper);
    if (paper?.kind === "recall") return forRecall(consortium, paper);
    throw new TypeError("a group is about something");
  };
  // A group is of one kind, which is that of the papers that are looked at.
  return (await known()) as Eligibility<Postable>;
}

async function send(
  consortium: Consortium,
  batch: readonly Postable[],
): Promise<{ readonly taken: ReadonlySet<unknown>; readonly receipt: TransactionReceipt }> {
  const [first] = batch;
  const of = <Kind extends Postable["kind"]>(kind: Kind) =>
    batch.filter((one): one is PaperOf<Kind> => one.kind === kind);
  switch (first?.kind) {
    case "approval": {
      const { counted, receipt } = await sendApprovals(consortium, { ...first, ballots: of("approval") });
      return { taken: new Set(counted), receipt };
    }
    case "vote": {
      const { counted, receipt } = await sendVotes(consortium, { ...first, ballots: of("vote") });
      return { taken: new Set(counted), receipt };
    }
    case "recall": {
      const { counted, receipt } = await sendSeatRecall(consortium, { ...first, signatures: of("recall") });
      return { taken: new Set(counted), receipt };
    }
    case undefined:
      throw new TypeError("a batch holds something");
  }
}
