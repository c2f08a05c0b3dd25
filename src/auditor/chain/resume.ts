import { isConsortiaError } from "../../core/error.ts";
import type { KeptPage, PageCache, PageStub } from "./cache.ts";
import type { HeaderLevel, Page } from "./page.ts";
import type { ChainNode } from "./node.ts";

/** What a kept page must have gone through to stand for one read now. */
export interface Wanted {
  readonly nodes: readonly ChainNode[];
  readonly headers: HeaderLevel;
  readonly known: ReadonlyMap<number, string>;
}

const RANK: readonly HeaderLevel[] = ["none", "logs", "all"];

/**
 * The kept pages that still hold: undamaged, checked as strictly as is wanted now, and on the chain that every node
 * follows now. All others are dropped, to be read again. A page is on the chain where its last block is, or where
 * the next page begins with a block that follows it.
 */
export async function stillHolding(cache: PageCache, wanted: Wanted): Promise<PageStub[]> {
  const holding: PageStub[] = [];
  let next: Page | undefined;
  for (const stub of (await cache.list()).reverse()) {
    if (next !== undefined && stub.to >= next.from) {
      await cache.drop(stub);
      continue;
    }
    const page = await cache.load(stub);
    if (page === undefined) continue;
    const linked = next?.from === page.to + 1 && next.parentHash === page.endHash;
    if (!checkedEnough(page, wanted) || !(linked || (await onChain(page, wanted.nodes)))) {
      await cache.drop(stub);
      continue;
    }
    holding.unshift(stub);
    next = page;
  }
  return holding;
}

function checkedEnough(page: KeptPage, { nodes, headers, known }: Wanted): boolean {
  return (
    RANK.indexOf(page.headers) >= RANK.indexOf(headers) &&
    nodes.every(({ name }) => page.nodes.includes(name)) &&
    [...known.keys()].every((block) => block < page.from || block > page.to)
  );
}

async function onChain({ to, endHash }: Page, nodes: readonly ChainNode[]): Promise<boolean> {
  try {
    const ends = await Promise.all(nodes.map((node) => node.getBlock(to)));
    return ends.every(({ hash }) => hash === endHash);
  } catch (error) {
    if (isConsortiaError(error, "BlockMissing")) return false;
    throw error;
  }
}
