import { spawn } from "node:child_process";
import { join, resolve } from "node:path";

export const root = resolve(import.meta.dirname, "../..");

export interface Ended {
  readonly code: number;
  /** Standard output and standard error, interleaved as they came; empty when shown instead. */
  readonly output: string;
  /** Standard output alone. */
  readonly stdout: string;
}

export interface RunOptions {
  /** Lets the program write straight to this process's own output. */
  readonly show?: boolean;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs `node <args>` at the project's root, under the Node that runs this process. */
export function runNode(
  args: readonly string[],
  { show = false, env = {} }: RunOptions = {},
): Promise<Ended> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: show ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"],
    });
    const out: Buffer[] = [];
    const all: Buffer[] = [];
    child.stdout?.on("data", (chunk: Buffer) => {
      out.push(chunk);
      all.push(chunk);
    });
    child.stderr?.on("data", (chunk: Buffer) => all.push(chunk));
    child.on("error", fail);
    // A program ended by a signal has no code; it failed all the same.
    child.on("close", (code) => {
      done({ code: code ?? 1, output: text(all), stdout: text(out) });
    });
  });
}

const text = (chunks: readonly Buffer[]) => Buffer.concat(chunks).toString("utf8");

/** Runs a program that an installed package ships, given as its path below node_modules. */
export const runTool = (program: string, args: readonly string[], options?: RunOptions): Promise<Ended> =>
  runNode([join(root, "node_modules", program), ...args], options);

/** Runs a TypeScript file of this project, given as its path below the root. */
export const runScript = (script: string, args: readonly string[], options?: RunOptions): Promise<Ended> =>
  runNode(["--import", "tsx", join(root, script), ...args], options);
