import type { Node } from "../syntax.ts";

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
  /** Of an object: the path of what the program reads a token from; `[]` is the object itself. */
  readonly tokenIn?: readonly string[];
}
