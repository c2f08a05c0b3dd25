import { getAddress, verifyTypedData, type Signer, type TypedDataDomain } from "ethers";
import { ConsortiaError, isConsortiaError } from "../core/error.ts";
import { hash, memberId, type Hash, type MemberId } from "../core/ids.ts";
import { formatCredits, parseCredits, type Credits } from "../core/money.ts";
import { FLOW_NAMES, netFlow, type Flow, type Flows } from "./flows.ts";
import type { AuditResult, MemberAudit, Verdict, YearFlows } from "./result.ts";

/**
 * What an auditor vouches for: one member's book in one calendar year, as the logs of the ledger up to a block have it.
 * Whoever holds the file can check it without a chain: opening and flows must come to the closing, and the signature
 * under all of it is the auditor's.
 */
export interface Certificate {
  readonly chainId: number;
  readonly ledger: string;
  readonly member: MemberId;
  /** Empty for COMMONS and RELIEF. */
  readonly isil: string;
  readonly year: number;
  /** Position and cash together when the year began, or when the ledger did. */
  readonly opening: Credits;
  readonly flows: Flows;
  /** The same when the year ended, or at the block. */
  readonly closing: Credits;
  /** The last block that was audited, its hash, and its second since 1970. */
  readonly block: number;
  readonly blockHash: Hash;
  readonly blockTime: number;
  /** What the whole audit came to. */
  readonly verdict: Verdict;
}

/** A certificate as a file holds it: amounts as decimal numbers, with who signed it. */
export interface SignedCertificate {
  readonly version: 1;
  readonly certificate: Certificate;
  readonly auditor: string;
  readonly signature: string;
}

/** EIP-712 types; flows are listed by name in the order of `FLOWS`, without those that are zero. */
export const CERTIFICATE_TYPES = {
  Certificate: [
    { name: "member", type: "uint32" },
    { name: "isil", type: "string" },
    { name: "year", type: "uint16" },
    { name: "opening", type: "uint64" },
    { name: "flows", type: "Flow[]" },
    { name: "closing", type: "uint64" },
    { name: "block", type: "uint64" },
    { name: "blockHash", type: "bytes32" },
    { name: "blockTime", type: "uint64" },
    { name: "verdict", type: "string" },
  ],
  Flow: [
    { name: "name", type: "string" },
    { name: "amount", type: "uint64" },
  ],
};

const VERDICTS: readonly Verdict[] = ["clean", "wrong", "unverifiable"];

/**
 * The certificates of a year: one for each account in whose book something happened by its end.
 * @throws `YearAhead` where the audit ended before the year began
 */
export function certificatesOf(result: AuditResult, year: number): Certificate[] {
  const reached = new Date(result.scope.toTime * 1000).getUTCFullYear();
  if (year > reached) {
    throw new ConsortiaError("YearAhead", `The audit ends in ${reached} and knows nothing of ${year}.`, {
      values: { year, reached },
    });
  }
  return result.accounts.flatMap((account) => {
    const flows = yearOf(account, year);
    return flows === undefined ? [] : [certificateOf(result, account, flows)];
  });
}

/** @throws `CertificateUnsound` where the audit's own figures do not add up */
function certificateOf({ scope, verdict }: AuditResult, account: MemberAudit, of: YearFlows): Certificate {
  const certificate: Certificate = {
    chainId: scope.chainId,
    ledger: getAddress(scope.ledger),
    member: account.member,
    isil: account.isil ?? "",
    year: of.year,
    opening: of.opening,
    flows: Object.fromEntries(shown(of.flows)),
    closing: of.closing,
    block: scope.toBlock,
    blockHash: hash(scope.toHash),
    blockTime: scope.toTime,
    verdict,
  };
  requireSound(certificate);
  return certificate;
}

/** The year's flows; a year without any carries the balance of the last one before it. */
function yearOf({ years }: MemberAudit, year: number): YearFlows | undefined {
  const last = years.filter((one) => one.year <= year).at(-1);
  if (last === undefined || last.year === year) return last;
  return { year, opening: last.closing, flows: {}, closing: last.closing };
}

/** Signs a certificate with the auditor's key. */
export async function signCertificate(signer: Signer, certificate: Certificate): Promise<SignedCertificate> {
  const signature = await signer.signTypedData(domainOf(certificate), CERTIFICATE_TYPES, typed(certificate));
  return { version: 1, certificate, auditor: await signer.getAddress(), signature };
}

/**
 * Checks a certificate by itself, without a chain.
 * @param auditor who must have signed it; anybody named in the file where it is left out
 * @throws `CertificateUnsound` where its figures do not add up, `CertificateUnsigned` where somebody else signed
 */
