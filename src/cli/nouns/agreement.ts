import type { Command } from "commander";
import type { AgreedPrice, Agreement } from "../../core/agreements.ts";
import { checkAgreement } from "../../core/agreements.ts";
import { ConsortiaError } from "../../core/error.ts";
import type { MemberId } from "../../core/ids.ts";
import { parseCredits } from "../../core/money.ts";
import { formatPeriod, periodOf, type PeriodId } from "../../core/period.ts";
import * as agreements from "../../sdk/agreements.ts";
import type { Consortium } from "../../sdk/consortium.ts";
import { readKey } from "../../sdk/keys.ts";
import { readPeriod } from "../../sdk/periods.ts";
import type { Service } from "../network/services.ts";
import { listed } from "../desks/named.ts";
import { command, does, month, whole } from "../shell/command.ts";
import { memberNamed } from "../shell/context.ts";
import { agreementPath, readAgreement, writeAgreement, type AgreementFile } from "../terms/agreementFile.ts";
import { codeOf, documentHash, membersNamed, serviceNamed } from "../terms/named.ts";
import { sent } from "./member.ts";

interface DraftOptions {
  readonly price: readonly string[];
  readonly from: PeriodId;
  readonly until?: PeriodId;
  readonly document: string;
  readonly out?: string;
}

export function addAgreement(program: Command): void {
  const noun = program
    .command("agreement")
    .description("what members charge each other below the schedule; what is free must be free both ways");
  addDraft(noun);
  addSign(noun);
  addMake(noun);
  addEnd(noun);
  addShow(noun);
  addList(noun);
}

function addDraft(noun: Command): void {
  const draft = command(
    noun,
    "draft",
    "write an agreement of two members or a group into a file, for each of them to sign",
    "agreement draft DE-1 DE-7 --price loan=5.00/4.00 --from 2027-01 --document agreement.pdf",
  )
    .argument("<members...>", "two to sixteen, by number or ISIL")
    .requiredOption(
      "--price <service=amount>",
      "what a unit costs; of two members also both ways: loan=5.00/4.00, the first one's supply first",
      listed,
    )
    .requiredOption("--from <month>", "the first month of service, one that has not begun", month)
    .option("--until <month>", "the last month of service; without end by default", month)
    .requiredOption("--document <file>", "the agreement in words; its hash is signed")
    .option("--out <file>", "where it is written; .consortia/agreements/<members>-<month>.json by default");
  does(draft, async ({ reader }, names: readonly string[], options: DraftOptions) => {
    const { consortium, about } = await reader();
    const { now } = await readPeriod(consortium);
    const terms = checkAgreement(
      {
        members: await membersNamed(consortium, names),
        from: options.from,
        until: options.until ?? 0,
        prices: await pricesIn(consortium, about.services, names, options.price),
        document: await documentHash(options.document),
      },
      periodOf(now),
    );
    const path = options.out ?? agreementPath(terms);
    const { chainId, ledger } = consortium.deployment;
    await writeAgreement(path, { chainId: Number(chainId), ledger, terms, signatures: new Map() });
    return {
      title: `${path} waits for its signatures.`,
      data: { file: path, ...facts(terms, about.services) },
    };
  });
}

function addSign(noun: Command): void {
  const sign = command(
    noun,
    "sign",
    "add a member's signature to an agreement (a key that may post and countersign)",
    "agreement sign .consortia/agreements/3-4-2027-01.json --keystore keys/de-1.json",
  ).argument("<file>", "the agreement, as it was drafted");
  does(sign, async ({ writer }, path: string) => {
    const consortium = await writer();
    const file = await readAgreement(path);
    requireHere(consortium, file, path);
    const { signer } = consortium;
    if (signer === undefined) {
      const message = `${path} is signed with a key of one of its members. Name its --keystore.`;
      throw new ConsortiaError("SignerMissing", message);
    }
    const member = await signingMember(consortium, file.terms, await signer.getAddress());
    const signature = await agreements.signAgreement(consortium, signer, file.terms);
    const signatures = new Map(file.signatures).set(member, signature);
    await writeAgreement(path, { ...file, signatures });
    const missing = file.terms.members.filter((id) => !signatures.has(id));
    const rest = missing.length === 0 ? "Anyone can make it now." : `Missing: ${missing.join(", ")}.`;
    return { title: `Member ${member} has signed. ${rest}`, data: { file: path, member, missing } };
  });
}

function addMake(noun: Command): void {
  const make = command(
    noun,
    "make",
    "put an agreement in force that all its members have signed (anyone)",
    "agreement make .consortia/agreements/3-4-2027-01.json",
  ).argument("<file>", "the agreement with its signatures");
  does(make, async ({ writer }, path: string) => {
    const consortium = await writer();
    const file = await readAgreement(path);
    requireHere(consortium, file, path);
    const { terms } = file;
    const signatures = terms.members.flatMap((member) => file.signatures.get(member) ?? []);
    if (signatures.length < terms.members.length) {
      const missing = terms.members.filter((member) => !file.signatures.has(member));
      throw new ConsortiaError(
        "AgreementUnsigned",
        `${path} is not signed by member ${missing.join(", ")}. Have it signed with "consortia agreement sign".`,
        { values: { missing } },
      );
    }
    const { agreement, receipt } = await agreements.sendAgreement(consortium, { terms, signatures });
    const title = `Agreement ${agreement} holds from ${formatPeriod(terms.from)} on.`;
    return sent(title, receipt, { agreement, members: terms.members, from: formatPeriod(terms.from) });
  });
}

