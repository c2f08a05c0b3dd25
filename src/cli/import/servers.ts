import { webAddress } from "../../connectors/http/address.ts";
import { ConsortiaError } from "../../core/error.ts";

/** Whether an argument is an address and no file. */
export function isAddress(text: string): boolean {
  return /^https?:\/\//i.test(text);
}

/**
 * An address that secrets are sent to.
 * @throws `AddressInvalid`; `AddressInsecure` where others on the way could read them
 */
export function secureAddress(text: string): URL {
  const address = webAddress(text);
  const here = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(address.hostname);
  if (address.protocol === "https:" || here) return address;
  const message = `${address.host} would be sent credentials that anybody on the way can read. Write its address with https.`;
  throw new ConsortiaError("AddressInsecure", message);
}

/** A secret of the environment; an empty one counts as none. */
export function secret(variable: string): string | undefined {
  const value = process.env[variable];
  return value === undefined || value === "" ? undefined : value;
}
