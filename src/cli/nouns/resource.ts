import type { Command } from "commander";
import { LICENCES, licenceOf, licenceUri, type Licence } from "../../core/licence.ts";
import type { Credits } from "../../core/money.ts";
import { addMonths, formatPeriod } from "../../core/period.ts";
import { toUrn } from "../../core/urn.ts";
import { readPeriod } from "../../sdk/periods.ts";
import * as resources from "../../sdk/resources.ts";
import type { Resource } from "../../sdk/resources.ts";
import type { Service } from "../network/services.ts";
import { amount, command, does, reading, whole } from "../shell/command.ts";
import { memberNamed } from "../shell/context.ts";
import { codeOf, oneOf, resourceNamed, serviceNamed, switched, WORK } from "../terms/named.ts";
import { sent } from "./member.ts";

const GRANTED = LICENCES.filter((licence) => licence !== "none");
const LICENCE = `${GRANTED.join(", ")}, or a licence's address such as https://creativecommons.org/licenses/by/4.0/`;

const WHEN = "which has the say at once and the uses from next month on";

export function addResource(program: Command): void {
  const noun = program
    .command("resource")
    .description("works, who holds the rights in them, under which licence, and what a use costs");
  addRegister(noun);
  addLicense(noun);
  addPermit(noun);
  addTransfers(noun);
  addCommercial(noun);
  addShow(noun);
  addList(noun);
}

function addRegister(noun: Command): void {
  const register = command(
    noun,
    "register",
    "register a work; whoever comes first holds it (a key that may post and countersign)",
    "resource register 978-3-16-148410-0 --holder DE-7 --licence by-nc --keystore keys/de-7.json",
  )
    .argument("<identifier>", "ISBN, ISSN, DOI or URN, in whatever spelling", reading(toUrn))
    .requiredOption("--holder <member>", "who holds the rights, by number or ISIL")
    .requiredOption("--licence <licence>", LICENCE, reading(licence));
  does(register, async ({ writer }, urn: string, options: { holder: string; licence: Licence }) => {
    const consortium = await writer();
    const holder = await memberNamed(consortium, options.holder);
    const { resource, receipt } = await resources.sendResource(consortium, {
      ...{ holder, urn, licence: options.licence },
    });
    const data = { resource, urn, holder, licence: options.licence };
    return sent(`${urn} is registered as work ${resource}.`, receipt, data);
  });
}

function addLicense(noun: Command): void {
  const license = command(
    noun,
    "license",
    "change a work's licence from next month on, not again within four months (its holder)",
    "resource license 978-3-16-148410-0 by-sa --keystore keys/de-7.json",
  )
    .argument("<work>", WORK)
    .argument("<licence>", LICENCE, reading(licence));
  does(license, async ({ writer }, text: string, chosen: Licence) => {
    const consortium = await writer();
    const resource = await resourceNamed(consortium, text);
    const receipt = await resources.sendLicence(consortium, { resource, licence: chosen });
    const title = `Work ${resource} is licensed as ${chosen} from next month on.`;
    return sent(title, receipt, { resource, licence: chosen });
  });
}

function addPermit(noun: Command): void {
  const permit = command(
    noun,
    "permit",
    "let a service use a reserved work, or no longer, from next month on (its holder)",
    "resource permit 978-3-16-148410-0 copy on --royalty 0.50 --keystore keys/de-7.json",
  )
    .argument("<work>", WORK)
    .argument("<service>", "its code or number")
    .argument("<on|off>", "whether it may; not again within four months")
    .option("--royalty <amount>", "what a unit costs, to the holder; nothing by default", amount);
  does(
    permit,
    async (
      { reader, writer },
      text: string,
      code: string,
      word: string,
      { royalty }: { royalty?: Credits },
    ) => {
      const { about } = await reader();
      const consortium = await writer();
      const resource = await resourceNamed(consortium, text);
      const said = { resource, service: serviceNamed(about.services, code), permitted: switched(word) };
      const receipt = await resources.sendPermission(consortium, {
        ...said,
        ...(royalty === undefined ? {} : { royalty }),
      });
      const may = said.permitted ? "may" : "may no longer";
      return sent(`${code} ${may} use work ${resource} from next month on.`, receipt, { ...said, royalty });
    },
  );
}

