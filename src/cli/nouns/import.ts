import type { Command } from "commander";
import { addIso18626 } from "../import/iso18626.ts";

export function addImport(program: Command): void {
  const noun = program.command("import").description("records from other systems");
  addIso18626(noun);
}
