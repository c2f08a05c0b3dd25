/** A process of its own: writes a workload into a folder. Its chain stays out of the memory that is measured. */
import { writeWorkload, recordsOf } from "./file.ts";
import { createWorkload } from "./workload.ts";

const [folder = "", ...size] = process.argv.slice(2);
const [members = 0, batches = 0, statementsPerBatch = 0] = size.map(Number);
const say = (line: string): void => void process.stderr.write(`${line}\n`);
writeWorkload(folder, await createWorkload({ members, batches, statementsPerBatch }, recordsOf(folder), say));
process.exit(0); // the chain would keep it alive
