import { isValidBIC, isValidIBAN } from "ibantools";
import { all, attribute, cents, parseTree, text, type Node } from "./xml-tree.ts";

const CUSTOMER = "Document/CstmrCdtTrfInitn";
const SEPA = /^[A-Za-z0-9/\-?:().,'+ ]+$/;
const short = (value: string | undefined, most: number) =>
  value !== undefined && value.length <= most && SEPA.test(value);

/** The order of elements that pain.001.001.09 fixes, as far as files use it. */
const ORDER: Readonly<Record<string, readonly string[]>> = {
  GrpHdr: ["MsgId", "CreDtTm", "NbOfTxs", "CtrlSum", "InitgPty"],
  PmtInf: [
    ...["PmtInfId", "PmtMtd", "NbOfTxs", "CtrlSum", "PmtTpInf", "ReqdExctnDt"],
    ...["Dbtr", "DbtrAcct", "DbtrAgt", "ChrgBr", "CdtTrfTxInf"],
  ],
  CdtTrfTxInf: ["PmtId", "Amt", "CdtrAgt", "Cdtr", "CdtrAcct", "RmtInf"],
};

interface Initiation {
  readonly root: Node;
  readonly group: Node;
  readonly payments: Node[];
  readonly transfers: Node[];
}

const ibanOf = (from: Node, account: string) => text(from, `${account}/Id/IBAN`) ?? "";
const bicOf = (from: Node, agent: string) => text(from, `${agent}/FinInstnId/BICFI`);
const inOrder = (name: string, nodes: Node[]) =>
  nodes.every((node) => {
    const places = Object.keys(node).map((key) => ORDER[name]!.indexOf(key));
    return places.every((place, at) => place >= 0 && (at === 0 || place >= places[at - 1]!));
  });

/**
 * What pain.001.001.09 and the EPC's implementation guidelines (EPC132-08) ask of a credit transfer initiation: what, and
 * whether a file has it. No npm package holds the schema, so its mandatory elements are said here once more.
 */
const RULES: readonly [string, (file: Initiation) => boolean][] = [
  [
    "the namespace",
    ({ root }) => attribute(root, "xmlns") === "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09",
  ],
  [
    "elements in their order",
    ({ group, payments, transfers }) =>
      inOrder("GrpHdr", [group]) && inOrder("PmtInf", payments) && inOrder("CdtTrfTxInf", transfers),
  ],
  ["MsgId of at most 35 characters", ({ group }) => short(text(group, "MsgId"), 35)],
  [
    "CreDtTm, a date and time",
    ({ group }) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(text(group, "CreDtTm") ?? ""),
  ],
  ["InitgPty/Nm of at most 70 characters", ({ group }) => short(text(group, "InitgPty/Nm"), 70)],
  [
    "NbOfTxs, of the file and of each payment",
    ({ group, payments, transfers }) =>
      [group, ...payments].every((one) => text(one, "NbOfTxs") === String(transfers.length)),
  ],
  [
    "CtrlSum, of the file and of each payment",
    ({ group, payments, transfers }) =>
      [group, ...payments].every(
        (one) =>
          cents(one, "CtrlSum") ===
          transfers.reduce((sum, transfer) => sum + cents(transfer, "Amt/InstdAmt"), 0n),
      ),
  ],
  [
    "PmtInfId of at most 35 characters",
    ({ payments }) => payments.every((one) => short(text(one, "PmtInfId"), 35)),
  ],
  ["PmtMtd TRF", ({ payments }) => payments.every((one) => text(one, "PmtMtd") === "TRF")],
  [
    "ReqdExctnDt/Dt, a day",
    ({ payments }) => payments.every((one) => /^\d{4}-\d\d-\d\d$/.test(text(one, "ReqdExctnDt/Dt") ?? "")),
  ],
  [
    "Dbtr/Nm of at most 70 characters",
    ({ payments }) => payments.every((one) => short(text(one, "Dbtr/Nm"), 70)),
  ],
  [
    "DbtrAcct with a valid IBAN",
    ({ payments }) => payments.every((one) => isValidIBAN(ibanOf(one, "DbtrAcct"))),
  ],
  [
    "DbtrAgt, by its BIC or as not provided",
    ({ payments }) =>
      payments.every(
        (one) =>
          isValidBIC(bicOf(one, "DbtrAgt") ?? "") ||
          text(one, "DbtrAgt/FinInstnId/Othr/Id") === "NOTPROVIDED",
      ),
  ],
  [
    "SvcLvl SEPA with ChrgBr SLEV, or ChrgBr SHAR without",
    ({ payments }) =>
      payments.every(
        (one) => (text(one, "PmtTpInf/SvcLvl/Cd") === "SEPA" ? "SLEV" : "SHAR") === text(one, "ChrgBr"),
      ),
  ],
  ["a transfer", ({ transfers }) => transfers.length > 0],
  [
    "EndToEndId of at most 35 characters, each once",
    ({ transfers }) =>
      transfers.every((one) => short(text(one, "PmtId/EndToEndId"), 35)) &&
      new Set(transfers.map((one) => text(one, "PmtId/EndToEndId"))).size === transfers.length,
  ],
  [
    "InstdAmt above zero with its currency",
    ({ transfers }) =>
      transfers.every(
        (one) =>
          cents(one, "Amt/InstdAmt") > 0n &&
          /^[A-Z]{3}$/.test(attribute(all(one, "Amt/InstdAmt")[0]!, "Ccy")),
      ),
  ],
  [
    "Cdtr/Nm of at most 70 characters",
    ({ transfers }) => transfers.every((one) => short(text(one, "Cdtr/Nm"), 70)),
  ],
  [
    "CdtrAcct with a valid IBAN",
    ({ transfers }) => transfers.every((one) => isValidIBAN(ibanOf(one, "CdtrAcct"))),
  ],
  [
    "CdtrAgt with a BIC, where there is one",
    ({ transfers }) => transfers.every((one) => isValidBIC(bicOf(one, "CdtrAgt") ?? "COBADEFFXXX")),
  ],
  [
    "RmtInf/Ustrd of at most 140 characters",
    ({ transfers }) => transfers.every((one) => short(text(one, "RmtInf/Ustrd"), 140)),
  ],
];

/** What a file lacks. */
export function lacking(xml: string): string[] {
  const parsed = parseTree(xml);
  const [root] = all(parsed, "Document");
  const [group] = all(parsed, `${CUSTOMER}/GrpHdr`);
  if (root === undefined || group === undefined) return ["there is no CstmrCdtTrfInitn with a GrpHdr"];
  const payments = all(parsed, `${CUSTOMER}/PmtInf`);
  const file = { root, group, payments, transfers: all(parsed, `${CUSTOMER}/PmtInf/CdtTrfTxInf`) };
  return RULES.filter(([, keeps]) => !keeps(file)).map(([what]) => what);
}
