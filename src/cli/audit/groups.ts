import { FINDINGS, type FindingCode } from "../../auditor/codes.ts";
import type { Finding } from "../../auditor/finding.ts";

/** Findings of one code, in the order in which they were found. */
export interface FindingGroup {
  readonly code: FindingCode;
  readonly meaning: string;
  readonly findings: readonly Finding[];
}

/** Findings by code, the most frequent first. */
export function groupFindings(findings: readonly Finding[]): FindingGroup[] {
  const groups = new Map<FindingCode, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.code);
    if (group === undefined) groups.set(finding.code, [finding]);
    else group.push(finding);
  }
  return [...groups]
    .map(([code, list]) => ({ code, meaning: FINDINGS[code].meaning, findings: list }))
    .sort((a, b) => b.findings.length - a.findings.length);
}
