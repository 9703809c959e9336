import { returned } from "./classes.ts";
import type { Core } from "./core.ts";
import { evaluate } from "./evaluate.ts";
import { contains } from "./syntax.ts";
import type { CallNode, FunctionNode, Node } from "./syntax.ts";
import type { Value } from "./value.ts";

/**
 * What does a function return for one call of it? A helper such as `env(name, fallback)` is called
 * for many things: with the arguments of all calls taken together, the fallback of the port would
 * be one of the key.
 */

/** How many calls inside calls are told apart. */
const MAX_CALLS = 3;

export function returnedTo(core: Core, owner: FunctionNode, call: CallNode): Value {
  const { calls } = core;
  if (owner.params.length === 0 || calls.size >= MAX_CALLS || calls.has(owner)) {
    return returned(core, owner, call);
  }
  const inner: Core = {
    ...core,
    calls: new Map([...calls, [owner, call]]),
    values: new InnerValues(core, owner),
    evaluate: (node) => evaluate(inner, node),
  };
  return returned(inner, owner, call);
}

/** Answers inside the function hold for the one call; all others are shared with the outer ones. */
class InnerValues extends Map<Node, Value> {
  readonly #core: Core;
  readonly #owner: FunctionNode;

  constructor(core: Core, owner: FunctionNode) {
    super();
    this.#core = core;
    this.#owner = owner;
  }

  #isInside(node: Node): boolean {
    return (
      contains(this.#owner, node) && this.#core.fileOf(node) === this.#core.fileOf(this.#owner)
    );
  }

  override get(node: Node): Value | undefined {
    return this.#isInside(node) ? super.get(node) : this.#core.values.get(node);
  }

  override set(node: Node, value: Value): this {
    if (this.#isInside(node)) super.set(node, value);
    else this.#core.values.set(node, value);
    return this;
  }
}
