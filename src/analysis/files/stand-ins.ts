import { byObject } from "../memo.ts";
import type { SourceFile } from "./source-file.ts";

/** For tests and demonstrations, in the place of the real one. */
const STAND_IN = /mock|fake|stub|dummy|demo\b|sandbox|playground|dev[-_]?server/iu;

/** Does a function say by its name that it stands in for another? */
export function isStandInName(name: string): boolean {
  return STAND_IN.test(name);
}

/** Does a file say so by its name or its folder's? Where a project lies says nothing of it. */
export const isStandIn = byObject(({ path = "" }: SourceFile): boolean =>
  STAND_IN.test(path.split(/[\\/]/u).slice(-2).join("/")),
);
