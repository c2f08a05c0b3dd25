import { ConsortiaError } from "../../../core/error.ts";
import { shown } from "../../http/address.ts";
import type { CounterException } from "../exceptions.ts";
import type { Service } from "./service.ts";

/** A service's refusal, in the standard's words and not in its own. */
export function refusal({ address }: Service, exceptions: readonly CounterException[]): ConsortiaError {
  const codes = exceptions.map(({ code, meaning }) => `${code} ${meaning}`).join("; ");
  const message = `${shown(address)} refuses: ${codes}. Check customer, requestor and key, or ask the provider.`;
  return new ConsortiaError("CounterRefused", message, {
    values: { codes: exceptions.map(({ code }) => code) },
  });
}

/** An answer that is neither what was asked for nor an exception of the standard. */
export function strange({ address }: Service, what: string): ConsortiaError {
  return new ConsortiaError(
    "CounterAnswer",
    `${shown(address)} ${what}. Check the address and the release, or ask the provider.`,
  );
}

/** Something that a service may still answer, once patience has run out. */
export function unanswered({ address }: Service, exceptions: readonly CounterException[]): ConsortiaError {
  const queued = exceptions.some(({ consequence }) => consequence === "queued");
  const what = queued ? "is still making the report" : "is too busy to make the report";
  return new ConsortiaError(
    queued ? "CounterQueued" : "CounterBusy",
    `${shown(address)} ${what}. Ask again later.`,
    {
      retryable: true,
      values: { codes: exceptions.map(({ code }) => code) },
    },
  );
}