export function verifyCertificate(signed: SignedCertificate, auditor?: string): void {
  requireSound(signed.certificate);
  const signer = signerOf(signed);
  const wanted = getAddress(auditor ?? signed.auditor);
  if (signer === wanted && getAddress(signed.auditor) === signer) return;
  throw new ConsortiaError(
    "CertificateUnsigned",
    `The certificate is not signed by ${wanted} (found ${signer ?? "no signature"}): it was edited, or somebody else made it.`,
    { values: { expected: wanted, found: signer } },
  );
}

function signerOf({ certificate, signature }: SignedCertificate): string | undefined {
  try {
    return verifyTypedData(domainOf(certificate), CERTIFICATE_TYPES, typed(certificate), signature);
  } catch {
    return undefined;
  }
}

function requireSound({ member, year, opening, flows, closing }: Certificate): void {
  const reckoned = opening + netFlow(flows);
  if (reckoned === closing) return;
  throw new ConsortiaError(
    "CertificateUnsound",
    `The figures of member ${member} for ${year} come to ${formatCredits(reckoned as Credits)}, and the certificate says ${formatCredits(closing)}.`,
    { values: { member, year, expected: reckoned, found: closing } },
  );
}

function domainOf({ chainId, ledger }: Certificate): TypedDataDomain {
  return { name: "Consortia Audit", version: "1", chainId, verifyingContract: ledger };
}

function typed(certificate: Certificate): Record<string, unknown> {
  const flows = shown(certificate.flows).map(([name, amount]) => ({ name, amount }));
  return { ...certificate, flows };
}

function shown(flows: Flows): [Flow, Credits][] {
  return FLOW_NAMES.flatMap((name): [Flow, Credits][] => {
    const amount = flows[name];
    return amount === undefined || amount === 0n ? [] : [[name, amount]];
  });
}

/** A certificate as a file holds it. */
export function certificateJson({ certificate, ...rest }: SignedCertificate): string {
  const { opening, flows, closing, ...facts } = certificate;
  const amounts = Object.fromEntries(shown(flows).map(([name, amount]) => [name, formatCredits(amount)]));
  const plain = {
    ...facts,
    opening: formatCredits(opening),
    flows: amounts,
    closing: formatCredits(closing),
  };
  return `${JSON.stringify({ version: rest.version, certificate: plain, auditor: rest.auditor, signature: rest.signature }, null, 2)}\n`;
}

/** Reads a certificate that somebody may have edited. @throws `CertificateInvalid` naming the member */
export function parseCertificate(value: unknown): SignedCertificate {
  const file = object("certificate", value);
  if (file["version"] !== 1) throw invalid("version");
  const source = object("certificate", file["certificate"]);
  const text = (from: typeof source, name: string): string => {
    const found = from[name];
    if (typeof found !== "string") throw invalid(name);
    return found;
  };
  const whole = (name: string, most = Number.MAX_SAFE_INTEGER): number => {
    const found = source[name];
    if (!Number.isSafeInteger(found) || Number(found) < 0 || Number(found) > most) throw invalid(name);
    return Number(found);
  };
  const verdict = VERDICTS.find((one) => one === source["verdict"]);
  if (verdict === undefined) throw invalid("verdict");
  return {
    version: 1,
    certificate: {
      chainId: whole("chainId"),
      ledger: at("ledger", () => getAddress(text(source, "ledger"))),
      member: at("member", () => memberId(whole("member"))),
      isil: text(source, "isil"),
      year: whole("year", 9_999),
      opening: at("opening", () => amount(text(source, "opening"))),
      flows: parseFlows(object("flows", source["flows"])),
      closing: at("closing", () => amount(text(source, "closing"))),
      block: whole("block"),
      blockHash: at("blockHash", () => hash(text(source, "blockHash"))),
      blockTime: whole("blockTime"),
      verdict,
    },
    auditor: at("auditor", () => getAddress(text(file, "auditor"))),
    signature: text(file, "signature"),
  };
}

function parseFlows(source: Readonly<Record<string, unknown>>): Flows {
  const unknown = Object.keys(source).find((name) => !FLOW_NAMES.includes(name as Flow));
  if (unknown !== undefined) throw invalid(`flows.${unknown}`);
  return Object.fromEntries(
    Object.entries(source).map(([name, value]) => [name, at(`flows.${name}`, () => amount(String(value)))]),
  );
}

function amount(text: string): Credits {
  const parsed = parseCredits(text);
  if (parsed < 0n || parsed >= 1n << 64n) throw new TypeError("out of range");
  return parsed;
}

function object(name: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw invalid(name);
  return value as Readonly<Record<string, unknown>>;
}

function at<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (isConsortiaError(cause, "CertificateInvalid")) throw cause;
    throw invalid(name, cause);
  }
}

function invalid(name: string, cause?: unknown): ConsortiaError {
  return new ConsortiaError(
    "CertificateInvalid",
    `The certificate cannot be read: "${name}" is missing or wrong.`,
    {
      cause,
      values: { name },
    },
  );
}
