import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import { createPool } from "../../../../src/auditor/engine/pool.ts";
import { rejectionCode } from "../../../support/records.ts";

const LOADER = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;

describe("createPool", () => {
  it("tells of a thread that breaks, and of every job after that", async () => {
    const pool = createPool(1, new URL("data:text/javascript,throw new Error('no such luck')"));
    const job = { kind: "recover", digests: new Uint8Array(), signatures: new Uint8Array() } as const;
    expect(await rejectionCode(pool.run(job))).to.equal("EngineFailed");
    expect(await rejectionCode(pool.run(job))).to.equal("EngineFailed");
    await pool.close();
  });

  it("hands a job's own error on with its code", async () => {
    const pool = createPool(1);
    const job = { kind: "recover", digests: new Uint8Array(1), signatures: new Uint8Array() } as const;
    expect(await rejectionCode(pool.run(job))).to.equal("RecoverInvalid");
    const good = { kind: "recover", digests: new Uint8Array(32), signatures: new Uint8Array(64) } as const;
    expect(await pool.run(good)).to.deep.equal(new Uint8Array(20));
    await pool.close();
  });

  it("lets the process end while it is idle, and die while it is busy", async function () {
    this.timeout(60_000);
    const engine = new URL("../../../../src/auditor/engine/engine.ts", import.meta.url).href;
    const run = (script: string) =>
      new Promise<{ code: number | null; signal: string | null; out: string }>((resolve) => {
        const args = ["--import", LOADER, "--input-type=module", "--eval", script];
        const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
        let out = "";
        child.stdout.setEncoding("utf8").on("data", (text: string) => {
          out += text;
          if (text.includes("busy")) child.kill("SIGTERM");
        });
        child.on("close", (code, signal) => resolve({ code, signal, out }));
      });
    const begin = `const { createEngine } = await import(${JSON.stringify(engine)}); const e = createEngine({ threads: 2 });`;
    const work = (count: number) =>
      `e.recover(new Uint8Array(32 * ${count}), new Uint8Array(64 * ${count}).fill(1))`;
    const idle = await run(`${begin} console.log((await ${work(1_000)}).length);`);
    expect(idle).to.deep.equal({ code: 0, signal: null, out: "20000\n" });
    const busy = await run(`${begin} void ${work(2_000_000)}; setTimeout(() => console.log("busy"), 500);`);
    expect(busy.signal).to.equal("SIGTERM");
  });
});
