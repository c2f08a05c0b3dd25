import { runCli } from "./program.ts";

/** `consortia … | head` leaves early: nobody reads on, but what the command does is done to its end. */
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

process.exitCode = await runCli(process.argv.slice(2));