function addEnd(noun: Command): void {
  const end = command(
    noun,
    "end",
    "end an agreement with the current month (a key of one of its members that may post and countersign)",
    "agreement end 2 DE-7 --keystore keys/de-7.json",
  )
    .argument("<agreement>", "its number", whole(1))
    .argument("<member>", "which of its members ends it, by number or ISIL");
  does(end, async ({ writer }, agreement: number, name: string) => {
    const consortium = await writer();
    const member = await memberNamed(consortium, name);
    const receipt = await agreements.sendAgreementEnd(consortium, { agreement, member });
    return sent(`Agreement ${agreement} ends with this month.`, receipt, { agreement, member });
  });
}

function addShow(noun: Command): void {
  const show = command(
    noun,
    "show",
    "one agreement: its terms, who signed it, whether it was ended",
    "agreement show 2",
  ).argument("<agreement>", "its number, or its file");
  does(show, async ({ reader }, text: string) => {
    const { consortium, about } = await reader();
    if (!/^\d+$/.test(text)) {
      const { terms, signatures } = await readAgreement(text);
      const signed = await Promise.all(
        terms.members.map(async (member) => {
          const signature = signatures.get(member);
          const good =
            signature !== undefined && (await agreements.isAgreedBy(consortium, member, terms, signature));
          return { member, signed: signature !== undefined, counts: good };
        }),
      );
      return { data: { file: text, ...facts(terms, about.services), signatures: signed } };
    }
    const made = (await agreements.listAgreements(consortium)).find(
      ({ agreement }) => agreement === Number(text),
    );
    if (made === undefined) {
      throw new ConsortiaError(
        "AgreementUnknown",
        `There is no agreement ${text}. See "consortia agreement list".`,
        {
          values: { agreement: text },
        },
      );
    }
    return { data: { agreement: made.agreement, ...facts(made, about.services), ...endOf(made) } };
  });
}

function addList(noun: Command): void {
  const list = command(noun, "list", "agreements that were made", "agreement list --member DE-7").option(
    "--member <member>",
    "only its own, by number or ISIL",
  );
  does(list, async ({ reader }, { member: name }: { member?: string }) => {
    const { consortium, about } = await reader();
    const member = name === undefined ? undefined : await memberNamed(consortium, name);
    const rows = (await agreements.listAgreements(consortium, member)).map((made) => {
      const { members, from, until, prices } = facts(made, about.services);
      const named = prices.map(({ service, price, back }) => `${service} ${price}/${back}`).join(", ");
      return { agreement: made.agreement, members, from, until, prices: named, ...endOf(made) };
    });
    return {
      data: { agreements: rows },
      ...(rows.length === 0 ? { title: "There are no agreements." } : {}),
    };
  });
}

/** `loan=5.00` or, between two, `loan=5.00/4.00`: what the first named member's supply costs the second, and back. */
async function pricesIn(
  consortium: Consortium,
  services: readonly Service[],
  names: readonly string[],
  texts: readonly string[],
): Promise<AgreedPrice[]> {
  const [first, second] = await Promise.all(names.slice(0, 2).map((name) => memberNamed(consortium, name)));
  const turned = names.length === 2 && first !== undefined && second !== undefined && first > second;
  const prices = texts.map((text) => {
    const [, code = "", there = "", back] = /^([^=]+)=([\d.]+)(?:\/([\d.]+))?$/.exec(text) ?? [];
    if (code === "") {
      throw new ConsortiaError(
        "PriceUnreadable",
        `"${text}" is no price. Write it as loan=5.00 or loan=5.00/4.00.`,
      );
    }
    const both = [parseCredits(there), parseCredits(back ?? there)] as const;
    const [price, other] = turned ? [both[1], both[0]] : both;
    return { service: serviceNamed(services, code), price, back: other };
  });
  return prices.sort((a, b) => a.service - b.service);
}

/** The member of an agreement that a key signs for. @throws `RightMissing` where it is none's, or several's */
async function signingMember(consortium: Consortium, { members }: Agreement, key: string): Promise<MemberId> {
  const found: MemberId[] = [];
  for (const member of members) {
    const { rights } = await readKey(consortium, member, key);
    if (rights.includes("post") && rights.includes("countersign")) found.push(member);
  }
  const [member] = found;
  if (found.length === 1 && member !== undefined) return member;
  throw new ConsortiaError(
    "RightMissing",
    found.length === 0
      ? `${key} is no key of members ${members.join(", ")} that may post and countersign. Sign with a key of one that may do both.`
      : `${key} speaks for members ${found.join(", ")}. Sign with a key of one of them.`,
    { values: { key, members } },
  );
}

/** @throws `AgreementElsewhere` */
function requireHere({ deployment }: Consortium, file: AgreementFile, path: string): void {
  const here = BigInt(file.chainId) === deployment.chainId;
  if (here && file.ledger.toLowerCase() === deployment.ledger.toLowerCase()) return;
  throw new ConsortiaError(
    "AgreementElsewhere",
    `${path} is for the ledger ${file.ledger} on chain ${file.chainId}. Draft it for this one.`,
    { values: { path, ledger: file.ledger } },
  );
}

function facts(terms: Agreement, services: readonly Service[]) {
  return {
    members: terms.members,
    from: formatPeriod(terms.from),
    until: terms.until === 0 ? null : formatPeriod(terms.until),
    document: terms.document,
    prices: terms.prices.map(({ service, price, back }) => ({
      service: codeOf(services, service),
      price,
      back,
    })),
  };
}

function endOf({ ended }: agreements.MadeAgreement) {
  return ended === undefined ? {} : { endedBy: ended.by, last: formatPeriod(ended.last) };
}
