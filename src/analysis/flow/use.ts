import type { CallNode, Node } from "../syntax.ts";

/** A place that a value has come to, and what is done with it there. */
export interface Use {
  readonly kind:
    /** Its truth decides a branch. */
    | "test"
    /** It is compared with something. */
    | "compare"
    /** A function gives it to whoever calls it. */
    | "return"
    /** It is handed to a function out of sight. */
    | "argument"
    /** It names a property: `sessions[token]`. */
    | "index"
    /** It is written to a property: `req.user = claims`. */
    | "assign"
    /** It becomes part of a text. */
    | "text"
    /** It is shown: JSX. */
    | "display"
    | "throw"
    /** Nothing is done with it. */
    | "discard";
  /** The expression that holds the value, or the part of it that was read. */
  readonly node: Node;
  /** What uses it: the statement, call, assignment or function. */
  readonly by: Node;
  /**
   * Properties read off the value on the way, such as `["payload", "role"]`; `"*"` stands for each of them
   * in turn, `"?"` for one that nobody knows.
   */
  readonly path: readonly string[];
  /** Properties of objects it was put into and is still in: `{ user: claims }`. */
  readonly boxes: readonly string[];
  /** The calls through which it came into the function that it is used in, the first one first. */
  readonly calls: readonly Entry[];
  /** What was taken out of it on the way: `const { token, ...rest } = answer`. */
  readonly without?: readonly string[] | undefined;
  /**
   * A text that shows all of it: `JSON.stringify(answer)`; or one that it was joined to as it is:
   * `${answer}`, which says no more of an object than that it is one.
   */
  readonly form?: "shown" | "joined" | undefined;
}

/** A call of a function of the file, and the argument that brought the value in. */
interface Entry {
  readonly call: CallNode;
  readonly argument: Node;
}

export type Step = Pick<Use, "node" | "path" | "boxes" | "calls" | "without" | "form">;

/** Something else that holds the value, perhaps in a box. */
export interface Carrier {
  readonly node: Node;
  readonly boxes: readonly string[];
  /** Is it a text that shows all of it? */
  readonly isShown?: true;
}

/** What is special about the values that are followed. */
export interface FlowRules {
  /** Does what a call makes of the value, as receiver or argument, hold nothing of it any more? */
  readonly endsAt?: (call: CallNode, value: Node) => boolean;
  /** Is the property of this name a place where the value may be? */
  readonly isMeantFor?: (property: string) => boolean;
  /** Does a parameter hold what is written to a property of it, for the rest of the function? */
  readonly fillsParameters?: boolean;
  /** What holds the value as well once a call has been given it. */
  readonly carriers?: (call: CallNode, argument: Node) => readonly Carrier[];
}
