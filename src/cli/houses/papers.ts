import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { getBytes, hexlify } from "ethers";
import * as papers from "../../chain/ballotSigning.ts";
import type { Body, House, Paper } from "../../chain/ballotSigning.ts";
import type { Deployment } from "../../chain/contracts.ts";
import { SUPPORTS } from "../../core/ballot.ts";
import type { BallotSignature, Holding, Signed, Support } from "../../core/ballot.ts";
import { ConsortiaError, isConsortiaError } from "../../core/error.ts";
import { delegateId, hash, memberId } from "../../core/ids.ts";
import type { DelegateId, Hash } from "../../core/ids.ts";
import { decodeAlone, encodeAlone } from "../../core/statement.ts";
import type { Signature } from "../../core/statement.ts";
import type { VoterSort } from "../../core/voter.ts";
import { electorsOf, votersOf } from "../../sdk/rolls.ts";
import { BODIES, HOUSES, seatName } from "./named.ts";
import { readJson, writeText } from "../shell/files.ts";

/** Where what is signed is kept unless another folder is named. */
export const BALLOTS = join(".consortia", "ballots");
export const SUPPORTS_FOLDER = join(".consortia", "supports");
export const PETITIONS = join(".consortia", "petitions");
export const RECALLS = join(".consortia", "recalls");

/** What a voter signed, by its kind. */
export type SignedPaper = Signed & { readonly signature: Signature } & (
    | {
        readonly kind: "approval";
        readonly body: Body;
        readonly election: number;
        readonly candidates: readonly number[];
      }
    | { readonly kind: "vote"; readonly house: House; readonly proposal: bigint; readonly support: Support }
    | {
        readonly kind: "support";
        readonly body: Body;
        readonly election: number;
        readonly delegate: DelegateId;
      }
    | {
        readonly kind: "consent";
        readonly body: Body;
        readonly election: number;
        readonly delegate: DelegateId;
        readonly statement: Hash;
      }
    | { readonly kind: "petition"; readonly house: House; readonly proposal: bigint }
    | ({ readonly kind: "recall"; readonly body: Body } & Holding)
  );
export type PaperOf<Kind extends SignedPaper["kind"]> = Extract<SignedPaper, { kind: Kind }>;

/** A signed paper in a file of its own: nothing in it is secret, and it counts for one chain and one contract. */
export interface PaperFile {
  readonly chainId: number;
  readonly contract: string;
  readonly paper: SignedPaper;
}

/** What was signed, as a consortium's contracts understand it. */
export function paperSigned(at: Deployment, paper: SignedPaper): Paper {
  switch (paper.kind) {
    case "approval":
      return papers.approvalPaper(at, paper.body, paper);
    case "vote":
      return papers.votePaper(at, paper.house, paper);
    case "support":
      return papers.supportPaper(at, paper.body, paper);
    case "consent":
      return papers.consentPaper(at, paper.body, paper);
    case "petition":
      return papers.petitionPaper(at, paper.house, paper);
    case "recall":
      return papers.recallPaper(at, paper.body, paper);
  }
}

/** Whether a member or a delegate signs a paper of this kind. */
export function signatoryOf(paper: SignedPaper): VoterSort {
  if (paper.kind === "consent") return "delegate";
  return "house" in paper ? votersOf(paper.house) : electorsOf(paper.body);
}

/** Keeps a paper: one file for each voter and matter, so that whoever thinks again replaces its own. @returns the path */
export async function writePaper(at: Deployment, folder: string, paper: SignedPaper): Promise<string> {
  const path = join(folder, `${nameOf(paper)}.json`);
  const { signature, ...rest } = paper;
  const plain = {
    ...{ version: 1, chainId: Number(at.chainId), contract: paperSigned(at, paper).domain.verifyingContract },
    ...rest,
    ...("proposal" in paper ? { proposal: String(paper.proposal) } : {}),
    signature: hexlify(encodeAlone(signature)),
  };
  await writeText(path, `${JSON.stringify(plain, null, 2)}\n`);
  return path;
}

