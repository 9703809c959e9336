import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type { Core, VariableValue } from "../core.ts";
import { contains } from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { returned } from "./classes.ts";
import { evaluate } from "./evaluate.ts";
import type { Value } from "./value.ts";

/**
 * What does a function return for one call of it? A helper such as `env(name, fallback)` is called
 * for many things: with the arguments of all calls taken together, the fallback of the port would
 * be one of the key.
 */

/** How many calls inside calls are told apart. */
const MAX_CALLS = 3;

export function returnedTo(core: Core, owner: FunctionNode, call: CallNode): Value {
  const inner = owner.params.length === 0 ? undefined : insideCall(core, owner, call);
  return returned(inner ?? core, owner, call);
}

/**
 * The same analysis, for which a function is called by one call alone.
 *
 * @returns undefined where a function calls itself, and for too many calls inside calls
 */
export function insideCall(core: Core, owner: FunctionNode, call: CallNode): Core | undefined {
  const { calls } = core;
  if (calls.size >= MAX_CALLS || calls.has(owner)) return undefined;
  const isInside = insideOf(core, owner);
  const inner: Core = {
    ...core,
    calls: new Map([...calls, [owner, call]]),
    values: new InnerValues(core.values, isInside),
    variables: new InnerVariables(core.variables, isInside),
    evaluate: (node) => evaluate(inner, node),
  };
  return inner;
}

/** Does a node stand in a function that is looked at for one call? Asked at every step. */
function insideOf(core: Core, owner: FunctionNode): (node: Node) => boolean {
  const file = core.fileOf(owner);
  return (node) => contains(owner, node) && core.fileOf(node) === file;
}

/** The same for what variables hold. */
class InnerVariables extends Map<Scope.Variable, VariableValue> {
  readonly #outer: Map<Scope.Variable, VariableValue>;
  readonly #isInside: (node: Node) => boolean;

  constructor(outer: Map<Scope.Variable, VariableValue>, isInside: (node: Node) => boolean) {
    super();
    this.#outer = outer;
    this.#isInside = isInside;
  }

  #isOwn({ identifiers: [name] }: Scope.Variable): boolean {
    return name !== undefined && this.#isInside(name);
  }

  override get(variable: Scope.Variable): VariableValue | undefined {
    return this.#isOwn(variable) ? super.get(variable) : this.#outer.get(variable);
  }

  override set(variable: Scope.Variable, value: VariableValue): this {
    if (this.#isOwn(variable)) super.set(variable, value);
    else this.#outer.set(variable, value);
    return this;
  }
}

/** Answers inside the function hold for the one call; all others are shared with the outer ones. */
class InnerValues extends Map<Node, Value> {
  readonly #outer: Map<Node, Value>;
  readonly #isInside: (node: Node) => boolean;

  constructor(outer: Map<Node, Value>, isInside: (node: Node) => boolean) {
    super();
    this.#outer = outer;
    this.#isInside = isInside;
  }

  override get(node: Node): Value | undefined {
    return this.#isInside(node) ? super.get(node) : this.#outer.get(node);
  }

  override set(node: Node, value: Value): this {
    if (this.#isInside(node)) super.set(node, value);
    else this.#outer.set(node, value);
    return this;
  }
}
