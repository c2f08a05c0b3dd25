import { agency, memberId, serviceId, statementNumber } from "../../src/core/ids.ts";
import { parsePeriod } from "../../src/core/period.ts";
import { type Bundle, randomSalt, sealBundle } from "../../src/records/bundle.ts";

/** A sealed bundle of `count` loans with fresh salts. */
export function bundle(count = 3, over: Partial<Bundle> = {}): Bundle {
  return sealBundle({
    chainId: 31337,
    ledger: "0x5FbDB2315678afecb367f032d93F642f64180aa3",
    supplier: memberId(3),
    consumer: memberId(4),
    number: statementNumber(7),
    period: parsePeriod("2026-11"),
    records: Array.from({ length: count }, (_, n) => ({
      request: { requesting: agency("ISIL", "DE-1"), supplying: agency("ISIL", "AU-NNCU"), id: `REQ-${n}` },
      service: serviceId(1),
      charge: 0,
      quantity: 1,
      amount: "12.50",
      salt: randomSalt(),
      details: { title: `Band ${n} — 呐喊`, author: "鲁迅" },
      completedAt: 1_793_500_000 + n,
    })),
    ...over,
  });
}
