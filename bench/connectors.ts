import { benchMessages } from "./connectors/messages.ts";
import { benchReport } from "./connectors/report.ts";
import { benchRepository } from "./connectors/repository.ts";

type Progress = (line: string) => void;

/** How large the usage report is, in MiB, and the catalogue, in bytes. */
export interface Sizes {
  readonly report: number;
  readonly catalogue: number;
}

const FULL: Sizes = { report: 64, catalogue: 1e9 };

/**
 * The connectors beside what others do with the same bytes and the least that these take: messages of ISO 18626 a second, a
 * usage report of COUNTER in MiB a second, and the records of a catalogue of a gigabyte a second, with the memory at its
 * peak; the harvest's is the larger of many pages and of one.
 */
export async function benchConnectors(progress: Progress, sizes = FULL): Promise<Record<string, number>> {
  progress("messages");
  return {
    ...benchMessages(),
    ...(await benchReport(sizes.report, progress)),
    ...(await benchRepository(sizes.catalogue, progress)),
  };
}