/** The files of a folder in the order of their names. @throws `FolderUnreadable` */
export async function paperFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    const message = `The folder ${folder} cannot be read. Name the folder with the signed files.`;
    throw new ConsortiaError("FolderUnreadable", message, { cause, values: { folder } });
  });
  return names
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => join(folder, name));
}

/** Reads a signed paper. @throws `PaperInvalid`, `FileUnreadable`, `FileNotJson` */
export async function readPaper(path: string): Promise<PaperFile> {
  const source = await readJson(path);
  try {
    return parse(source as Source);
  } catch (cause) {
    const reason = isConsortiaError(cause) ? cause.message.replace(/\.$/, "") : "a part is missing or wrong";
    const message = `${path} is no signed file, or was damaged: ${reason}. Have it signed again.`;
    throw new ConsortiaError("PaperInvalid", message, { cause, values: { path } });
  }
}

type Source = Readonly<Record<string, unknown>>;

function parse(source: Source): PaperFile {
  if (source["version"] !== 1) throw new TypeError();
  const signed = {
    voter: memberId(Number(source["voter"])),
    nonce: count(source, "nonce"),
    signature: decodeAlone(getBytes(String(source["signature"]))),
  };
  const where = { chainId: count(source, "chainId"), contract: String(source["contract"]) };
  return { ...where, paper: { ...signed, ...matter(source) } as SignedPaper };
}

/** What a paper is about. @throws TypeError */
function matter(source: Source): Source {
  const { kind } = source;
  const body = () => ({ body: oneOf(BODIES, source["body"]) });
  const election = () => ({ ...body(), election: count(source, "election") });
  const proposal = () => ({ house: oneOf(HOUSES, source["house"]), proposal: long(source["proposal"]) });
  const delegate = () => ({ delegate: delegateId(Number(source["delegate"])) });
  switch (kind) {
    case "approval":
      return { kind, ...election(), candidates: places(source["candidates"]) };
    case "vote":
      return { kind, ...proposal(), support: oneOf(Object.keys(SUPPORTS), source["support"]) };
    case "support":
      return { kind, ...election(), ...delegate() };
    case "consent":
      return { kind, ...election(), ...delegate(), statement: hash(String(source["statement"])) };
    case "petition":
      return { kind, ...proposal() };
    case "recall": {
      const place = { constituency: count(source, "constituency"), seat: count(source, "seat") };
      return { kind, ...body(), ...place, ...delegate(), since: count(source, "since") };
    }
    default:
      throw new TypeError();
  }
}

function count(source: Source, name: string): number {
  const value = source[name];
  if (Number.isSafeInteger(value) && Number(value) >= 0) return Number(value);
  throw new TypeError();
}

function long(value: unknown): bigint {
  if (typeof value === "string" && /^\d{1,78}$/.test(value)) return BigInt(value);
  throw new TypeError();
}

function places(value: unknown): number[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > 255) throw new TypeError();
  const list = value.map((place) => count({ place }, "place"));
  if (list.every((place, index) => place < 65_536 && place > (list[index - 1] ?? -1))) return list;
  throw new TypeError();
}

function oneOf<T extends string>(words: readonly T[], value: unknown): T {
  const found = words.find((word) => word === value);
  if (found === undefined) throw new TypeError();
  return found;
}

function nameOf(paper: SignedPaper): string {
  return [paper.kind, "house" in paper ? paper.house : paper.body, aboutOf(paper), paper.voter].join("-");
}

function aboutOf(paper: SignedPaper): string {
  if ("proposal" in paper) return String(paper.proposal).slice(0, 20);
  if (paper.kind === "recall") return seatName(paper);
  if (paper.kind === "support") return `${paper.election}-${paper.delegate}`;
  return String(paper.election);
}

/** The signature of what was just signed with a key pair. */
export function keySignature(signature: BallotSignature): Signature {
  if (signature.kind === "caller") throw new TypeError("nobody signed");
  return signature;
}

/** Who signed a paper: `member 3`. */
export function voterNameOf(paper: SignedPaper): string {
  return `${signatoryOf(paper)} ${paper.voter}`;
}
