import type { Command } from "commander";
import { addCounter } from "../import/counter.ts";
import { addCsv } from "../import/csv.ts";
import { addIso18626 } from "../import/iso18626.ts";
import { addKoha } from "../import/koha.ts";
import { addReshare } from "../import/reshare.ts";
import { addOaipmh } from "../import/oaipmh.ts";

export function addImport(program: Command): void {
  const noun = program.command("import").description("records from other systems");
  addIso18626(noun);
  addCsv(noun);
  addCounter(noun);
  addKoha(noun);
  addReshare(noun);
  addOaipmh(noun);
}
