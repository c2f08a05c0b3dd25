import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { statementPath, writeStatement } from "../../src/cli/statements/file.ts";
import { agency, serviceId, statementNumber, type ResourceId } from "../../src/core/ids.ts";
import { credits, formatCredits, parseCredits, type Credits } from "../../src/core/money.ts";
import { addMonths, periodStart, POSTING_WINDOW, type PeriodId } from "../../src/core/period.ts";
import type { Statement } from "../../src/core/statement.ts";
import { type BundleRecord, randomSalt, sealBundle } from "../../src/records/bundle.ts";
import { createDirectoryStore } from "../../src/records/directory.ts";
import { countersign } from "../../src/sdk/statements.ts";
import type { Printed } from "./cli.ts";
import { runInside } from "./inside.ts";
import { createNetwork, NETWORK_OCTOBER, type NetworkMember } from "./network.ts";

const PRICE = parseCredits("12");
const COPY_PRICE = parseCredits("5");
const FEE = parseCredits("0.26");

interface WriteOptions {
  readonly signed?: boolean;
  readonly month?: PeriodId;
  /** Copies of a work, and the royalty that each bears. */
  readonly copies?: { readonly resource: ResourceId; readonly royalty: Credits };
}

/** Two libraries on a real node, each with its files in one folder, as the command line keeps them. */
export async function createLibraries() {
  const network = await createNetwork();
  const folder = await mkdtemp(join(tmpdir(), "consortia-libraries-"));
  const { deployment, chain } = network;
  const plain = { ...deployment, chainId: Number(deployment.chainId) };
  await writeFile(join(folder, "deployment.json"), JSON.stringify(plain));
  const supplier = await network.createMember("100");
  const consumer = await network.createMember("1000");
  const store = createDirectoryStore(join(folder, ".consortia/records"));

  /** Writes the supplier's statement of one loan, or one copy of a work, for each request, and its bundle. */
  async function write(
    number: number,
    requests: readonly string[],
    { signed = false, month = NETWORK_OCTOBER, copies }: WriteOptions = {},
  ): Promise<Statement> {
    const [service, price] = copies === undefined ? [serviceId(1), PRICE] : [serviceId(2), COPY_PRICE];
    const records = requests.map((id, n): BundleRecord => ({
      request: { requesting: agency("ISIL", consumer.isil), supplying: agency("ISIL", supplier.isil), id },
      ...{ service, charge: 0, quantity: 1, amount: formatCredits(price) },
      ...{
        salt: randomSalt(),
        details: { title: `Band ${n}` },
        completedAt: periodStart(month) + 86_400 + n,
      },
    }));
    const parties = { supplier: supplier.id, consumer: consumer.id, number: statementNumber(number) };
    const where = { chainId: plain.chainId, ledger: deployment.ledger };
    const bundle = sealBundle({ ...where, ...parties, period: month, records });
    await store.put(bundle);
    const statement: Statement = {
      ...{ ...parties, period: month, root: bundle.root, lastPeriod: addMonths(month, POSTING_WINDOW) },
      lines: [{ service, quantity: requests.length, ...(copies && { resource: copies.resource }) }],
      maximum: credits((price + FEE + (copies?.royalty ?? 0n)) * BigInt(requests.length)),
    };
    const file = { ...where, ...(signed ? await sign(statement) : { statement }) };
    await writeStatement(statementPath(join(folder, ".consortia/statements"), statement), file);
    return statement;
  }

  const sign = (statement: Statement) => countersign(network.admin, consumer.key, statement);

  /** Runs a command with a member's key, or another's; fails the test where it does not end with `code`. */
  async function run(
    words: string,
    by: NetworkMember | string = chain.accounts[0]!.privateKey,
    code = 0,
    extra: Record<string, string> = {},
  ): Promise<Printed> {
    const key = typeof by === "string" ? by : by.key.privateKey;
    const env = { CONSORTIA_RPC_URL: chain.url, CONSORTIA_KEY: key, ...extra };
    const args = [...words.split(" "), "--deployment", "deployment.json", "--json"];
    const ended = await runInside(folder, args, env);
    expect(ended.code, `${words}\n${ended.stdout}${ended.stderr}`).to.equal(code);
    expect(ended.json, `${words} prints one JSON object`).to.be.an("object");
    return ended.json ?? {};
  }

  async function close(): Promise<void> {
    await chain.stop();
    await rm(folder, { recursive: true, force: true });
  }

  return { network, folder, supplier, consumer, write, run, close };
}

export type Libraries = Awaited<ReturnType<typeof createLibraries>>;
