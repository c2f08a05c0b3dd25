import { readFile } from "node:fs/promises";

/** What a server says once, in place of an answer. */
export interface Reply {
  /** 200 by default. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Beside the file of answers; an empty body by default. */
  readonly file?: string;
  readonly type?: string;
}

/** A recorded answer, and to which requests it was given. */
export interface Answer extends Reply {
  readonly path: string;
  /** Parameters that a request must have; it may have others. */
  readonly query: Readonly<Record<string, string>>;
  /** The day from which on it was given. */
  readonly since?: string;
  /** What the first request gets in its place. */
  readonly first?: Reply;
}

/** Reads a file of answers, which the sample's own generator wrote. */
export async function readAnswers(file: string): Promise<readonly Answer[]> {
  return JSON.parse(await readFile(file, "utf8")) as readonly Answer[];
}

/** What was answered to a request by a day: of several answers the one that asks for most, then the newest. */
export function answerTo(answers: readonly Answer[], url: URL, day: string): Answer | undefined {
  const fitting = answers.filter(
    ({ path, query, since = "" }) =>
      path === url.pathname &&
      since <= day &&
      Object.entries(query).every(([name, value]) => url.searchParams.get(name) === value),
  );
  const rank = ({ query, since = "" }: Answer) => `${Object.keys(query).length} ${since}`;
  return fitting.sort((a, b) => (rank(a) < rank(b) ? 1 : -1))[0];
}
