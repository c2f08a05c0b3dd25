import { keccak256 } from "ethers";
import { RELIEF, resourceId, type MemberId, type ResourceId, type ServiceId } from "../../core/ids.ts";
import { LICENCES, type Licence } from "../../core/licence.ts";
import { credits } from "../../core/money.ts";
import { addMonths, LAST_PERIOD, POSTING_WINDOW, type PeriodId } from "../../core/period.ts";
import { isUrn } from "../../core/urn.ts";
import { Works } from "../../core/works.ts";
import type { FindingCode } from "../codes.ts";
import { tell, type Ground } from "./ground.ts";
import { wasMember, type Member } from "./membership.ts";

export interface WorkEvents {
  ResourceRegistered: { resource: number; holder: MemberId; id: string; urn: Uint8Array; licence: number };
  ResourceLicensed: { resource: number; licence: number; from: PeriodId };
  ResourceTransferred: { resource: number; holder: MemberId };
  UseGranted: { resource: number; service: ServiceId; permitted: boolean; royalty: bigint; from: PeriodId };
  KindCommercial: { kind: number; commercial: boolean; from: PeriodId };
}

/** Registered works, who holds the rights in them, and how they may be used. Twin of contracts/policy/Resources.sol. */
export class WorksFold {
  readonly works = new Works();
  /** By number, from 1 on. */
  readonly urns: string[] = [];
  readonly kinds = new Set<number>();
  /** Every permission that was ever given or taken. */
  readonly permissions = new Map<string, { readonly resource: ResourceId; readonly service: ServiceId }>();
  readonly #ground: Ground;
  readonly #memberOf: (member: MemberId) => Member | undefined;
  /** What happened to works, in order, so that what held at a log can be told. */
  readonly #history: { readonly position: number; readonly apply: (works: Works) => void }[] = [];
  #then: { readonly works: Works; events: number } | undefined;
  readonly #byUrn = new Map<string, { readonly resource: ResourceId; readonly position: number }>();
  /** From when on what was changed last holds, by what it is. */
  readonly #changed = new Map<string, PeriodId>();

  constructor(ground: Ground, memberOf: (member: MemberId) => Member | undefined) {
    this.#ground = ground;
    this.#memberOf = memberOf;
  }

