import { ConsortiaError, isConsortiaError } from "../../core/error.ts";
import { isil, type Isil } from "../../core/ids.ts";

/**
 * Where the bank is to pay a redemption: a member that the office file names. The chain logs the hash of the file's bytes
 * alone; the salt keeps anybody from trying out whom it names.
 */
export interface Instruction {
  readonly payee: Isil;
  /** What the payee wants to read on its account statement. */
  readonly reference?: string;
  readonly salt: string;
}

/** An instruction as its file says it. */
export function writeInstruction({ payee, reference, salt }: Instruction): string {
  return `${JSON.stringify({ version: 1, payee, reference, salt }, null, 2)}\n`;
}

/** Reads an instruction. @throws `InstructionInvalid` */
export function readInstruction(text: string): Instruction {
  try {
    const source = JSON.parse(text) as Readonly<Record<string, unknown>> | null;
    if (source?.["version"] !== 1) throw new TypeError("it is no instruction of version 1");
    const { payee, reference, salt } = source;
    if (typeof payee !== "string") throw new TypeError("its payee is no ISIL");
    if (typeof salt !== "string") throw new TypeError("its salt is no text");
    if (reference === undefined) return { payee: isil(payee), salt };
    if (typeof reference !== "string") throw new TypeError("its reference is no text");
    return { payee: isil(payee), reference, salt };
  } catch (cause) {
    const known = cause instanceof TypeError || isConsortiaError(cause);
    const reason = known ? cause.message.replace(/\.$/, "") : "it is not JSON";
    const message = `This is no payment instruction: ${reason}. Make one with "consortia credit instruction".`;
    throw new ConsortiaError("InstructionInvalid", message, { cause });
  }
}
