import type { Command } from "commander";
import type { House } from "../../chain/ballotSigning.ts";
import { briefText, hashBrief, pinBrief, pinnedBrief } from "../../core/brief.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { readMotions, type PutMotion } from "../../sdk/governanceLog.ts";
import { readProposal, sendExecution, sendProposal, sendQueue } from "../../sdk/proposals.ts";
import type { Motion, Proposal } from "../../sdk/proposals.ts";
import { votersOf } from "../../sdk/rolls.ts";
import { callText } from "../houses/calls.ts";
import { headline, shortProposal, time, votes } from "../houses/format.ts";
import { makeMotion, withActs } from "../houses/motions.ts";
import { house, HOUSES, PROPOSAL, proposalNamed, VOTER, voterNamed } from "../houses/named.ts";
import { command, does } from "../shell/command.ts";
import { readJson } from "../shell/files.ts";
import { sent } from "./member.ts";
import { addBriefs } from "./proposalBrief.ts";
import { addPetition } from "./proposalPetition.ts";

interface ProposeOptions {
  readonly voter: string;
  readonly house?: House;
  readonly description: string;
  readonly brief?: string;
}
interface HouseOptions {
  readonly house?: House;
}

export function addProposal(program: Command): void {
  const noun = program.command("proposal").description("what is put to the vote, and its grounds");

  const propose = withActs(
    command(
      noun,
      "propose",
      "put something to the vote (a key of a voter with a seat, or with voice)",
      "proposal propose publish 2 2027-01 --voter 5 --description why.md --keystore keys/anna.json",
    ),
  )
    .requiredOption("--voter <voter>", `in whose name: ${VOTER}`)
    .option(
      "--brief <file>",
      "its grounds, as proposal brief made them: pinned in the description's last line",
    );
  does(propose, (context, words: string[], options: ProposeOptions) => proposeAct(context, words, options));

  const veto = command(
    noun,
    "veto",
    "have the council decide to cancel what the board has queued (a delegate's key)",
    "proposal veto 48213 --voter 3 --description why.md --keystore keys/anna.json",
  )
    .argument("<proposal>", `the board's: ${PROPOSAL}`)
    .requiredOption("--voter <delegate>", "in whose name, by number")
    .requiredOption("--description <file>", "what is proposed, and why");
  does(veto, (context, name: string, options: ProposeOptions) =>
    proposeAct(context, ["veto", name], options),
  );

  const list = command(noun, "list", "every proposal", "proposal list --house board").option(
    "--house <house>",
    "only those of one house",
    house,
  );
  does(list, async ({ reader, settings }, options: HouseOptions) => {
    const { consortium } = await reader();
    const houses = options.house === undefined ? HOUSES : [options.house];
    const put = (await Promise.all(houses.map((one) => readMotions(consortium, one)))).flat();
    const inOrder = put.sort((a, b) => a.block - b.block);
    const proposals = await Promise.all(
      inOrder.map(async (motion) => {
        const { proposal, ...row } = rowOf(motion, await readProposal(consortium, motion));
        return { proposal: settings.json === true ? proposal : shortProposal(motion.proposal), ...row };
      }),
    );
    return {
      data: { proposals },
      ...(proposals.length === 0 ? { title: "Nothing was ever proposed." } : {}),
    };
  });

  const show = onOne(
    command(noun, "show", "one proposal: its calls, its votes, what it waits for", "proposal show 48213"),
  );
  does(show, async ({ reader }, name: string, options: HouseOptions) => {
    const { consortium } = await reader();
    const put = await proposalNamed(consortium, name, options.house);
    const found = await readProposal(consortium, put);
    const { snapshot, deadline, waits, quorum } = found;
    return {
      data: {
        ...rowOf(put, found),
        ...{ votingFrom: time(snapshot), votingUntil: time(deadline), waits },
        ...{ quorum: quorum === undefined ? null : votes(put.house, quorum) },
        executableFrom: found.readyAt === undefined ? null : time(found.readyAt),
        brief: pinnedBrief(put.description) ?? null,
        description: put.description,
        calls: put.calls.map((call) => ({ ...call, means: callText(consortium, call) })),
      },
    };
  });

  const acts = [
    ["queue", "have what has passed wait as long as the charter asks (anyone)", "waits", sendQueue],
    ["execute", "carry out what has passed and has waited (anyone)", "is executed", sendExecution],
  ] as const;
  for (const [word, summary, outcome, act] of acts) {
    const one = onOne(command(noun, word, summary, `proposal ${word} 48213`));
    does(one, async ({ writer }, name: string, options: HouseOptions) => {
      const consortium = await writer();
      const put = await proposalNamed(consortium, name, options.house);
      const receipt = await act(consortium, put);
      const { state, readyAt } = await readProposal(consortium, put);
      const until = word === "queue" && readyAt !== undefined ? ` until ${time(readyAt)}` : "";
      const title = `The ${put.house}'s proposal ${shortProposal(put.proposal)} ${outcome}${until}.`;
      const facts = { proposal: String(put.proposal), house: put.house, state };
      return sent(
        title,
        receipt,
        readyAt === undefined ? facts : { ...facts, executableFrom: time(readyAt) },
      );
    });
  }

  addPetition(noun);
  addBriefs(noun);
}

async function proposeAct(
  { writer }: { writer(): Promise<Consortium> },
  words: readonly string[],
  options: ProposeOptions,
) {
  const consortium = await writer();
  const motion = await withBrief(await makeMotion(consortium, words, options), options.brief);
  const voter = await voterNamed(consortium, votersOf(motion.house), options.voter);
  const { proposal, receipt } = await sendProposal(consortium, { ...motion, voter });
  const { snapshot, deadline } = await readProposal(consortium, { house: motion.house, proposal });
  const title = `The ${motion.house} votes on proposal ${shortProposal(proposal)} from ${time(snapshot)} to ${time(deadline)}.`;
  const calls = motion.calls.map((call) => callText(consortium, call));
  const facts = { proposal: String(proposal), house: motion.house, votingUntil: time(deadline) };
  return sent(title, receipt, { ...facts, calls });
}

/** Pins a brief in what is proposed, so that voters can tell whether the one they read is the one that was meant. */
async function withBrief(motion: Motion, file: string | undefined): Promise<Motion> {
  if (file === undefined) return motion;
  const brief = hashBrief(briefText(await readJson(file)));
  return { ...motion, description: pinBrief(motion.description, brief) };
}

function onOne(one: Command): Command {
  return one
    .argument("<proposal>", PROPOSAL)
    .option("--house <house>", "where two houses have the same proposal", house);
}

function rowOf(put: PutMotion, { state, votes: counted, deadline }: Proposal) {
  const { proposer } = put;
  const of = (weight: bigint) => votes(put.house, weight);
  return {
    ...{ proposal: String(put.proposal), house: put.house, state },
    proposer: proposer === undefined ? "a petition" : `${proposer.sort} ${proposer.voter}`,
    ...{ for: of(counted.for), against: of(counted.against), abstain: of(counted.abstain) },
    ...{ deadline: time(deadline), title: headline(put.description) },
  };
}