  readonly handlers: { [K in keyof WorkEvents]: (event: WorkEvents[K]) => void } = {
    ResourceRegistered: ({ resource, holder, id, urn: bytes, licence }) => {
      const next = this.urns.length + 1;
      const urn = Buffer.from(bytes).toString("latin1");
      if (resource !== next)
        this.#find("WorkInvalid", `Work ${resource} was registered out of turn`, next, resource);
      if (!isUrn(urn) || keccak256(bytes) !== id) {
        this.#find(
          "WorkInvalid",
          `Work ${resource} was registered as ${urn}, which names none`,
          "a URN",
          urn,
        );
      }
      const taken = this.#byUrn.get(urn);
      if (taken !== undefined) {
        this.#find(
          "WorkTaken",
          `Work ${resource} was registered as ${urn}, as work ${taken.resource} is`,
          "",
          urn,
        );
      }
      this.#checkHolder(holder, resource);
      const named = this.#licence(licence, resource);
      const { month, position } = this.#ground;
      this.#do((works) => works.register(resourceId(next), holder, urn, named, month));
      this.#changed.set(`licence ${next}`, month);
      this.urns.push(urn);
      if (taken === undefined) this.#byUrn.set(urn, { resource: resourceId(next), position });
    },
    ResourceLicensed: ({ resource, licence, from }) => {
      const work = this.#known(resource, "licensed");
      if (work === undefined) return;
      this.#checkChange(`licence ${work}`, from, `The licence of work ${work}`);
      const named = this.#licence(licence, work);
      this.#do((works) => works.license(work, named, from));
    },
    ResourceTransferred: ({ resource, holder }) => {
      const work = this.#known(resource, "handed over");
      if (work === undefined) return;
      this.#checkHolder(holder, work);
      const from = this.#next;
      this.#checkReplaceable(`holder ${work}`, from, `The holder of work ${work}`);
      this.#do((works) => works.transfer(work, holder, from));
    },
    UseGranted: ({ resource, service, permitted, royalty, from }) => {
      const work = this.#known(resource, "permitted");
      if (work === undefined) return;
      const use = `use of work ${work} by service ${service}`;
      this.#checkChange(use, from, `The ${use}`);
      const licence = this.works.licenceIn(work, LAST_PERIOD);
      if (royalty !== 0n && (licence !== "reserved" || !permitted)) {
        const what = `The ${use}, which is ${permitted ? licence : "forbidden"}, costs ${tell.amount(royalty)}`;
        this.#find("WorkTermsWrong", what, "0.00", tell.amount(royalty));
      }
      this.permissions.set(`${work}/${service}`, { resource: work, service });
      this.#do((works) => works.permit(work, service, permitted, credits(royalty), from));
    },
    KindCommercial: ({ kind, commercial, from }) => {
      this.#checkReplaceable(`kind ${kind}`, from, `That kind ${kind} is in business`);
      this.kinds.add(kind);
      this.#do((works) => works.setCommercial(kind, commercial, from));
    },
  };

  /** Every work with its identifier. */
  all(): [ResourceId, string][] {
    return this.urns.map((urn, place) => [resourceId(place + 1), urn]);
  }

  /** The work that an identifier named when a log was written. */
  registered(urn: string, position: number): ResourceId | undefined {
    const found = this.#byUrn.get(urn);
    return found !== undefined && found.position < position ? found.resource : undefined;
  }

  /** Works as they stood when a log was written: only what held before and what holds is kept of each. */
  worksAt(position: number): Works {
    const at = ({ events }: { readonly events: number }) => this.#history[events - 1]?.position ?? -1;
    // Whoever asks in the order of the logs has each event applied once.
    const then =
      this.#then !== undefined && at(this.#then) < position ? this.#then : { works: new Works(), events: 0 };
    for (let next = this.#history[then.events]; next !== undefined && next.position < position;) {
      next.apply(then.works);
      next = this.#history[++then.events];
    }
    this.#then = then;
    return then.works;
  }

  #do(apply: (works: Works) => void): void {
    apply(this.works);
    this.#history.push({ position: this.#ground.position, apply });
  }

  get #next(): PeriodId {
    return addMonths(this.#ground.month, 1);
  }

  /** A change holds from the next month on, and lies so far from the last that no month open to posting had a third. */
  #checkChange(key: string, from: PeriodId, what: string): void {
    const last = this.#changed.get(key);
    this.#changed.set(key, from);
    if (from !== this.#next) this.#findMonth(what, this.#next, from);
    else if (last !== undefined && from < addMonths(last, POSTING_WINDOW + 1)) {
      this.#findMonth(what, addMonths(last, POSTING_WINDOW + 1), from);
    }
  }

  /** The same, where what has not begun was never in force and is replaced. */
  #checkReplaceable(key: string, from: PeriodId, what: string): void {
    if (this.#changed.get(key) !== this.#next) this.#checkChange(key, from, what);
    else if (from !== this.#next) this.#findMonth(what, this.#next, from);
  }

  #findMonth(what: string, expected: number, found: number): void {
    const months = [tell.month(expected), tell.month(found)] as const;
    this.#find("WorkTermsWrong", `${what} holds from ${months[1]} instead of ${months[0]}`, ...months);
  }

  #licence(number: number, resource: number): Licence {
    const licence = LICENCES[number] ?? "none";
    if (licence === "none") {
      this.#find(
        "WorkTermsWrong",
        `Work ${resource} got licence ${number}, which is none`,
        "a licence",
        number,
      );
    }
    return licence;
  }

  #checkHolder(holder: MemberId, resource: number): void {
    const one = this.#memberOf(holder);
    if (holder !== RELIEF && one !== undefined && wasMember(one, this.#ground.month)) return;
    const what = `Work ${resource} is held by account ${holder}, which is no member`;
    this.#find("WorkInvalid", what, "a member", holder);
  }

  #known(resource: number, what: string): ResourceId | undefined {
    if (resource >= 1 && resource <= this.urns.length) return resourceId(resource);
    this.#find("WorkUnknown", `Work ${resource} was ${what}, and nobody registered it`, "", resource);
    return undefined;
  }

  #find(code: FindingCode, what: string, expected: string | number, found: string | number): void {
    const figures = { ...(expected === "" ? {} : { expected: String(expected) }), found: String(found) };
    this.#ground.find(code, `${what}.`, figures);
  }
}
