import { ConsortiaError, isConsortiaError } from "../../core/error.ts";
import type { MarcRecord } from "./record.ts";

/** What one place of a source holds: a record, or why it is none. A faulty record does not stop the others. */
export type MarcRead =
  | {
      readonly kind: "record";
      readonly record: MarcRecord;
      /** What the system around the record calls it, where it does. */
      readonly identifier?: string;
      /** The system around the record says that it is gone, whatever the leader says. */
      readonly deleted?: boolean;
    }
  | {
      readonly kind: "refused";
      readonly code: string;
      readonly sentence: string;
      readonly identifier?: string;
    };

/** A reading, or why there is none where that is the record's own fault. */
export function attempt(read: () => MarcRead, identifier?: string): MarcRead {
  try {
    return read();
  } catch (error) {
    if (!isConsortiaError(error, "MarcInvalid")) throw error;
    return refused(error.code, error.message, identifier);
  }
}

export function refused(code: string, sentence: string, identifier?: string): MarcRead {
  return { kind: "refused", code, sentence, ...(identifier === undefined ? {} : { identifier }) };
}

/** @param what goes on from "This is no " */
export function unknownShape(what: string): ConsortiaError {
  return new ConsortiaError("MarcShapeUnknown", `This is no ${what}. Check which file it is.`);
}

export function recordTooLarge(bytes: number): ConsortiaError {
  return new ConsortiaError(
    "MarcRecordTooLarge",
    `A record goes on for more than ${bytes} bytes, which none does. It is not read on.`,
    { values: { bytes } },
  );
}

export function marcCut(): ConsortiaError {
  return new ConsortiaError("MarcCut", "The source ends in the middle of a record. Fetch it again.", {
    retryable: true,
  });
}
