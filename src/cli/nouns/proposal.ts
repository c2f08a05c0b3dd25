import type { Command } from "commander";
import { addBriefs } from "./proposalBrief.ts";

export function addProposal(program: Command): void {
  const noun = program.command("proposal").description("what is put to the vote, and its grounds");
  addBriefs(noun);
}
