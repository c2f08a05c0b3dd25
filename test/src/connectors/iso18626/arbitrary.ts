import fc from "fast-check";
import { agency, type Agency } from "../../../../src/core/ids.ts";
import { credits } from "../../../../src/core/money.ts";
import {
  ACTIONS,
  ERROR_TYPES,
  MESSAGE_STATUSES,
  PREFERRED_EDITIONS,
  REASONS_FOR_MESSAGE,
  REQUEST_SUB_TYPES,
  REQUEST_TYPES,
  STATUSES,
  YES_NO,
} from "../../../../src/connectors/iso18626/codes.ts";
import type { Instant } from "../../../../src/connectors/iso18626/instant.ts";
import { MESSAGE_KINDS, type Message } from "../../../../src/connectors/iso18626/message.ts";

/** Any text that XML can carry and that has no blanks at its ends. */
const text = fc
  .string({ unit: "binary", minLength: 1, maxLength: 12 })

  .map((value) =>
    value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffd-\uffff]|\p{Surrogate}/gu, "").trim(),
  )
  .filter((value) => value !== "");
const moment = fc
  .integer({ min: Date.parse("0001-01-01T00:00:00Z"), max: Date.parse("9999-12-31T23:59:59Z") })
  .map((value) => value as Instant);
const symbol = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9./:-]{0,10}$/);
const agencyId: fc.Arbitrary<Agency> = fc
  .tuple(fc.constantFrom("ISIL", "RESHARE", "OCLC"), symbol)
  .map(([scheme, value]) => agency(scheme, value));
const coded = fc.record({ value: text, scheme: fc.webUrl() }, { requiredKeys: ["value"] });
const costs = fc.record({
  currencyCode: coded,
  monetaryValue: fc.bigInt({ min: 0n, max: 10n ** 24n }).map(credits),
});
const list = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(item, { minLength: 1, maxLength: 3 });
const code = fc.constantFrom("ISBN", "OCLC", "issn").map((value) => ({ value }));

