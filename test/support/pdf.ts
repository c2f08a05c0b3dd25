import { extractText, getDocumentProxy } from "unpdf";

/** A PDF's text, page by page, as another program reads it. */
export async function pagesOf(bytes: Uint8Array): Promise<string[]> {
  // The reader takes the bytes away from whoever hands them over.
  const { text } = await extractText(await getDocumentProxy(Uint8Array.from(bytes)), { mergePages: false });
  return text;
}

/** All of it, with white space as one space each. */
export async function textOf(bytes: Uint8Array): Promise<string> {
  return (await pagesOf(bytes)).join(" ").replace(/\s+/g, " ");
}
