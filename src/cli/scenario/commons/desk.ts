import type { Signer } from "ethers";
import { join } from "node:path";
import { COMMONS, type Agency, type MemberId } from "../../../core/ids.ts";
import { ownRecords } from "../../../core/own.ts";
import type { RecordDraft } from "../../../core/record.ts";
import { createCountersignedIndex } from "../../../records/countersigned.ts";
import { createDirectoryStore } from "../../../records/directory.ts";
import { actAs, type Consortium } from "../../../sdk/consortium.ts";
import { readJson } from "../../shell/files.ts";
import { buildStatementFiles, type Built } from "../../statements/build.ts";
import { countersignFile, type Countersigned } from "../../statements/countersign.ts";
import { parseDifferences } from "../../statements/differences.ts";
import { createExaminer } from "../../statements/examine.ts";
import { listStatements, readStatement } from "../../statements/file.ts";
import { postStatementFiles, type PostOutcome } from "../../statements/post.ts";
import { retract } from "../../statements/retract.ts";
import type { Actor, Stage } from "../stage.ts";

/** Who signs for a party, and what it harvested itself. */
export interface Signatory {
  readonly signer: Signer;
  readonly own: readonly RecordDraft[];
}

/** A statement that its consumer did not sign, and why. */
export interface Refused extends Pick<Countersigned, "supplier" | "consumer" | "number"> {
  readonly why: readonly string[];
}

/** Statements of a scenario on their way, by the same code as the commands of a person. */
export class StatementDesk {
  readonly #stage: Stage;
  readonly #records: string;
  readonly #folder: string;

  /** @param out the scenario's folder: bundles go to `records`, statement files to `statements` */
  constructor(stage: Stage, out: string) {
    this.#stage = stage;
    this.#records = join(out, "records");
    this.#folder = join(out, "statements");
  }

  /** `statement build`: of all drafts, or of what one member supplied. */
  build(drafts: readonly RecordDraft[], supplier?: MemberId): Promise<Built> {
    const { admin, preset } = this.#stage;
    return buildStatementFiles({
      ...{ consortium: admin, services: preset.services, drafts },
      ...{ store: createDirectoryStore(this.#records), folder: this.#folder },
      ...(supplier === undefined ? {} : { supplier }),
    });
  }

  /** `statement countersign --require-own`: everything that waits for its consumer, each beside the consumer's own records. */
  async countersign(signatoryOf: (consumer: MemberId) => Signatory): Promise<Countersigned[]> {
    const waiting = new Map<MemberId, string[]>();
    for (const path of await listStatements(this.#folder)) {
      const { statement, countersignature } = await readStatement(path);
      if (countersignature !== undefined) continue;
      waiting.set(statement.consumer, [...(waiting.get(statement.consumer) ?? []), path]);
    }
    const outcomes: Countersigned[] = [];
    for (const [consumer, paths] of waiting) {
      outcomes.push(...(await this.#sign(signatoryOf(consumer), paths)));
    }
    return outcomes;
  }

  async #sign({ signer, own }: Signatory, paths: readonly string[]): Promise<Countersigned[]> {
    const consortium = actAs(this.#stage.admin, signer);
    const { services } = this.#stage.preset;
    const store = createDirectoryStore(this.#records);
    const examine = createExaminer({
      ...{ consortium, services, store, index: createCountersignedIndex(this.#records) },
      folder: this.#folder,
      own: ownRecords(own, [], (code) => services.find((service) => service.code === code)?.id),
      ...{ requireOwn: true, accept: new Set<string>() },
    });
    const desk = { examine, store, folder: this.#records, services };
    const outcomes: Countersigned[] = [];
    for (const path of paths) {
      const choice = { named: true, consumer: undefined };
      const outcome = await countersignFile(consortium, desk, path, choice);
      if (outcome !== undefined) outcomes.push(outcome);
    }
    return outcomes;
  }

  /** `statement retract`: takes back what was refused, so that it can be billed anew. @returns why, in the consumer's words */
  async retract({ supplier, consumer, number, differences }: Countersigned): Promise<Refused> {
    const told = parseDifferences(differences, await readJson(differences));
    await retract(this.#stage.admin, this.#folder, join(this.#folder, `${supplier}-${number}.json`));
    return { supplier, consumer, number, why: told.differences.map(({ sentence }) => sentence) };
  }

  /** `statement post`: everything that a supplier may post, with its own key. */
  async post(supplier: MemberId, as: Consortium): Promise<PostOutcome | undefined> {
    const files = await Promise.all((await listStatements(this.#folder)).map(readStatement));
    const own = files.filter(({ statement }) => statement.supplier === supplier);
    if (own.length === 0) return undefined;
    const outcome = await postStatementFiles({ consortium: as, files: own });
    for (const { receipt } of outcome.batches) {
      await this.#stage.meter.note("post", Promise.resolve(receipt));
    }
    return outcome;
  }
}

/** The member that an agency stands for on a stage. */
export function memberOf({ actors }: Stage, name: Agency): Actor {
  const actor = actors.find((one) => one.agency === name);
  if (actor === undefined) throw new TypeError(`${name} is not on stage`);
  return actor;
}

/** Who posts for a supplier: a key of COMMONS where that supplied. */
export function posterOf({ admin, actors }: Stage, supplier: MemberId): Consortium {
  if (supplier === COMMONS) return admin;
  const actor = actors.find(({ id }) => id === supplier);
  if (actor === undefined) throw new TypeError(`member ${supplier} is not on stage`);
  return actor.as;
}
