import { ConsortiaError } from "../../core/error.ts";

/** What the errors of OAI-PMH 2.0, section 3.6, mean and what to do. */
const ERRORS: ReadonlyMap<string, string> = new Map([
  ["badArgument", "it does not understand what it was asked. Check the dates, the set and the prefix"],
  ["badResumptionToken", "the place in the list that it was asked to go on from has expired. Begin anew"],
  ["badVerb", "it does not know the request. Check that the address is that of an OAI-PMH server"],
  ["cannotDisseminateFormat", "it does not have the records in this format. Choose another prefix"],
  ["idDoesNotExist", "it has no record of this identifier. Check it"],
  ["noRecordsMatch", "no record matches. Widen the dates or leave out the set"],
  ["noMetadataFormats", "it has the record in no format. Ask its operator"],
  ["noSetHierarchy", "it has no sets. Leave out the set"],
]);

/** An error that the server answered: `OaiBadArgument` and so on; `OaiUnknownError` where the standard has no such code. */
export function oaiError(code: string): ConsortiaError {
  const means = ERRORS.get(code);
  const name = means === undefined ? "UnknownError" : `${code[0]?.toUpperCase() ?? ""}${code.slice(1)}`;
  const what = means ?? "it says that something is wrong, in no word of the standard. Ask its operator";
  return new ConsortiaError(`Oai${name}`, `The repository refused: ${what}.`);
}

/** A record whose header cannot be used. @param reason goes on from "The record cannot be used: " */
export function oaiInvalid(reason: string, identifier?: string): ConsortiaError {
  const name = identifier === undefined ? "A record" : `The record ${identifier}`;
  return new ConsortiaError(
    "OaiRecordInvalid",
    `${name} cannot be used: ${reason}. Tell the repository's operator.`,
    { values: identifier === undefined ? {} : { identifier } },
  );
}

/** @param reason goes on from "The answer is not as OAI-PMH 2.0 wants it: " */
export function notOai(reason: string): ConsortiaError {
  return new ConsortiaError(
    "OaiAnswerInvalid",
    `The answer is not as OAI-PMH 2.0 wants it: ${reason}. Check the address.`,
  );
}
