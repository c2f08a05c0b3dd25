import type { Command } from "commander";
import type { House } from "../../chain/ballotSigning.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { signPetition } from "../../sdk/ballots.ts";
import { chamberOf, proposalIdOf, readProposal, sendPetition, type Motion } from "../../sdk/proposals.ts";
import { votersOf } from "../../sdk/rolls.ts";
import { read } from "../../sdk/verb.ts";
import { callText } from "../houses/calls.ts";
import { partFiles, requirePapers } from "../houses/flaws.ts";
import { shortProposal, time, votes } from "../houses/format.ts";
import { makeMotion, readMotion, withActs, writeMotion } from "../houses/motions.ts";
import { VOTER, voterNamed } from "../houses/named.ts";
import { keySignature, paperFiles, PETITIONS, voterNameOf, writePaper } from "../houses/papers.ts";
import { command, does } from "../shell/command.ts";
import { sent } from "./member.ts";

interface DraftOptions {
  readonly house?: House;
  readonly description: string;
  readonly out: string;
}
interface SignOptions {
  readonly voter: string;
  readonly petitions: string;
}

/** What enough voters sign is put to the vote without anybody's leave. */
export function addPetition(noun: Command): void {
  const petition = noun.command("petition").description("proposals that enough voters sign");

  const draft = withActs(
    command(
      petition,
      "draft",
      "write a motion into a file, so that all sign the same; nothing is sent",
      "proposal petition draft publish 2 2027-01 --house assembly --description why.md --out motion.json",
    ),
  ).option("--out <file>", "where to write it", "motion.json");
  does(draft, async ({ reader }, words: string[], options: DraftOptions) => {
    const { consortium } = await reader();
    const motion = await makeMotion(consortium, words, options);
    await writeMotion(options.out, consortium, motion);
    const data = { ...(await factsOf(consortium, motion)), file: options.out };
    return { data, title: `Have voters sign it; ${data.needed} votes are needed now.` };
  });

  const sign = command(
    petition,
    "sign",
    "sign that a motion be put, into a file; nothing is sent (a voting key)",
    "proposal petition sign motion.json --voter DE-1 --keystore keys/de-1.json",
  )
    .argument("<motion>", "the file")
    .requiredOption("--voter <voter>", VOTER)
    .option("--petitions <folder>", "where signatures are kept", PETITIONS);
  does(sign, async ({ writer }, path: string, options: SignOptions) => {
    const consortium = await writer();
    const motion = await readMotion(path);
    const { house } = motion;
    const voter = await voterNamed(consortium, votersOf(house), options.voter);
    const about = { house, proposal: await proposalIdOf(consortium, motion), voter };
    const signed = await signPetition(consortium, consortium.signer!, about);
    const own = { ...signed, signature: keySignature(signed.signature) };
    const file = await writePaper(consortium.deployment, options.petitions, {
      kind: "petition",
      ...about,
      ...own,
    });
    const data = { ...(await factsOf(consortium, motion)), voter, file };
    return { data, title: "Signed. Post it, or hand it to whoever posts." };
  });

  const post = command(
    petition,
    "post",
    "put a motion with the signatures in a folder to the vote (anyone)",
    "proposal petition post motion.json .consortia/petitions",
  )
    .argument("<motion>", "the file")
    .argument("[folder]", "the folder with the signed files", PETITIONS);
  does(post, async ({ writer }, path: string, folder: string) => {
    const consortium = await writer();
    const motion = await readMotion(path);
    const { house } = motion;
    const proposal = await proposalIdOf(consortium, motion);
    const files = await paperFiles(folder);
    requirePapers(folder, files, "signatures");
    const { sound, flawed } = await partFiles(consortium, files, (paper) =>
      paper.kind === "petition" && paper.house === house && paper.proposal === proposal
        ? paper
        : "it is not for this motion",
    );
    const signatures = sound.map(({ paper }) => paper);
    const { weight, receipt } = await sendPetition(consortium, { ...motion, signatures });
    const { snapshot, deadline } = await readProposal(consortium, { house, proposal });
    const title = `The ${house} votes on proposal ${shortProposal(proposal)} from ${time(snapshot)} to ${time(deadline)}.`;
    const facts = { proposal: String(proposal), house, signatures: signatures.length };
    const leftOut = flawed.map(({ file, paper, why }) => {
      return { file, voter: paper === undefined ? null : voterNameOf(paper), why };
    });
    return sent(title, receipt, { ...facts, weight: votes(house, weight), leftOut });
  });
}

async function factsOf(consortium: Consortium, motion: Motion) {
  const { house } = motion;
  const needed = votes(house, await read(chamberOf(consortium, house).petitionThreshold()));
  const proposal = String(await proposalIdOf(consortium, motion));
  return { proposal, house, needed, calls: motion.calls.map((call) => callText(consortium, call)) };
}
