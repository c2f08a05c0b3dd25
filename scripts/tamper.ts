import { EVERY_LIE, tellAll, type Told } from "../test/tamper/suite.ts";

const args = process.argv.slice(2);
const json = args.includes("--json");
const words = args.filter((arg) => !arg.startsWith("-"));
if (args.includes("--help")) {
  process.stderr.write("Usage: npm run test:tamper -- [--json] [word in a lie's name …]\n");
  process.exit(0);
}

const named = ({ name }: { readonly name: string }) => words.every((word) => name.includes(word));
const show = ({ name, code, caught, found }: Told): void => {
  if (json && caught) return;
  const line = caught
    ? `caught  ${name}: ${code}`
    : `MISSED  ${name}: ${code} not in ${found.join(", ") || "nothing"}`;
  process.stderr.write(`${line}\n`);
};
const { book, governance, balance } = EVERY_LIE;
const lies = {
  ...{ book: book.filter(named), governance: governance.filter(named), balance: balance.filter(named) },
};
const told = await tellAll(lies, show, (step) => {
  if (!json) process.stderr.write(`${step} …\n`);
});
const caught = told.filter((one) => one.caught).length;
process.stdout.write(
  json
    ? `${JSON.stringify({ tried: told.length, caught })}\n`
    : `${caught} passed, ${told.length - caught} failed\n`,
);
process.exit(caught === told.length ? 0 : 1);
