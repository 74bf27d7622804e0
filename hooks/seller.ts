import { data } from "#policy";

/** Whom a user sells for, as the company's API has it. */
export interface Seller {
  readonly id: string;
  readonly name: string;
}

export const seller = data<Seller>("seller");
