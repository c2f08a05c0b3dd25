import type { Brief } from "../../core/brief.ts";
import type { Hash } from "../../core/ids.ts";
import { clean } from "../report/plain.ts";
import { costSentences, demandSentences, monthsName, proposalName } from "./sentences.ts";
import { briefTables, type BriefTable } from "./tables.ts";

/** A brief for people, in Markdown. What others wrote is quoted or escaped, so that it stays text. */
export function briefMarkdown(brief: Brief, hash: Hash): string {
  const { basis, ledger, consortium } = brief;
  const parts = [
    `# ${safe(consortium)}: brief on ${safe(proposalName(brief))}`,
    `Figures of ${monthsName(brief)}, from ledger \`${ledger.address}\` on chain ${ledger.chainId} up to block ${ledger.block}.\n\`Brief: ${hash}\``,
    "## In short",
    bullets(costSentences(brief)),
    "## Users' demand",
    bullets(demandSentences(brief)),
    "## Legal basis",
    quoted(basis.text),
    `The charter's text in force has the hash \`${basis.charterText}\`.`,
    ...briefTables(brief).flatMap(sectionOf),
    "## To check this",
    "`consortia proposal check-brief brief.json` derives every figure from the chain again and compares. The last line of the proposal's description pins the brief's hash.",
  ];
  return `${parts.join("\n\n")}\n`;
}

function bullets(sentences: readonly string[]): string {
  return sentences.map((one) => `- ${safe(one)}`).join("\n");
}

function sectionOf({ title, about, head, keys, rows }: BriefTable): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map(safe).join(" | ")} |`;
  const rule = `| ${head.map((_, at) => (at < keys ? "---" : "--:")).join(" | ")} |`;
  return [`## ${title}`, safe(about), [line(head), rule, ...rows.map(line)].join("\n")];
}

function quoted(text: string): string {
  return text
    .trim()
    .split(/\r?\n/)
    .map((line) => `> ${safe(line)}`.trimEnd())
    .join("\n");
}

/** Text that means nothing to Markdown or HTML but itself. */
function safe(text: string): string {
  return clean(text).replace(/[\\`*_[\]<>|#]/g, (sign) => `\\${sign}`);
}
