import { ConsortiaError } from "../../core/error.ts";

/** An address as an error may show it: without what a query, a user or a password would give away. */
export function shown(address: URL): string {
  return `${address.origin}${address.pathname}`;
}

/**
 * An address of the web.
 * @throws `AddressInvalid` where it is none, or carries a password, which would end up in logs
 */
export function webAddress(text: string): URL {
  const address = URL.canParse(text) ? new URL(text) : undefined;
  if (address === undefined || !/^https?:$/.test(address.protocol)) {
    throw new ConsortiaError(
      "AddressInvalid",
      "The server's address is no URL of the web. Write it as https://repository.example/oai.",
    );
  }
  if (address.username !== "" || address.password !== "") {
    throw new ConsortiaError(
      "AddressInvalid",
      `The address of ${shown(address)} carries a user or a password. Give them in the environment.`,
    );
  }
  return address;
}
