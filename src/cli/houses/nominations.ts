import type { Body } from "../../chain/ballotSigning.ts";
import { ConsortiaError } from "../../core/error.ts";
import type { DelegateId } from "../../core/ids.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import type { Nomination } from "../../sdk/elections.ts";
import { partFiles, type Examined, type Flawed } from "./flaws.ts";
import { paperFiles, type PaperOf, type SignedPaper } from "./papers.ts";

/** Who stands where. */
export interface Standing {
  readonly body: Body;
  readonly election: number;
  readonly delegate: DelegateId;
}

/** A nomination of signed files, with what was left aside. */
export interface Gathered {
  readonly nomination: Nomination;
  readonly supports: readonly Examined<PaperOf<"support">>[];
  readonly flawed: readonly Flawed[];
}

/**
 * Gathers a candidate's consent and its supports from a folder that may hold those of others too.
 * @throws `ConsentMissing`, `FolderUnreadable`; `NetworkUnreachable`
 */
export async function gatherNomination(
  consortium: Consortium,
  folder: string,
  standing: Standing,
): Promise<Gathered> {
  const { body, election, delegate } = standing;
  const { sound, flawed } = await partFiles(consortium, await paperFiles(folder), (paper) =>
    isFor(paper, standing) ? paper : OTHER,
  );
  const of = <Kind extends "support" | "consent">(kind: Kind) =>
    sound.filter((one): one is Examined<PaperOf<Kind>> => one.paper.kind === kind);
  const [consent] = of("consent");
  if (consent === undefined) {
    const broken = flawed.find(({ paper }) => paper?.kind === "consent" && isFor(paper, standing));
    throw new ConsortiaError(
      "ConsentMissing",
      `${folder} holds no good consent of delegate ${delegate} to stand in election ${election} to the ${body}${broken === undefined ? "" : ` (${broken.why})`}. Have it sign with "consortia election consent".`,
      { values: { folder, ...standing } },
    );
  }
  const supports = of("support");
  const { statement } = consent.paper;
  const supporters = supports.map(({ paper }) => paper);
  return {
    nomination: { body, election, delegate, statement, supporters, consent: consent.paper },
    supports,
    flawed: flawed.filter(({ why }) => why !== OTHER),
  };
}

const OTHER = "it is about something else";

function isFor(
  paper: SignedPaper,
  { body, election, delegate }: Standing,
): paper is PaperOf<"support"> | PaperOf<"consent"> {
  const named = paper.kind === "support" || paper.kind === "consent";
  return named && paper.body === body && paper.election === election && paper.delegate === delegate;
}
