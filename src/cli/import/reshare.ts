import type { Command } from "commander";
import { crosslinkItemsIn, readCrosslinkItem } from "../../connectors/crosslink/requests.ts";
import { crosslinkItems } from "../../connectors/crosslink/server.ts";
import { objectOf, type Json } from "../../connectors/json.ts";
import { readReshareRequest, requestsIn } from "../../connectors/reshare/requests.ts";
import { reshareRequests, type OkapiCredentials } from "../../connectors/reshare/server.ts";
import type { Terms } from "../../connectors/told.ts";
import { command, does } from "../shell/command.ts";
import { readJson } from "../shell/files.ts";
import { isAddress, secret, secureAddress } from "./servers.ts";
import { mappingOf, withFiles, withMaybeMapping, writeGathered, type WrittenOptions } from "./written.ts";

interface ReshareOptions extends WrittenOptions {
  readonly crosslink?: boolean;
  readonly map?: string;
  readonly currency: string;
}

/** `import reshare`: records of the requests of ReShare or CrossLink, from a file or from their interfaces. */
export function addReshare(noun: Command): void {
  const reshare = withFiles(
    withMaybeMapping(
      command(
        noun,
        "reshare",
        "read the requests of ReShare or CrossLink, of either side; patrons stay there",
        "import reshare https://okapi.consortium.example",
      )
        .argument("<source>", "the address of the gateway or of the list, or a file of what it answered")
        .option("--crosslink", "the address is of a CrossLink broker"),
    ),
    "drafts-reshare.json",
  )
    .option("--currency <code>", "amounts in other currencies are left out", "EUR")
    .addHelpText(
      "after",
      "\nA server is asked with CONSORTIA_OKAPI_TENANT and CONSORTIA_OKAPI_TOKEN of the environment, where it needs them.",
    );
  does(reshare, async ({ progress }, source: string, options: ReshareOptions) => {
    const mapping = options.map === undefined ? undefined : await mappingOf({ map: options.map });
    const terms: Terms = { currency: options.currency, ...(mapping === undefined ? {} : { mapping }) };
    const { requests, read } = isAddress(source)
      ? asked(secureAddress(source), options.crosslink === true, progress("Reading"))
      : kept(await readJson(source));
    const written = await writeGathered(
      options,
      readEach(requests, (request) => read(request, terms)),
    );
    const { drafts, exceptions } = written;
    return { data: { ...written }, title: `${drafts} records from ${drafts + exceptions} requests.` };
  });
}

interface Requests {
  readonly requests: Iterable<Json> | AsyncIterable<Json>;
  readonly read: typeof readReshareRequest;
}

function asked(address: URL, crosslink: boolean, progress: (done: number, total: number) => void): Requests {
  const broker = crosslink || /\/(patron_requests|ill_transactions)$/.test(address.pathname);
  return broker
    ? { requests: crosslinkItems(address, credentials(), {}, progress), read: readCrosslinkItem }
    : { requests: reshareRequests(address, credentials(), {}, progress), read: readReshareRequest };
}

/** CrossLink lists under `items`, ReShare under `results` or bare. */
function kept(document: unknown): Requests {
  return objectOf(document)?.["items"] === undefined
    ? { requests: requestsIn(document), read: readReshareRequest }
    : { requests: crosslinkItemsIn(document), read: readCrosslinkItem };
}

async function* readEach<T>(requests: Requests["requests"], read: (request: Json) => T): AsyncGenerator<T> {
  for await (const request of requests) yield read(request);
}

function credentials(): OkapiCredentials {
  const [tenant, token] = [secret("CONSORTIA_OKAPI_TENANT"), secret("CONSORTIA_OKAPI_TOKEN")];
  return { ...(tenant === undefined ? {} : { tenant }), ...(token === undefined ? {} : { token }) };
}
