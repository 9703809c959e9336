import type { TSESTree } from "@typescript-eslint/utils";

export type Node = TSESTree.Node;

export type FunctionNode =
  TSESTree.FunctionDeclaration | TSESTree.FunctionExpression | TSESTree.ArrowFunctionExpression;

export type CallNode = TSESTree.CallExpression | TSESTree.NewExpression;

export type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

/** The parent, or undefined above the program, where ESLint has null. */
export function parentOf(node: Node): Node | undefined {
  return node.parent ?? undefined;
}

export function isFunction(node: Node | null | undefined): node is FunctionNode {
  return (
    node?.type === "FunctionDeclaration" ||
    node?.type === "FunctionExpression" ||
    node?.type === "ArrowFunctionExpression"
  );
}

export function isClass(node: Node | null | undefined): node is ClassNode {
  return node?.type === "ClassDeclaration" || node?.type === "ClassExpression";
}

/** Looks through what does not change a value: casts, `!`, optional chains, `await`. */
export function unwrap(node: Node): Node {
  let current = node;
  for (;;) {
    switch (current.type) {
      case "TSAsExpression":
      case "TSSatisfiesExpression":
      case "TSNonNullExpression":
      case "TSTypeAssertion":
      case "TSInstantiationExpression":
      case "ChainExpression":
        current = current.expression;
        break;
      case "AwaitExpression":
        current = current.argument;
        break;
      case "SequenceExpression": {
        const last = current.expressions.at(-1);
        if (last === undefined) return current;
        current = last;
        break;
      }
      default:
        return current;
    }
  }
}

/** The outermost expression that only wraps this one, so that its parent is what uses the value. */
export function wrapped(node: Node): Node {
  let current = node;
  for (;;) {
    const { parent } = current;
    if (parent === undefined) return current;
    switch (parent.type) {
      case "TSAsExpression":
      case "TSSatisfiesExpression":
      case "TSNonNullExpression":
      case "TSTypeAssertion":
      case "TSInstantiationExpression":
      case "ChainExpression":
      case "AwaitExpression":
        current = parent;
        break;
      case "SequenceExpression":
        if (parent.expressions.at(-1) !== current) return current;
        current = parent;
        break;
      default:
        return current;
    }
  }
}

/** `null` and `undefined`, as they are written. */
export function isNullish(written: Node): boolean {
  const node = unwrap(written);
  if (node.type === "Literal") return node.value === null && node.raw === "null";
  return node.type === "Identifier" && node.name === "undefined";
}

/** A text as it is written, in quotes or in backticks without a hole; undefined for anything else. */
export function textOf(written: Node | null | undefined): string | undefined {
  if (written == null) return undefined;
  const node = unwrap(written);
  if (node.type === "Literal") return typeof node.value === "string" ? node.value : undefined;
  return node.type === "TemplateLiteral" && node.expressions.length === 0
    ? (node.quasis[0]?.value.cooked ?? undefined)
    : undefined;
}

/** A value that is written as such: a literal, or a text in backticks without a hole. */
export function isLiteral(written: Node): boolean {
  return unwrap(written).type === "Literal" || textOf(written) !== undefined;
}

/** The name of a property key that can be read off the source, or undefined. */
export function staticKey(key: Node, computed: boolean): string | undefined {
  if (!computed) {
    if (key.type === "Identifier") return key.name;
    if (key.type === "PrivateIdentifier") return `#${key.name}`;
  }
  if (key.type === "Literal" && typeof key.value === "number") return String(key.value);
  return textOf(key);
}

/** What an object literal writes for a property; of several the last, which is the one that counts. */
export function propertyValue(object: TSESTree.ObjectExpression, name: string): Node | undefined {
  const property = object.properties.findLast(
    (one) => one.type === "Property" && staticKey(one.key, one.computed) === name,
  );
  return property?.type === "Property" ? unwrap(property.value) : undefined;
}

export function memberName(node: TSESTree.MemberExpression): string | undefined {
  return staticKey(node.property, node.computed);
}

/** `parts[1]`, `users[index]`: not by a name that is written. */
export function isElement(node: TSESTree.MemberExpression): boolean {
  return node.computed && textOf(node.property) === undefined;
}

