import { hashDetails, hashRequest, openFields } from "../core/commitment.ts";
import type { Disclosure } from "../core/disclosure.ts";
import { ConsortiaError } from "../core/error.ts";
import { recordLeaf, treeDomain } from "../core/leaf.ts";
import { formatCredits } from "../core/money.ts";
import { type Bundle, bundleRecords, bundleTree } from "./bundle.ts";

/** What of a record to show beyond what its statement needs. */
export interface DisclosureChoice {
  /** Whether to name the request; its hash is always there. */
  readonly request?: boolean;
  /** Keys of the details to open. */
  readonly fields?: readonly string[];
}

/**
 * Shows one record of a bundle, by its place from 0, and as little of it as chosen.
 * @throws `TreeIndexInvalid`, `DetailUnknown` where the record has no such field; as buildTree
 */
export function disclose(bundle: Bundle, index: number, choice: DisclosureChoice = {}): Disclosure {
  const { chainId, ledger, supplier, consumer, number, root } = bundle;
  const { siblings, count } = bundleTree(bundle).prove(index);
  const record = bundle.records[index]!;
  const { requesting, supplying, id } = record.request;
  const { service, charge, quantity, amount, salt, details } = record;
  const shown = new Set(choice.fields ?? []);
  const unknown = [...shown].find((key) => !Object.hasOwn(details, key));
  if (unknown !== undefined) throw noSuchDetail(unknown, index, Object.keys(details));
  const [leaf] = bundleRecords({ supplier, consumer, records: [record] });
  return {
    ...{ version: 1, chainId, ledger, supplier, consumer, number, root },
    record: {
      request: {
        hash: hashRequest(requesting, supplying, id),
        ...(choice.request === true ? { opened: { requesting, supplying, id } } : {}),
      },
      ...{ service, charge, quantity, amount },
      details: {
        hash: hashDetails(salt, details),
        ...(shown.size > 0 ? { fields: openFields(salt, details, shown) } : {}),
      },
    },
    leaf: recordLeaf(treeDomain(BigInt(chainId), ledger), leaf!),
    proof: { count, index, siblings: siblings.map(({ hash, sum }) => ({ hash, sum: formatCredits(sum) })) },
  };
}

function noSuchDetail(key: string, index: number, keys: readonly string[]): ConsortiaError {
  const known = keys.length === 0 ? "It has no details." : `It has ${keys.join(", ")}.`;
  return new ConsortiaError("DetailUnknown", `Record ${index} has no detail "${key}". ${known}`, {
    values: { key, index },
  });
}
