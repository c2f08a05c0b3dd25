import { getBytes } from "ethers";
import { agreementDigest, ledgerDomain } from "../../chain/signing.ts";
import { Register__factory } from "../../chain/types/index.ts";
import { isConsortiaError } from "../../core/error.ts";
import { decodeAlone, type Signature } from "../../core/statement.ts";
import type { ChainNode } from "../chain/node.ts";
import type { Findings } from "../finding.ts";
import type { MadeAgreement } from "../fold/agreements.ts";
import { RIGHTS } from "../fold/keys.ts";
import type { FoldState } from "../fold/state.ts";

const REGISTER = Register__factory.createInterface();

/**
 * Has the signatures under every agreement judged. They are in no log, but the transaction that made it carries them where
 * it went straight to the register; its hash proves them.
 */
export async function askAgreements(
  nodes: readonly ChainNode[],
  state: FoldState,
  findings: Findings,
): Promise<void> {
  for (const made of state.register.agreed.list) {
    const answer = await signaturesOf(nodes, state, made);
    if (typeof answer === "string") {
      const message = `Whether every member signed agreement ${made.agreement} is not known: ${answer}`;
      findings.add("AgreementUnproven", message, made.place);
    } else ask(state, made, answer);
  }
}

/** The signatures that were shown, or why they are not known. */
async function signaturesOf(
  [node]: readonly ChainNode[],
  { site }: FoldState,
  { place }: MadeAgreement,
): Promise<readonly Uint8Array[] | string> {
  if (node === undefined) return "no node was named.";
  try {
    const sender = await node.sender(place.tx);
    if (sender === undefined) return "the node could not prove its transaction.";
    if (sender.to !== site.register.toLowerCase()) return "it came through another contract.";
    const call = REGISTER.parseTransaction({ data: sender.data });
    if (call?.name !== "agree") return "its transaction calls something else.";
    return (call.args[1] as string[]).map((bytes) => getBytes(bytes));
  } catch (error) {
    if (!isConsortiaError(error)) throw error;
    return error.message;
  }
}

function ask(state: FoldState, made: MadeAgreement, shown: readonly Uint8Array[]): void {
  const { agreement, terms, place, position } = made;
  const { site, signatures, register } = state;
  const digest = getBytes(agreementDigest(ledgerDomain(site.chainId, site.ledger), terms));
  for (const [i, member] of terms.members.entries()) {
    const what = `The signature of member ${member} under agreement ${agreement}`;
    const find = (why: string, found: string): void => {
      signatures.findings.add("AgreementUnsigned", `${what} ${why}.`, { ...place, member, found });
    };
    const signature = readSignature(shown[i]);
    if (signature === undefined) {
      find("is missing or none", "nobody");
      continue;
    }
    signatures.ask(digest, signature, {
      ...{ place, details: { member }, counts: true },
      what: () => what,
      entitled: (signer) =>
        register.keys.hasRightAt(member, signer, RIGHTS.post | RIGHTS.countersign, position),
      judged: (signer, valid) => {
        if (!valid)
          find(
            `is that of ${signer ?? "nobody"}, which was no key of it with the rights`,
            signer ?? "nobody",
          );
      },
    });
  }
}

/** A signature with its kind in front; undefined where it is none. */
function readSignature(bytes: Uint8Array | undefined): Signature | undefined {
  if (bytes === undefined) return undefined;
  try {
    return decodeAlone(bytes);
  } catch (error) {
    if (!isConsortiaError(error)) throw error;
    return undefined;
  }
}
