import type { Core } from "../core.ts";
import { enclosingFunction, unwrap, wrapped, parentOf } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { describe } from "../values/bindings.ts";
import { possibilities } from "../values/value.ts";
import type { EntityValue } from "../values/value.ts";
import { NOTHING, OUT_OF_SIGHT } from "./options.ts";
import type { Setting, SettingSource } from "./options.ts";

/**
 * The setter calls on one builder: those in the chain that ends in this call, and, where the builder
 * is held in a variable, those on the variable, and what is written to its properties.
 */
export function builderSettings(
  core: Core,
  target: EntityValue,
  terminal: CallNode,
): SettingSource {
  const settings: Setting[] = [];
  const seen = new Set<Node>();
  let open = false;
  const takeChain = (from: Node, isCertain: boolean): Node => {
    let node = unwrap(from);
    for (;;) {
      if (node.type !== "CallExpression" || node === target.made) return node;
      const callee = unwrap(node.callee);
      if (callee.type !== "MemberExpression") return node;
      if (!seen.has(node)) {
        seen.add(node);
        const setting = settingAt(core, node, callee, node.arguments[0] ?? node, isCertain);
        if (setting !== undefined) settings.push(setting);
      }
      node = unwrap(callee.object);
    }
  };
  const callee = unwrap(terminal.callee);
  if (callee.type !== "MemberExpression") return OUT_OF_SIGHT;
  const root = takeChain(callee.object, true);
  if (root.type === "Identifier") {
    const variable = core.fileOf(root).variableOf(root);
    if (variable === undefined) return OUT_OF_SIGHT;
    // A parameter: whoever made the builder may have set more.
    if (!variable.references.some((reference) => reference.writeExpr != null)) open = true;
    for (const reference of variable.references) {
      if (reference.writeExpr != null) {
        const made = takeChain(reference.writeExpr, true);
        // `jwt = jwt.setIssuer(…)` goes on with the same builder.
        const isMade = made.type === "NewExpression" || made === target.made;
        if (!isMade && !isReadOf(made, root)) open = true;
      }
      const use = reference.identifier as Node;
      if (!reference.isRead() || use === root) continue;
      const outer = wrapped(use);
      if (outer.parent?.type === "MemberExpression" && outer.parent.object === outer) {
        const last = lastOfChain(outer);
        const isCertain = isSameBlock(outer, terminal);
        takeChain(last, isCertain);
        // `token.identity = user.id`
        if (last.parent?.type === "AssignmentExpression" && last.parent.left === last) {
          const { parent } = last;
          const setting = settingAt(core, parent, last, parent.right, isCertain);
          if (setting !== undefined) settings.push(setting);
        }
      } else if (outer.parent?.type === "CallExpression") {
        // Handed to a function that may set more.
        open = true;
      }
    }
  } else if (root.type !== "NewExpression" && target.made === undefined) {
    open = true;
  } else if (root.type === "CallExpression" && root !== target.made) {
    // A factory of the program's own made the builder and may have set more.
    open = true;
  }
  return { ...NOTHING, settings, open };
}

function isReadOf(node: Node, root: { readonly name: string }): boolean {
  return node.type === "Identifier" && node.name === root.name;
}

function lastOfChain(start: Node): Node {
  let node = start;
  for (;;) {
    const { parent } = node;
    if (parent?.type === "MemberExpression" && parent.object === node) node = parent;
    else if (parent?.type === "CallExpression" && parent.callee === node) node = parent;
    else return node;
  }
}

function isSameBlock(node: Node, terminal: Node): boolean {
  return enclosingFunction(node) === enclosingFunction(terminal) && !isBranched(node, terminal);
}

function isBranched(node: Node, terminal: Node): boolean {
  for (let current = node.parent; current !== undefined; current = parentOf(current)) {
    if (current.range[0] <= terminal.range[0] && terminal.range[1] <= current.range[1])
      return false;
    if (/^(?:If|Switch|Conditional|Logical|For|While)/u.test(current.type)) return true;
  }
  return false;
}

/** What a setter that is called with a value sets, or a property that is written. */
function settingAt(
  core: Core,
  node: Node,
  member: Node,
  given: Node,
  isCertain: boolean,
): Setting | undefined {
  for (const one of possibilities(core.evaluate(member))) {
    if (one.type !== "entity") continue;
    const version = core.versionOf(one.library, one.path);
    const entity = describe(one, version);
    if (entity?.kind !== "setter" || entity.sets === undefined) continue;
    return {
      role: entity.sets,
      name: one.path.replace(/^.*\./u, ""),
      value: core.evaluate(given),
      node,
      valueNode: given,
      via: "setter",
      grammar: entity.grammar,
      model: undefined,
      certain: isCertain,
    };
  }
  return undefined;
}
