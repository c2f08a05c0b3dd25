import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { FindingCode } from "../../src/auditor/codes.ts";
import type { Lie } from "./lie.ts";
import type { World } from "./world.ts";

interface Record_ {
  request: { id: string };
  amount: string;
  quantity: number;
  service: number;
  charge: number;
  salt: string;
  details: { [key: string]: string };
}
interface Bundle_ {
  supplier: number;
  consumer: number;
  number: number;
  ledger: string;
  chainId: number;
  records: Record_[];
}

const fileOf = (folder: string, root: string) => join(folder, root.slice(2, 4), `${root}.json`);

/** The root of a posted statement with two records or more. */
function rootOf({ settled }: World, which = 0): string {
  const own = settled.posted.filter(({ billed }) => billed.records.length > 1);
  return own[which]!.billed.statement.root;
}

function changed(name: string, code: FindingCode, change: (bundle: Bundle_) => void): Lie {
  return {
    name,
    code,
    async tell(world) {
      const records = await world.copyRecords();
      const file = fileOf(records, rootOf(world));
      const bundle = JSON.parse(await readFile(file, "utf8")) as Bundle_;
      change(bundle);
      await writeFile(file, JSON.stringify(bundle));
      return world.codes({ records });
    },
  };
}

/** Lies in the bundles of records that the parties keep. */
export const BUNDLE_LIES: readonly Lie[] = [
  changed("an amount changed in a bundle", "BundleDamaged", ({ records }) => (records[0]!.amount = "0.01")),
  changed("a quantity changed in a bundle", "BundleDamaged", ({ records }) => (records[0]!.quantity += 1)),
  changed("a service changed in a bundle", "BundleDamaged", ({ records }) => (records[0]!.service = 2)),
  changed("a charge number changed in a bundle", "BundleDamaged", ({ records }) => (records[0]!.charge = 1)),
  changed("a request changed in a bundle", "BundleDamaged", ({ records }) => (records[0]!.request.id += "x")),
  changed(
    "details changed in a bundle",
    "BundleDamaged",
    ({ records }) => (records[0]!.details["title"] = "x"),
  ),
  changed("a salt changed in a bundle", "BundleDamaged", ({ records }) => {
    records[0]!.salt = `0x${"66".repeat(32)}`;
  }),
  changed("a record left out of a bundle", "BundleDamaged", ({ records }) => void records.pop()),
  changed("a record doubled in a bundle", "BundleDamaged", ({ records }) => void records.push(records[0]!)),
  changed("leaves swapped in a bundle", "BundleDamaged", ({ records }) => void records.reverse()),
  changed("another supplier in a bundle", "BundleDamaged", (bundle) => (bundle.supplier += 1)),
  changed("another consumer in a bundle", "BundleDamaged", (bundle) => (bundle.consumer += 1)),
  changed("another ledger in a bundle", "BundleDamaged", (bundle) => {
    bundle.ledger = `0x${"66".repeat(20)}`;
  }),
  changed("another chain in a bundle", "BundleDamaged", (bundle) => (bundle.chainId = 1)),
  changed("a bundle under another number", "BundleMislabelled", (bundle) => (bundle.number += 1)),
  {
    name: "a bundle that is missing",
    code: "BundleMissing",
    async tell(world) {
      const records = await world.copyRecords();
      await rm(fileOf(records, rootOf(world)));
      return world.codes({ records });
    },
  },
  {
    name: "a bundle cut off half-way",
    code: "BundleDamaged",
    async tell(world) {
      const records = await world.copyRecords();
      const file = fileOf(records, rootOf(world));
      await writeFile(file, (await readFile(file, "utf8")).slice(0, 300));
      return world.codes({ records });
    },
  },
  {
    name: "another statement's bundle under this one's name",
    code: "BundleDamaged",
    async tell(world) {
      const records = await world.copyRecords();
      await writeFile(fileOf(records, rootOf(world)), await readFile(fileOf(records, rootOf(world, 1))));
      return world.codes({ records });
    },
  },
];
