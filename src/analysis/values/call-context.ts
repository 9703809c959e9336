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
  const inner: Core = {
    ...core,
    calls: new Map([...calls, [owner, call]]),
    values: new InnerValues(core, owner),
    variables: new InnerVariables(core, owner),
    evaluate: (node) => evaluate(inner, node),
  };
  return inner;
}

function isInside(core: Core, owner: FunctionNode, node: Node): boolean {
  return contains(owner, node) && core.fileOf(node) === core.fileOf(owner);
}

/** The same for what variables hold. */
class InnerVariables extends Map<Scope.Variable, VariableValue> {
  readonly #core: Core;
  readonly #owner: FunctionNode;

  constructor(core: Core, owner: FunctionNode) {
    super();
    this.#core = core;
    this.#owner = owner;
  }

  #outer(variable: Scope.Variable): Map<Scope.Variable, VariableValue> | undefined {
    const [name] = variable.identifiers;
    return name !== undefined && isInside(this.#core, this.#owner, name)
      ? undefined
      : this.#core.variables;
  }

  override get(variable: Scope.Variable): VariableValue | undefined {
    const outer = this.#outer(variable);
    return outer === undefined ? super.get(variable) : outer.get(variable);
  }

  override set(variable: Scope.Variable, value: VariableValue): this {
    const outer = this.#outer(variable);
    if (outer === undefined) super.set(variable, value);
    else outer.set(variable, value);
    return this;
  }
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

  override get(node: Node): Value | undefined {
    return isInside(this.#core, this.#owner, node) ? super.get(node) : this.#core.values.get(node);
  }

  override set(node: Node, value: Value): this {
    if (isInside(this.#core, this.#owner, node)) super.set(node, value);
    else this.#core.values.set(node, value);
    return this;
  }
}