function addTransfers(noun: Command): void {
  const verbs = [
    ["transfer", `hand a work over to another member, ${WHEN} (its holder)`, resources.sendResourceTransfer],
    ["reassign", `say who holds a work after all, ${WHEN} (registrar)`, resources.sendReassignment],
  ] as const;
  for (const [word, summary, act] of verbs) {
    const one = command(noun, word, summary, `resource ${word} 978-3-16-148410-0 DE-9`)
      .argument("<work>", WORK)
      .argument("<holder>", "the new holder, by number or ISIL");
    does(one, async ({ writer }, text: string, name: string) => {
      const consortium = await writer();
      const resource = await resourceNamed(consortium, text);
      const holder = await memberNamed(consortium, name);
      const receipt = await act(consortium, { resource, holder });
      const title = `Member ${holder} has the say about work ${resource}, and its uses from next month on.`;
      return sent(title, receipt, { resource, holder });
    });
  }
}

function addCommercial(noun: Command): void {
  const commercial = command(
    noun,
    "commercial",
    "say whether members of a kind are in business, from next month on (registrar)",
    "resource commercial 4 on",
  )
    .argument("<kind>", "the kind's number in the register", whole())
    .argument("<on|off>", "licences that are non-commercial bind those who are");
  does(commercial, async ({ writer }, kind: number, word: string) => {
    const choice = { kind, commercial: switched(word) };
    const receipt = await resources.sendCommercial(await writer(), choice);
    const are = choice.commercial ? "are" : "are not";
    return sent(`Members of kind ${kind} ${are} in business from next month on.`, receipt, choice);
  });
}

function addShow(noun: Command): void {
  const show = command(
    noun,
    "show",
    "one work: its holder, its licence now and next month, and who may use it for what",
    "resource show 10.1000/182",
  ).argument("<work>", WORK);
  does(show, async ({ reader }, text: string) => {
    const { consortium, about } = await reader();
    const number = await resourceNamed(consortium, text);
    const { open } = await readPeriod(consortium);
    const [work, now] = await Promise.all([
      resources.readResource(consortium, number),
      resources.readLicence(consortium, number, open),
    ]);
    const next = await resources.readLicence(consortium, number, addMonths(open, 1));
    const permissions = work.permissions.map(({ service, permitted, royalty, from }) => ({
      ...{ service: codeOf(about.services, service), permitted, royalty, from: formatPeriod(from) },
    }));
    const { resource, urn, holder } = work;
    const uri = licenceUri(now) ?? null;
    return { data: { resource, urn, holder, licence: now, uri, nextMonth: next, permissions } };
  });
}

function addList(noun: Command): void {
  const list = command(noun, "list", "registered works", "resource list --holder DE-7").option(
    "--holder <member>",
    "only its own, by number or ISIL",
  );
  does(list, async ({ reader }, { holder: name }: { holder?: string }) => {
    const { consortium, about } = await reader();
    const holder = name === undefined ? undefined : await memberNamed(consortium, name);
    const rows = (await resources.listResources(consortium, holder)).map((work) =>
      workRow(work, about.services),
    );
    return { data: { resources: rows }, ...(rows.length === 0 ? { title: "There are no works." } : {}) };
  });
}

function workRow(
  { resource, urn, holder, licence: last, from, permissions }: Resource,
  services: readonly Service[],
) {
  const permitted = permissions
    .filter((one) => one.permitted)
    .map(({ service }) => codeOf(services, service))
    .join(", ");
  return { resource, urn, holder, licence: last, from: formatPeriod(from), permitted };
}

/** A licence by its short name or by its address. @throws `WordUnknown` */
function licence(text: string): Licence {
  return licenceOf(text) ?? oneOf(GRANTED)(text);
}
