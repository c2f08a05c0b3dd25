/** How much an audit has to do. A batch's statements go to as many members, so there must be one more of them. */
export interface Size {
  readonly members: number;
  readonly batches: number;
  readonly statementsPerBatch: number;
}

/** Seven loans and three copies make a statement. */
export const LOANS = 7;
export const RECORDS_PER_STATEMENT = 10;
