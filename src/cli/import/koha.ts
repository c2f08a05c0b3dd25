import type { Command } from "commander";
import type { Json } from "../../connectors/json.ts";
import {
  kohaRequestsIn,
  readKohaRequest,
  SUPPLIED,
  type KohaOptions,
} from "../../connectors/koha/requests.ts";
import { kohaRequests, type KohaCredentials } from "../../connectors/koha/server.ts";
import { ConsortiaError } from "../../core/error.ts";
import { command, does } from "../shell/command.ts";
import { readJson } from "../shell/files.ts";
import { isAddress, secret, secureAddress } from "./servers.ts";
import {
  mappingOf,
  withFiles,
  withMapping,
  writeGathered,
  type MapOptions,
  type WrittenOptions,
} from "./written.ts";

interface KohaImportOptions extends WrittenOptions, MapOptions {
  readonly supplierAttribute?: string;
  readonly statuses: string;
}

/** `import koha`: records of a Koha's ILL requests, from a file or from its REST interface. */
export function addKoha(noun: Command): void {
  const koha = withFiles(
    withMapping(
      command(
        noun,
        "koha",
        "read the ILL requests of a Koha; patrons and notes stay there",
        "import koha https://staff.library.example --map koha-map.json",
      )
        .argument(
          "<source>",
          "the address of its staff interface, or a file of what /api/v1/ill/requests answered",
        )
        .option(
          "--supplier-attribute <name>",
          "the attribute that names the supplier; the backend does by default",
        )
        .option("--statuses <codes>", "statuses or aliases that mean a completed supply", SUPPLIED.join(",")),
    ),
    "drafts-koha.json",
  ).addHelpText(
    "after",
    "\nA server is asked as CONSORTIA_KOHA_USER with CONSORTIA_KOHA_PASSWORD, or as CONSORTIA_KOHA_CLIENT_ID with\n" +
      "CONSORTIA_KOHA_CLIENT_SECRET (OAuth2), from the environment.",
  );
  does(koha, async ({ progress }, source: string, options: KohaImportOptions) => {
    const reading: KohaOptions = {
      mapping: await mappingOf(options),
      statuses: options.statuses.split(",").map((code) => code.trim()),
      ...(options.supplierAttribute === undefined ? {} : { supplierAttribute: options.supplierAttribute }),
    };
    const requests = isAddress(source)
      ? kohaRequests(secureAddress(source), credentials(), {}, progress("Reading"))
      : kohaRequestsIn(await readJson(source));
    const written = await writeGathered(options, readEach(requests, reading));
    const { drafts, exceptions } = written;
    return { data: { ...written }, title: `${drafts} records from ${drafts + exceptions} requests.` };
  });
}

async function* readEach(requests: Iterable<Json> | AsyncIterable<Json>, options: KohaOptions) {
  for await (const request of requests) yield readKohaRequest(request, options);
}

/** @throws `CredentialsMissing` */
function credentials(): KohaCredentials {
  const [user, password] = [secret("CONSORTIA_KOHA_USER"), secret("CONSORTIA_KOHA_PASSWORD")];
  const [clientId, clientSecret] = [
    secret("CONSORTIA_KOHA_CLIENT_ID"),
    secret("CONSORTIA_KOHA_CLIENT_SECRET"),
  ];
  if (clientId !== undefined && clientSecret !== undefined) return { clientId, clientSecret };
  if (user !== undefined && password !== undefined) return { user, password };
  throw new ConsortiaError(
    "CredentialsMissing",
    "A Koha is asked by somebody it knows. Set CONSORTIA_KOHA_USER and CONSORTIA_KOHA_PASSWORD, or CONSORTIA_KOHA_CLIENT_ID and CONSORTIA_KOHA_CLIENT_SECRET.",
  );
}
