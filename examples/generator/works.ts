import type { Random } from "./random.ts";

/** Books and articles that do not exist. */
const FORMS = [
  "A History of",
  "Notes on",
  "An Atlas of",
  "The Economy of",
  "Lectures on",
  "A Handbook of",
  "Letters on",
];
const SUBJECTS = [
  "Salt Roads",
  "Tidal Mills",
  "Harbour Law",
  "Peat and Reed",
  "Lighthouse Keeping",
  "Northern Lichens",
  "Rope and Sail",
  "River Ice",
  "Small Museums",
  "Bell Founding",
  "Coastal Dialects",
  "Paper Conservation",
  "Winter Wheat",
  "Marsh Birds",
];
const AUTHORS = ["E. Thornquist", "M. Vael", "J. Oosterbrink", "H. Castellane", "R. Ambrosen", "I. Quade"];
const JOURNALS = [
  "Alderland Review of Medicine",
  "Annals of Coastal Studies",
  "Journal of Imagined Engineering",
];

export function book(random: Random): Record<string, string> {
  return { title: `${random.pick(FORMS)} ${random.pick(SUBJECTS)}`, author: random.pick(AUTHORS) };
}

export function article(random: Random): Record<string, unknown> {
  const from = 1 + random.below(300);
  return {
    title: random.pick(JOURNALS),
    titleOfComponent: `${random.pick(FORMS)} ${random.pick(SUBJECTS)}`,
    authorOfComponent: random.pick(AUTHORS),
    volume: [String(1 + random.below(60))],
    issue: String(1 + random.below(6)),
    pagesRequested: `${from}-${from + 4 + random.below(20)}`,
  };
}
