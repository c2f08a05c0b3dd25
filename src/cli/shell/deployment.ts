import { join } from "node:path";
import { isAddress } from "ethers";
import type { Deployment } from "../../chain/contracts.ts";
import { ConsortiaError, isConsortiaError } from "../../core/error.ts";
import { serviceId } from "../../core/ids.ts";
import type { Service } from "../network/services.ts";
import { readJson, writeText } from "./files.ts";

/** A deployment with what its preset said about it. */
export interface NamedDeployment extends Deployment {
  readonly name: string;
  readonly currency: string;
  readonly services: readonly Service[];
}

/** Services that a deployment file without any has. */
const USUAL: readonly Service[] = ["loan", "copy", "lost"].map((code, at) => ({
  id: serviceId(at + 1),
  code,
}));

export function deploymentPath(chainId: bigint): string {
  return join(".consortia", `${chainId}.json`);
}

export async function writeDeployment(path: string, deployment: NamedDeployment): Promise<void> {
  const plain = { ...deployment, chainId: Number(deployment.chainId) };
  await writeText(path, `${JSON.stringify(plain, null, 2)}\n`);
}

/** @throws `DeploymentUnknown` where there is no such file, `DeploymentInvalid` naming the member */
export async function readDeployment(path: string): Promise<NamedDeployment> {
  const source = await readJson(path).catch((error: unknown) => {
    if (!isConsortiaError(error, "FileUnreadable")) throw error;
    const message = `There is no deployment file ${path}. Deploy with "consortia network deploy", or name a --deployment.`;
    throw new ConsortiaError("DeploymentUnknown", message, { cause: error, values: { path } });
  });
  const file = source as Readonly<Record<string, unknown>>;
  const wrong = (member: string) =>
    new ConsortiaError("DeploymentInvalid", `${path} is no deployment: "${member}" is missing or wrong.`);
  const address = (member: string, group?: "governance"): string => {
    const folder = group === undefined ? file : file[group];
    const value = ((folder ?? {}) as Readonly<Record<string, unknown>>)[member];
    if (!isAddress(value)) throw wrong(group === undefined ? member : `${group}.${member}`);
    return value;
  };
  if (!Number.isSafeInteger(file["chainId"])) throw wrong("chainId");
  if (!Number.isSafeInteger(file["fromBlock"])) throw wrong("fromBlock");
  const services = (file["services"] ?? USUAL) as readonly { id: number; code: string }[];
  return {
    chainId: BigInt(Number(file["chainId"])),
    charter: address("charter"),
    register: address("register"),
    schedule: address("schedule"),
    ledger: address("ledger"),
    claims: address("claims"),
    reversals: address("reversals"),
    advances: address("advances"),
    pricing: address("pricing"),
    resources: address("resources"),
    compensation: address("compensation"),
    asset: address("asset"),
    governance: {
      delegates: address("delegates", "governance"),
      voice: address("voice", "governance"),
      councilSeats: address("councilSeats", "governance"),
      councilElections: address("councilElections", "governance"),
      boardSeats: address("boardSeats", "governance"),
      boardElections: address("boardElections", "governance"),
      council: address("council", "governance"),
      board: address("board", "governance"),
      assembly: address("assembly", "governance"),
      amendments: address("amendments", "governance"),
      admissions: address("admissions", "governance"),
    },
    fromBlock: Number(file["fromBlock"]),
    name: typeof file["name"] === "string" ? file["name"] : "Consortium",
    currency: typeof file["currency"] === "string" ? file["currency"] : "EUR",
    services: services.map(({ id, code }) => ({ id: serviceId(id), code })),
  };
}
