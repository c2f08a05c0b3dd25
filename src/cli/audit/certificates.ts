import { join } from "node:path";
import type { Signer } from "ethers";
import { certificateJson, certificatesOf, signCertificate } from "../../auditor/certificate.ts";
import type { AuditResult } from "../../auditor/result.ts";
import { writeText } from "../shell/files.ts";

/**
 * Writes one signed certificate for each account, `2026-3.json` for member 3, into a folder.
 * @returns the files, in the order of the accounts
 */
export async function writeCertificates(
  result: AuditResult,
  year: number,
  signer: Signer,
  folder: string,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<string[]> {
  const certificates = certificatesOf(result, year);
  const files: string[] = [];
  for (const certificate of certificates) {
    const file = join(folder, `${year}-${certificate.member}.json`);
    await writeText(file, certificateJson(await signCertificate(signer, certificate)));
    files.push(file);
    onProgress(files.length, certificates.length);
  }
  return files;
}
