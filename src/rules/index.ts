import type { JwtRule } from "../types.ts";

/** Every rule, by name: one import and one entry each, in alphabetical order. */
export const rules = {} satisfies Record<string, JwtRule>;

export type RuleName = keyof typeof rules;