/** `a.b.c` as `["a", "b", "c"]`; `this` counts as a name. Undefined when a part is not a name. */
export function dottedPath(node: Node): string[] | undefined {
  const current = unwrap(node);
  if (current.type === "Identifier") return [current.name];
  if (current.type === "ThisExpression") return ["this"];
  if (current.type === "MetaProperty") return [current.meta.name, current.property.name];
  if (current.type !== "MemberExpression") return undefined;
  const name = memberName(current);
  const object = name === undefined ? undefined : dottedPath(current.object);
  if (name === undefined || object === undefined) return undefined;
  object.push(name);
  return object;
}

/** What gives the same in another form. */
const PARSERS =
  /^(?:JSON\.parse|Number|String|BigInt|parseInt|parseFloat|(?:\w+\.)*ObjectId(?:\.createFromHexString)?)$/u;

/**
 * What the parts of an expression are read from or called on: `email` of `email ? String(email).trim() : ""`.
 *
 * @param through what else gives one of its arguments back
 */
export function bases(
  written: Node,
  through: (call: CallNode) => Node | undefined = () => undefined,
): Node[] {
  const node = unwrap(written);
  const basesOf = (part: Node): Node[] => bases(part, through);
  switch (node.type) {
    case "ConditionalExpression":
      return [node.consequent, node.alternate].flatMap(basesOf);
    case "LogicalExpression":
      return [node.left, node.right].flatMap(basesOf);
    case "ObjectExpression": {
      // `{ ...req.body }` is a copy.
      const [only, ...others] = node.properties;
      return only?.type === "SpreadElement" && others.length === 0
        ? basesOf(only.argument)
        : [node];
    }
    case "CallExpression":
    case "NewExpression": {
      const isParser = PARSERS.test(dottedPath(node.callee)?.join(".") ?? "");
      const given = isParser ? node.arguments[0] : through(node);
      if (given !== undefined) return basesOf(given);
      return node.type === "NewExpression" ? [node] : basesOf(node.callee);
    }
    case "MemberExpression":
      return [node, ...basesOf(node.object)];
    default:
      return [node];
  }
}

/** Is it what an assignment writes to, rather than a read? */
export function isWritten(node: Node): boolean {
  const outer = wrapped(node);
  const by = parentOf(outer);
  return by?.type === "AssignmentExpression" && by.left === outer;
}

/** `key === FALLBACK`, `REFUSED.includes(FALLBACK)` */
export function isCompared(read: Node): boolean {
  const by = parentOf(wrapped(read));
  if (by?.type === "BinaryExpression") return /^[!=]==?$/u.test(by.operator);
  return (
    by?.type === "CallExpression" &&
    by.callee.type === "MemberExpression" &&
    memberName(by.callee) === "includes"
  );
}

/** How the code writes what it calls, such as `res.json`; of a longer chain its last member. */
export function calleeName(call: CallNode): string {
  const callee = unwrap(call.callee);
  const path = dottedPath(callee);
  if (path !== undefined) return path.join(".");
  // `res.status(401).json(…)`: the last name of the chain tells.
  return callee.type === "MemberExpression" ? `.${memberName(callee) ?? ""}` : "";
}

/** What a chain of members begins with: `req` of `req.cookies.token`. */
export function rootOf(node: Node): Node {
  let root = unwrap(node);
  while (root.type === "MemberExpression") root = unwrap(root.object);
  return root;
}

/** Decorators of a class or member; espree knows none. */
export function decoratorsOf(node: {
  readonly decorators?: readonly TSESTree.Decorator[];
}): readonly TSESTree.Decorator[] {
  return node.decorators ?? [];
}

export function enclosingFunction(node: Node): FunctionNode | undefined {
  for (let current = node.parent; current !== undefined; current = parentOf(current)) {
    if (isFunction(current)) return current;
  }
  return undefined;
}

export function enclosingClass(node: Node): ClassNode | undefined {
  for (let current = node.parent; current !== undefined; current = parentOf(current)) {
    if (isClass(current)) return current;
  }
  return undefined;
}

/** What a statement works out: `send()` of `send();` and of `return send();` */
export function expressionIn(statement: Node): Node | undefined {
  if (statement.type === "ExpressionStatement") return unwrap(statement.expression);
  return statement.type === "ReturnStatement" && statement.argument !== null
    ? unwrap(statement.argument)
    : undefined;
}

