import type { Analysis } from "../analysis.ts";
import type { Node } from "../syntax.ts";
import { possibilities } from "../values/value.ts";
import { isMeantForAddress, isSignedForAddress } from "./words.ts";

/** What an expression holds. */
export type Held =
  /** A token. */
  | "token"
  /** The value of an Authorization header, or of one of its kin: a scheme and a token. */
  | "header"
  /** All headers of a request, the one that authorizes among them. */
  | "headers"
  /** An object that holds a token under a property that is named for it. */
  | "response"
  /** What tokens are signed with. */
  | "key";

export interface Source {
  readonly node: Node;
  readonly held: Held;
  /** Shown by what the program does with it, rather than told by names and context. */
  readonly certain: boolean;
  /** The program has just signed it, and its callback was given it. */
  readonly isSigned?: true;
  /** Of an object with a key: joined to a text it is the token that was signed with it. */
  readonly isTokenAsText?: true;
  /** A list, whose methods choose from it, or say something about it. */
  readonly isList?: true;
  /** An answer that shows what was sent for it; what the server says in it is another thing. */
  readonly showsSent?: true;
  /** Of an object: the path of what the program reads a token from; `[]` is the object itself. */
  readonly tokenIn?: readonly string[];
}

/** A step of `tokenIn` whose name is out of sight. */
export const UNNAMED = "";

/** Has the program itself signed it, as far as can be seen? */
export function isSigned(analysis: Analysis, { isSigned: isGiven, node }: Source): boolean {
  return (
    isGiven === true ||
    possibilities(analysis.evaluate(node)).some((value) => value.type === "token")
  );
}

/** Is a parameter of an address the place for this token? */
export function isMeantFor(analysis: Analysis, source: Source, parameter: string): boolean {
  return (
    isMeantForAddress(parameter) || (isSignedForAddress(parameter) && isSigned(analysis, source))
  );
}
