import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { ConsortiaError } from "../../core/error.ts";
import type { Job, Outcome } from "./job.ts";

/** What a worker answers to the job of that number. */
export type Answer = { readonly id: number } & ({ readonly outcome: Outcome } | { readonly error: Problem });

/** An error on its way between threads. */
export interface Problem {
  readonly message: string;
  readonly stack?: string | undefined;
  readonly code?: string;
  readonly retryable?: boolean;
  readonly values?: Record<string, unknown>;
}

/** Threads that do jobs, each as soon as one of them is free, in the order in which they were asked for. */
export interface Pool {
  /**
   * @param transfer memory of the job that the thread takes over; it is gone for the caller
   * @throws the job's own ConsortiaError; `EngineFailed` where a thread broke; `EngineClosed`
   */
  run<J extends Job>(job: J, transfer?: readonly ArrayBuffer[]): Promise<Outcome<J>>;
  /** Ends the threads; jobs that are not done are refused. */
  close(): Promise<void>;
}

/** What reads TypeScript; by its name it would be looked for from the working directory. */
const LOADER = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;

/** A second job waits in the thread itself, so that it need not ask for the next. */
const AHEAD = 2;

interface Task {
  readonly job: Job;
  readonly transfer: readonly ArrayBuffer[];
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: ConsortiaError) => void;
}

interface Hand {
  readonly worker: Worker;
  readonly tasks: Map<number, Task>;
}

/** Starts no thread before there is a job for it. An idle pool does not keep the process alive. */
export function createPool(threads: number, script: URL = new URL("./worker.ts", import.meta.url)): Pool {
  const hands: Hand[] = [];
  const waiting: Task[] = [];
  let last = 0;
  let broken: ConsortiaError | undefined;

  function hire(): Hand {
    const worker = new Worker(script, { execArgv: ["--import", LOADER] });
    const hand: Hand = { worker, tasks: new Map() };
    hands.push(hand);
    worker.on("message", (answer: Answer) => {
      const task = hand.tasks.get(answer.id);
      hand.tasks.delete(answer.id);
      if (hand.tasks.size === 0) worker.unref();
      assign();
      if ("error" in answer) task?.reject(revive(answer.error));
      else task?.resolve(answer.outcome);
    });
    worker.on("error", (error: unknown) => breakDown(failed(error)));
    worker.on("exit", (code) => breakDown(failed(`it ended with code ${code}`)));
    return hand;
  }

  function assign(): void {
    while (waiting.length > 0 && broken === undefined) {
      const free = hands
        .filter((hand) => hand.tasks.size < AHEAD)
        .sort((a, b) => a.tasks.size - b.tasks.size)[0];
      const hand = hands.length < threads && (free === undefined || free.tasks.size > 0) ? hire() : free;
      if (hand === undefined) return;
      const task = waiting.shift()!;
      last += 1;
      hand.tasks.set(last, task);
      hand.worker.ref();
      hand.worker.postMessage({ id: last, job: task.job }, [...task.transfer]);
    }
  }

  /** Refuses whatever is not done, and every job to come. */
  function breakDown(error: ConsortiaError): void {
    broken ??= error;
    const tasks = [...hands.flatMap((hand) => [...hand.tasks.values()]), ...waiting.splice(0)];
    for (const hand of hands) hand.tasks.clear();
    for (const task of tasks) task.reject(broken);
  }

  return {
    run<J extends Job>(job: J, transfer: readonly ArrayBuffer[] = []) {
      return new Promise<Outcome<J>>((resolve, reject) => {
        if (broken !== undefined) throw broken;
        waiting.push({ job, transfer, resolve: (outcome) => resolve(outcome as Outcome<J>), reject });
        assign();
      });
    },
    async close() {
      const closed = new ConsortiaError("EngineClosed", "The audit's engine was closed. Create another.");
      breakDown(closed);
      await Promise.all(hands.map(({ worker }) => worker.terminate()));
    },
  };
}

function failed(cause: unknown): ConsortiaError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ConsortiaError(
    "EngineFailed",
    `A thread of the audit broke: ${reason}. Try again, or with one thread, which does the work without any.`,
    { cause, retryable: true },
  );
}

function revive({ message, stack, code, retryable, values }: Problem): ConsortiaError {
  if (code === undefined) return failed(Object.assign(new Error(message), { stack }));
  return new ConsortiaError(code, message, {
    ...(retryable === undefined ? {} : { retryable }),
    ...(values === undefined ? {} : { values }),
  });
}
