import type { HDNodeWallet } from "ethers";
import type { Body, House } from "../../../chain/ballotSigning.ts";
import type { DelegateId, Voter } from "../../../core/ids.ts";
import type { RecordStore } from "../../../records/store.ts";
import { actAs, type Consortium } from "../../../sdk/consortium.ts";
import { sendEnrolment } from "../../../sdk/delegates.ts";
import { readPeriod } from "../../../sdk/periods.ts";
import { listSeats } from "../../../sdk/seats.ts";
import { createKey, type Stage } from "../stage.ts";

/** Whoever has a vote, with the key that signs for it. */
export interface Elector {
  readonly voter: Voter;
  readonly key: HDNodeWallet;
}

/** A person who can hold a seat. */
export interface Person extends Elector {
  readonly voter: DelegateId;
}

/** Something that happened, and when; seconds since 1970. */
export interface Happening {
  readonly at: number;
  readonly what: string;
}

export const DAY = 86_400;

/** The consortium as the year's acts see it: its people, its clock, and a diary. */
export class Polity {
  readonly stage: Stage;
  /** Posts what others signed, and does what anybody may; its key has no right at all. */
  readonly relay: Consortium;
  /** Where bundles of records are kept. */
  readonly store: RecordStore;
  readonly diary: Happening[] = [];
  readonly #people = new Map<DelegateId, Person>();
  readonly #progress: (step: string) => void;

  constructor(stage: Stage, relay: Consortium, store: RecordStore, progress: (step: string) => void) {
    this.stage = stage;
    this.relay = relay;
    this.store = store;
    this.#progress = progress;
  }

  /** Notes what happened just now. */
  async note(what: string): Promise<void> {
    this.diary.push({ at: await this.now(), what });
    this.#progress(what);
  }

  now(): Promise<number> {
    return this.stage.chain.now();
  }

  async wait(seconds: number): Promise<void> {
    await this.waitUntil((await this.now()) + seconds);
  }

  /** Moves the clock to a second, unless it is past already. */
  async waitUntil(second: number): Promise<void> {
    if (second > (await this.now())) await this.stage.chain.setTime(second);
  }

  /** Has the keeper close the months that are over. @returns the book's place in time */
  async keep() {
    await this.stage.keeper.tick();
    return readPeriod(this.relay);
  }

  know(person: Person): void {
    this.#people.set(person.voter, person);
  }

  /** Enrols people who will stand for a seat. */
  async enrol(count: number): Promise<Person[]> {
    const people: Person[] = [];
    for (let index = 0; index < count; index++) {
      const key = await createKey(this.stage.chain);
      const { delegate } = await sendEnrolment(this.relay, { key: key.address });
      const person = { voter: delegate, key };
      this.know(person);
      people.push(person);
    }
    return people;
  }

  person(delegate: DelegateId): Person {
    const person = this.#people.get(delegate);
    if (person === undefined) throw new TypeError(`delegate ${delegate} is nobody that this scenario knows`);
    return person;
  }

  as({ key }: Elector): Consortium {
    return actAs(this.relay, key);
  }

  /** The constituencies of a body's voters. */
  constituencies(body: Body): number[] {
    if (body === "board") return [0];
    return this.stage.preset.governance.constituencies.map(({ constituency }) => constituency);
  }

  /** Who sits in a body, as the chain says. */
  async sitting(body: Body): Promise<Person[]> {
    const lists = this.constituencies(body).map((constituency) =>
      listSeats(this.relay, { body, constituency }),
    );
    const seats = (await Promise.all(lists)).flat();
    return seats.flatMap(({ delegate }) => (delegate === undefined ? [] : [this.person(delegate)]));
  }

  /** Founding members: of a constituency, by its place in the preset, or all. */
  members(constituency?: number): Elector[] {
    const place = constituency === undefined ? -1 : this.constituencies("council").indexOf(constituency);
    const kinds = [...new Set(this.stage.actors.map(({ kind }) => kind))];
    return this.stage.actors
      .filter(({ kind }) => constituency === undefined || kind === kinds[place])
      .map(({ id, key }) => ({ voter: id, key }));
  }

  /** Whoever votes in a chamber. */
  async house(house: House): Promise<Elector[]> {
    return house === "assembly" ? this.members() : this.sitting(house);
  }

  /** The first of those who vote in a chamber. */
  async first(house: House): Promise<Elector> {
    const [first] = await this.house(house);
    if (first === undefined) throw new TypeError(`nobody votes in the ${house}`);
    return first;
  }
}
