import { readFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { answerTo, readAnswers, type Reply } from "./answers.ts";

/** Serves the recorded answers of a file as of a day on loopback, and prints its port. It ends with whoever started it. */
const [recorded = "", day = ""] = process.argv.slice(2);
const answers = await readAnswers(recorded).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
const asked = new Set<Reply>();

async function reply(
  response: ServerResponse,
  { status = 200, headers = {}, file, type }: Reply,
): Promise<void> {
  const body = file === undefined ? "" : await readFile(join(dirname(recorded), file));
  response.writeHead(status, { "Content-Type": type ?? "application/json", ...headers }).end(body);
}

const server = createServer((request, response) => {
  const answer = answerTo(answers, new URL(request.url ?? "/", "http://localhost"), day);
  const once = answer !== undefined && !asked.has(answer) ? answer.first : undefined;
  if (answer !== undefined) asked.add(answer);
  reply(response, once ?? answer ?? { status: 404 }).catch((error: unknown) =>
    response.destroy(error as Error),
  );
});
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
process.stdin.on("end", () => process.exit()).resume();
