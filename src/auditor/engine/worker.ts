import { parentPort } from "node:worker_threads";
import { isConsortiaError } from "../../core/error.ts";
import { perform, transferable, type Job } from "./job.ts";
import type { Answer } from "./pool.ts";

/** The other end of a pool: does one job after another and answers each under its number. */
if (parentPort !== null) {
  const port = parentPort;
  port.on("message", ({ id, job }: { id: number; job: Job }) => {
    void answer(id, job).then(([message, transfer]) => port.postMessage(message, transfer));
  });
}

async function answer(id: number, job: Job): Promise<[Answer, ArrayBuffer[]]> {
  try {
    const outcome = await perform(job);
    return [{ id, outcome }, transferable(outcome)];
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    const known = isConsortiaError(error)
      ? { code: error.code, retryable: error.retryable, values: { ...error.values } }
      : undefined;
    return [
      { id, error: { message: known === undefined ? `${name}: ${message}` : message, stack, ...known } },
      [],
    ];
  }
}
