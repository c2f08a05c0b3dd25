import type { Credits } from "../../core/money.ts";

/** A round step so that at most `steps` of them reach `max`: 1, 2 or 5 times a power of ten. */
export function roundStep(max: number, steps = 4): number {
  if (max <= 0) return 1;
  const least = max / steps;
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5].find((factor) => factor * power >= least) ?? 10) * power;
}

/** The marks of an axis from the first step to the one that reaches `max`. */
export function marks(max: number, steps = 4): number[] {
  const step = roundStep(max, steps);
  return Array.from({ length: Math.max(1, Math.ceil(max / step - 1e-9)) }, (_, i) => (i + 1) * step);
}

/** An axis label: `1.2 M`, `40 k`, `500`. For the eye only; the tables hold the exact figures. */
export function axisLabel(value: number): string {
  const [unit, sign] = value >= 1e6 ? [1e6, " M"] : value >= 1e3 ? [1e3, " k"] : [1, ""];
  return `${Number((value / unit).toPrecision(6))}${sign}`;
}

/** How many columns a text takes where characters have one width: East Asian ones take two. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const sign of text) {
    if (/\p{Mark}|\p{Format}/u.test(sign)) continue;
    columns +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u.test(
        sign,
      )
        ? 2
        : 1;
  }
  return columns;
}

/** The text, or as much of it as fits with an ellipsis. */
export function clip(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let kept = "";
  for (const sign of text) {
    if (columnsOf(kept + sign) > columns - 1) break;
    kept += sign;
  }
  return `${kept.trimEnd()}…`;
}

/** Credits as a length: for drawing, never for reckoning. */
export function units(value: Credits): number {
  return Number(value) / 1e6;
}

/** A length in a drawing, to a tenth. */
export function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}