const optional = (
  model: Readonly<Record<string, fc.Arbitrary<unknown>>>,
  requiredKeys: readonly string[],
): fc.Arbitrary<object> => fc.record(model, { requiredKeys: [...requiredKeys], noNullPrototype: true });
const full = <T extends object>(value: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  value.filter((fields) => Object.keys(fields).length > 0);

const header = (edition: string, request: boolean): fc.Arbitrary<object> => {
  const later = edition === "1.2";
  return optional(
    {
      supplyingAgencyId: agencyId,
      requestingAgencyId: agencyId,
      ...(later ? {} : request ? { consortialId: agencyId } : {}),
      ...(later || request ? { multipleItemRequestId: text } : {}),
      timestamp: moment,
      requestingAgencyRequestId: text,
      ...(request && !later ? {} : { supplyingAgencyRequestId: text }),
    },
    ["supplyingAgencyId", "requestingAgencyId", "timestamp", "requestingAgencyRequestId"],
  );
};

/** Any message of an edition that its schema allows, in the fields the connector knows. */
export function anyMessage(edition: "1.2" | "2021-2"): fc.Arbitrary<Message> {
  const old = edition === "1.2";
  const some = <T>(item: fc.Arbitrary<T>): fc.Arbitrary<T[]> => (old ? item.map((one) => [one]) : list(item));
  const serviceType = fc.constantFrom("Loan", "Copy", "CopyOrLoan");
  const bodies: Record<string, fc.Arbitrary<object>> = {
    request: optional(
      {
        header: header(edition, true),
        bibliographicInfo: full(
          optional(
            {
              ...{
                supplierUniqueRecordId: text,
                title: text,
                author: text,
                subtitle: text,
                seriesTitle: text,
              },
              ...{
                edition: text,
                titleOfComponent: text,
                authorOfComponent: text,
                volume: some(text),
                issue: text,
              },
              ...{ pagesRequested: text, estimatedNoPages: text, ...(old ? {} : { authorId: text }) },
              bibliographicItemId: list(
                fc.record({ bibliographicItemIdentifier: text, bibliographicItemIdentifierCode: code }),
              ),
              bibliographicRecordId: list(
                fc.record({ bibliographicRecordIdentifierCode: code, bibliographicRecordIdentifier: text }),
              ),
            },
            [],
          ),
        ),
        publicationInfo: full(
          optional(
            { publisher: text, publicationType: coded, publicationDate: text, placeOfPublication: text },
            [],
          ),
        ),
        serviceInfo: optional(
          {
            requestType: fc.constantFrom(...REQUEST_TYPES),
            requestSubType: list(fc.constantFrom(...REQUEST_SUB_TYPES)),
            requestingAgencyPreviousRequestId: text,
            serviceType,
            serviceLevel: coded,
            needBeforeDate: moment,
            copyrightCompliance: coded,
            anyEdition: fc.constantFrom(...YES_NO),
            ...{ startDate: moment, endDate: moment },
            ...(old
              ? { preferredFormat: coded }
              : {
                  itemFormat: coded,
                  preferredEdition: fc.constantFrom(...PREFERRED_EDITIONS),
                  loanCondition: list(coded),
                }),
          },
          ["serviceType"],
        ),
        supplierInfo: list(full(optional({ supplierCode: agencyId, callNumber: text }, []))),
        billingInfo: full(optional({ paymentMethod: coded, maximumCosts: costs, billingMethod: coded }, [])),
      },
      old ? ["header"] : ["header", "serviceInfo"],
    ),
    supplyingAgencyMessage: optional(
      {
        header: header(edition, false),
        messageInfo: optional(
          {
            reasonForMessage: fc.constantFrom(...REASONS_FOR_MESSAGE),
            answerYesNo: fc.constantFrom(...YES_NO),
            ...{ reasonUnfilled: coded, reasonRetry: coded },
            ...(old ? { offeredCosts: costs, retryAfter: moment, retryBefore: moment } : {}),
          },
          ["reasonForMessage"],
        ),
        statusInfo: optional(
          {
            status: fc.constantFrom(
              ...STATUSES.filter((status) => status !== "Lost" && !(old && status.endsWith("HoldReturn"))),
            ),
            ...{ expectedDeliveryDate: moment, dueDate: moment, lastChange: moment },
          },
          ["status", "lastChange"],
        ),
        ...(old
          ? {}
          : {
              retryInfo: full(
                optional(
                  {
                    ...{
                      loanCondition: list(coded),
                      edition: list(text),
                      itemFormat: list(coded),
                      volume: list(text),
                    },
                    ...{
                      serviceType,
                      serviceLevel: list(coded),
                      deliveryMethod: list(coded),
                      courierName: list(coded),
                    },
                    ...{
                      offeredCosts: list(costs),
                      paymentMethod: list(coded),
                      retryBefore: moment,
                      retryAfter: moment,
                    },
                  },
                  [],
                ),
              ),
            }),
        deliveryInfo: optional(
          {
            ...{
              dateSent: moment,
              itemId: some(text),
              loanCondition: some(coded),
              deliveryCosts: some(costs),
            },
            ...(old
              ? { sentVia: coded, deliveredFormat: coded }
              : { deliveryMethod: coded, itemFormat: coded, serviceType, paymentMethod: coded }),
          },
          ["dateSent"],
        ),
        returnInfo: fc.record({ returnAgencyId: agencyId }),
      },
      ["header", "messageInfo", "statusInfo"],
    ),
    requestingAgencyMessage: fc.record({
      header: header(edition, false),
      action: fc.constantFrom(
        ...ACTIONS.filter((action) => !old || !["HoldReturn", "Lost"].includes(action)),
      ),
    }),
  };
  const confirmation = {
    confirmationHeader: optional(
      {
        ...{ supplyingAgencyId: agencyId, requestingAgencyId: agencyId, timestamp: moment },
        ...{ requestingAgencyRequestId: text, ...(old ? { multipleItemRequestId: text } : {}) },
        ...{ timestampReceived: moment, messageStatus: fc.constantFrom(...MESSAGE_STATUSES) },
      },
      ["timestamp", "timestampReceived", "messageStatus"],
    ),
    errorData: some(fc.record({ errorType: fc.constantFrom(...ERROR_TYPES) })),
  };
  const confirmed = (extra: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<object> =>
    optional({ ...confirmation, ...extra }, ["confirmationHeader"]);
  bodies["requestConfirmation"] = confirmed({});
  bodies["supplyingAgencyMessageConfirmation"] = confirmed({
    reasonForMessage: fc.constantFrom(...REASONS_FOR_MESSAGE),
  });
  bodies["requestingAgencyMessageConfirmation"] = confirmed({ action: fc.constantFrom("Received", "Renew") });
  return fc
    .constantFrom(...MESSAGE_KINDS)
    .chain((kind) =>
      (bodies[kind] ?? fc.constant({})).map((body) => ({ kind, version: edition, body }) as Message),
    );
}
