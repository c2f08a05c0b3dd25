/** What a bank says of one transfer. */
export interface BankNotice {
  readonly endToEndId: string;
  /** `booked`: the money is gone. `returned`: it came back. `waiting`: the bank has not decided, or not booked it. */
  readonly state: "booked" | "rejected" | "returned" | "waiting";
  /** As the file has it, with its currency; undefined where the file says nothing of it. */
  readonly amount?: string;
  readonly currency?: string;
  /** The bank's own reference of the booking. */
  readonly reference?: string;
  /** ISO 20022's code of the reason, with what the bank adds. */
  readonly reason?: string;
}
