import { expect } from "chai";
import { formatSpan } from "../../../src/core/span.ts";

describe("formatSpan", () => {
  for (const [seconds, text] of [
    [0, "0 seconds"],
    [1, "1 second"],
    [59, "59 seconds"],
    [60, "1 minute"],
    [3_661, "1 hour 1 minute"],
    [86_399, "23 hours 59 minutes"],
    [86_400, "1 day"],
    [86_460, "1 day"],
    [45 * 86_400 - 1, "44 days 23 hours"],
    [180 * 86_400, "180 days"],
  ] as const) {
    it(`writes ${seconds} as ${text}`, () => expect(formatSpan(seconds)).to.equal(text));
  }
});