/** Statements that run one after the other; undefined for what holds none. */
export function statementsIn(node: Node): readonly Node[] | undefined {
  if (node.type === "BlockStatement" || node.type === "Program") return node.body;
  return scriptOf(node);
}

/**
 * A component of Svelte holds its scripts as elements of the program, among those of the page: a kind
 * of node that the types of the language do not have.
 */
function scriptOf<Statement>(node: Statement): readonly Statement[] | undefined {
  const { type, body } = node as { readonly type?: string; readonly body?: readonly Statement[] };
  return type === "SvelteScriptElement" ? body : undefined;
}

/** Those of the whole file, wherever its scripts stand in the program. */
export function topStatements<Statement>(body: readonly Statement[]): readonly Statement[] {
  return body.some((one) => scriptOf(one) !== undefined)
    ? body.flatMap((one) => scriptOf(one) ?? one)
    : body;
}

export function programOf(node: Node): TSESTree.Program {
  let current = node;
  for (let parent = parentOf(current); parent !== undefined; parent = parentOf(current)) {
    current = parent;
  }
  return current as TSESTree.Program;
}

export function contains(outer: Node, inner: Node): boolean {
  return outer.range[0] <= inner.range[0] && inner.range[1] <= outer.range[1];
}

/** The name a function goes by: its own, the variable, property, method or class field it is in. */
export function functionName(node: FunctionNode): string | undefined {
  if (node.type !== "ArrowFunctionExpression" && node.id !== null) return node.id.name;
  let holder: Node = node;
  // Curried and wrapped functions go by the name of what is made of them: useCallback(() => …).
  for (let depth = 0; depth < 3; depth += 1) {
    const parent = parentOf(holder);
    if (parent === undefined) return undefined;
    switch (parent.type) {
      case "VariableDeclarator":
        return parent.id.type === "Identifier" ? parent.id.name : undefined;
      case "Property":
      case "MethodDefinition":
      case "PropertyDefinition":
        return staticKey(parent.key, parent.computed);
      case "AssignmentExpression":
        if (parent.left.type === "Identifier") return parent.left.name;
        return parent.left.type === "MemberExpression" ? memberName(parent.left) : undefined;
      case "CallExpression":
        if (parent.callee === holder) return undefined;
        holder = parent;
        break;
      case "TSAsExpression":
      case "ArrowFunctionExpression":
        holder = parent;
        break;
      default:
        return undefined;
    }
  }
  return undefined;
}

/** Visits a tree in source order. `enter` may return false to skip a subtree. */
export function walk(
  root: Node,
  visitorKeys: Readonly<Record<string, readonly string[]>>,
  enter: (node: Node, parent: Node | undefined) => boolean | undefined,
): void {
  // Two stacks rather than one of pairs: every node of a file goes through here.
  const nodes: Node[] = [root];
  const parents: (Node | undefined)[] = [undefined];
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    if (enter(node, parents.pop()) === false) continue;
    const keys = visitorKeys[node.type] ?? [];
    for (let index = keys.length - 1; index >= 0; index -= 1) {
      const child = (node as unknown as Record<string, unknown>)[keys[index] ?? ""];
      if (Array.isArray(child)) {
        for (let at = child.length - 1; at >= 0; at -= 1) {
          const item = child[at] as Node | null | undefined;
          if (item?.type === undefined) continue;
          nodes.push(item);
          parents.push(node);
        }
      } else if (child !== null && typeof child === "object" && "type" in child) {
        nodes.push(child as Node);
        parents.push(node);
      }
    }
  }
}

/** May what stands here run again before its function ends? */
export function isInLoop(node: Node): boolean {
  for (
    let current: Node | null | undefined = node.parent;
    current != null;
    current = current.parent
  ) {
    if (isFunction(current)) return false;
    if (/^(?:For|While|DoWhile)/u.test(current.type)) return true;
  }
  return false;
}

/** The variable or property that a declaration, a property or an assignment puts a value into. */
export function boundName(holder: Node): string | undefined {
  if (holder.type === "VariableDeclarator") return dottedPath(holder.id)?.at(-1);
  if (holder.type === "Property") return staticKey(holder.key, holder.computed);
  return holder.type === "AssignmentExpression" ? dottedPath(holder.left)?.at(-1) : undefined;
}
