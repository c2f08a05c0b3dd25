import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

/** Serves on loopback, says on which port, and ends with the process that started it. */
export function listening(answer: RequestListener): void {
  const server = createServer(answer);
  server.listen(0, "127.0.0.1", () => {
    process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
  });
  process.stdin.on("end", () => process.exit()).resume();
}
