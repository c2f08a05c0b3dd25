import type { Command } from "commander";
import { parseCertificate, verifyCertificate } from "../../auditor/certificate.ts";
import { FLOW_NAMES } from "../../auditor/flows.ts";
import { formatCredits } from "../../core/money.ts";
import { command, does, reading } from "../shell/command.ts";
import type { Context } from "../shell/context.ts";
import { readJson } from "../shell/files.ts";
import { addressOf } from "../terms/named.ts";

export function addCertificate(program: Command): void {
  const noun = program.command("certificate").description("a member's yearly balance, signed by an auditor");

  const verify = command(
    noun,
    "verify",
    "check a certificate by itself: its figures and its signature; no node is asked",
    "certificate verify certificates/2026-3.json --auditor 0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
  )
    .argument("<file>", 'a certificate of "audit run --certificates"')
    .option(
      "--auditor <address>",
      "who must have signed it; the file's own word by default",
      reading(addressOf),
    );
  does(verify, async (_: Context, file: string, { auditor }: { readonly auditor?: string }) => {
    const signed = parseCertificate(await readJson(file));
    verifyCertificate(signed, auditor);
    const { certificate } = signed;
    const { flows, opening, closing, ...facts } = certificate;
    const amounts = FLOW_NAMES.flatMap((name): [string, string][] => {
      const amount = flows[name];
      return amount === undefined ? [] : [[name, formatCredits(amount)]];
    });
    return {
      data: {
        ...{ valid: true, auditor: signed.auditor, ...facts },
        opening: formatCredits(opening),
        ...Object.fromEntries(amounts),
        closing: formatCredits(closing),
      },
    };
  });
}
