import { Wallet } from "ethers";
import {
  certificateJson,
  certificatesOf,
  parseCertificate,
  signCertificate,
  verifyCertificate,
} from "../../src/auditor/certificate.ts";
import { verifyDisclosure, type Disclosure } from "../../src/core/disclosure.ts";
import { hash, type Hash } from "../../src/core/ids.ts";
import { treeDomain } from "../../src/core/leaf.ts";
import { credits } from "../../src/core/money.ts";
import { provenTree } from "../../src/core/proof.ts";
import { bundleRecords, bundleTree, type Bundle } from "../../src/records/bundle.ts";
import { createDirectoryStore } from "../../src/records/directory.ts";
import { disclose } from "../../src/records/disclose.ts";
import { thrown, type Lie } from "./lie.ts";
import type { World } from "./world.ts";

/** A bundle of several records. */
async function aBundle({ settled, records }: World): Promise<Bundle> {
  const most = [...settled.posted].sort((a, b) => b.billed.records.length - a.billed.records.length)[0];
  const bundle = most && (await createDirectoryStore(records).get(most.billed.statement.root));
  if (bundle === undefined || bundle.records.length < 3)
    throw new Error("a bundle of three records is needed");
  return bundle;
}

function disclosed(
  name: string,
  code: string,
  change: (shown: Disclosure) => Disclosure,
  trusted?: Hash,
): Lie {
  return {
    name,
    code,
    async tell(world) {
      const shown = disclose(await aBundle(world), 1, { request: true });
      return thrown(() => verifyDisclosure(change(shown), trusted));
    },
  };
}

type Proof = Parameters<typeof provenTree>[2];
type Records = Parameters<typeof provenTree>[1];

/** A proof that must not lead to the statement's root. */
function proof(
  name: string,
  change: (given: { records: Records; proof: Proof }) => { records: Records; proof: Proof },
): Lie {
  return {
    name,
    code: "ProofRefused",
    async tell(world) {
      const bundle = await aBundle(world);
      const tree = bundleTree(bundle);
      const given = change({
        records: [bundleRecords(bundle)[1]!],
        proof: tree.prove(1),
      });
      const single = { ...given.proof, indices: [1] };
      const domain = treeDomain(BigInt(bundle.chainId), bundle.ledger);
      const proven = provenTree(domain, given.records, "indices" in given.proof ? given.proof : single);
      return proven?.root === tree.root ? [] : ["ProofRefused"];
    },
  };
}

function certified(name: string, code: string, change: (certificate: Record<string, unknown>) => void): Lie {
  return {
    name,
    code,
    async tell(world) {
      const result = await world.audit();
      const [first] = certificatesOf(result, new Date(result.scope.toTime * 1000).getUTCFullYear());
      if (first === undefined) throw new Error("the audit certifies nothing");
      const signed = await signCertificate(new Wallet(`0x${"11".repeat(32)}`), first);
      verifyCertificate(signed);
      const file = JSON.parse(certificateJson(signed)) as { certificate: Record<string, unknown> };
      change(file.certificate);
      return thrown(() => verifyCertificate(parseCertificate(file)));
    },
  };
}

const other = hash(`0x${"66".repeat(32)}`);

/** Lies on paper: proofs, disclosures and certificates that anybody may hand around. */
export const PAPER_LIES: readonly Lie[] = [
  proof("an inner node shown as a leaf", ({ records, proof: given }) => ({
    records: [{ ...records[0]!, request: given.siblings[0]!.hash, details: given.siblings[0]!.hash }],
    proof: given,
  })),
  proof("a tree of another size", ({ records, proof: given }) => ({
    records,
    proof: { ...given, count: given.count + 1 },
  })),
  proof("a sum that overflows", ({ records, proof: given }) => ({
    records,
    proof: {
      ...given,
      siblings: given.siblings.map((node) => ({ ...node, sum: credits((1n << 64n) - 1n) })),
    },
  })),
  proof("an amount hidden in a sibling", ({ records, proof: given }) => ({
    records,
    proof: {
      ...given,
      siblings: given.siblings.map((node, i) => (i === 0 ? { ...node, sum: credits(node.sum + 1n) } : node)),
    },
  })),
  proof("a sibling too many", ({ records, proof: given }) => ({
    records,
    proof: { ...given, siblings: [...given.siblings, given.siblings[0]!] },
  })),
  disclosed("another amount on a disclosed record", "DisclosureLeafMismatch", (shown) => ({
    ...shown,
    record: { ...shown.record, amount: "0.01" },
  })),
  disclosed("another request on a disclosed record", "DisclosureRequestMismatch", (shown) => ({
    ...shown,
    record: { ...shown.record, request: { ...shown.record.request, hash: other } },
  })),
  disclosed("another root under a disclosed record", "DisclosureRootMismatch", (shown) => ({
    ...shown,
    root: other,
  })),
  disclosed("a disclosed record of another statement", "DisclosureRootUntrusted", (shown) => shown, other),
  certified("a certificate with another closing", "CertificateUnsound", (c) => (c["closing"] = "1000000.00")),
  certified("a certificate for another member", "CertificateUnsigned", (c) => (c["member"] = 4_000)),
  certified("a certificate with a kinder verdict", "CertificateUnsigned", (c) => {
    c["verdict"] = c["verdict"] === "clean" ? "wrong" : "clean";
  }),
  certified("a certificate of another block", "CertificateUnsigned", (c) => (c["blockHash"] = other)),
];
