import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { memoryPages, validateXML } from "xmllint-wasm";

/**
 * What a published schema finds wrong with a document. No npm package holds the schemas of UBL 2.1 or of pain.001; whoever
 * has them names their folder in CONSORTIA_SCHEMAS: xsd/maindoc and xsd/common as OASIS publishes them, and pain files.
 * Without it the tests stand on the rules that they state themselves.
 */
export async function schemaFaults(xml: string, schema: string): Promise<string[]> {
  const folder = process.env.CONSORTIA_SCHEMAS;
  if (folder === undefined || !existsSync(folder)) return [];
  const files = (await readdir(folder)).filter((name) => name.endsWith(".xsd"));
  const content = async (name: string) => ({
    fileName: name,
    contents: (await readFile(join(folder, name), "utf8")).replaceAll("../common/", ""),
  });
  const { errors } = await validateXML({
    xml: [{ fileName: "document.xml", contents: xml }],
    schema: [await content(`${schema}.xsd`)],
    preload: await Promise.all(files.filter((name) => name !== `${schema}.xsd`).map(content)),
    maxMemoryPages: memoryPages.GiB,
  });
  return errors.map(({ message }) => message);
}
