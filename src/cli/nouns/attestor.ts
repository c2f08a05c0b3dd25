import type { Command } from "commander";
import { listAttestors, sendAccreditation } from "../../sdk/attestors.ts";
import { command, does, reading } from "../shell/command.ts";
import { addressOf, codeOf, serviceNamed, switched } from "../terms/named.ts";
import { sent } from "./member.ts";

export function addAttestor(program: Command): void {
  const noun = program
    .command("attestor")
    .description("who countersigns what members do for the common good, service by service");

  const accredit = command(
    noun,
    "accredit",
    "let a key of COMMONS attest contributions of a service, or no longer (registrar)",
    "attestor accredit 0x70997970C51812dc3A010C7d01b50e0d17dc79C8 cataloguing on",
  )
    .argument("<key>", "its address; it also needs the right to countersign for COMMONS", reading(addressOf))
    .argument("<service>", "its code or number")
    .argument("<on|off>", "whether it may");
  does(accredit, async ({ reader, writer }, key: string, code: string, word: string) => {
    const { about } = await reader();
    const service = serviceNamed(about.services, code);
    const choice = { key, service, accredited: switched(word) };
    const receipt = await sendAccreditation(await writer(), choice);
    const may = choice.accredited ? "attests" : "no longer attests";
    return sent(`${key} ${may} ${code}.`, receipt, choice);
  });

  const list = command(noun, "list", "every attestor with its services", "attestor list");
  does(list, async ({ reader }) => {
    const { consortium, about } = await reader();
    const rows = (await listAttestors(consortium)).map(({ key, services, countersigns }) => ({
      key,
      services: services.map((service) => codeOf(about.services, service)).join(", "),
      countersigns,
    }));
    return { data: { attestors: rows }, ...(rows.length === 0 ? { title: "Nobody is accredited." } : {}) };
  });
}
