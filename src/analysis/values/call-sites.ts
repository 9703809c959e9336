import type { Core } from "../core.ts";
import type { SourceFile } from "../files/source-file.ts";
import { byObject } from "../memo.ts";
import { decoratorsOf, isClass, parentOf, statementsIn, unwrap, wrapped } from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { memberCalls } from "./member-calls.ts";

export interface CallSites {
  readonly calls: readonly CallNode[];
  /** The function may also be called from out of sight: exported, passed on, or stored. */
  readonly open: boolean;
}

const OPEN: CallSites = { calls: [], open: true };

/** Who calls this function in its own file? */
export function callSites(core: Core, owner: FunctionNode): CallSites {
  const holder = owner.parent;
  if (holder.type === "CallExpression" || holder.type === "NewExpression") {
    // An immediately invoked function is called here and nowhere else.
    return unwrap(holder.callee) === owner ? { calls: [holder], open: false } : OPEN;
  }
  if (holder.type === "MethodDefinition" && holder.kind === "constructor") {
    return constructions(core, holder);
  }
  const called = memberCalls(core, owner);
  if (called !== undefined) return { calls: called, open: !isPrivate(holder) };
  const name = ownName(owner);
  if (name === undefined) return OPEN;
  const variable = core.fileOf(owner).variableOf(name);
  if (variable === undefined) return OPEN;
  const calls: CallNode[] = [];
  let open = isExported(owner) || isOfPage(core, owner);
  for (const reference of variable.references) {
    const node = reference.identifier as Node;
    if (reference.isWrite() && reference.init !== true) open = true;
    if (!reference.isRead()) continue;
    const expression = wrapped(node);
    const { parent } = expression;
    if (
      (parent?.type === "CallExpression" || parent?.type === "NewExpression") &&
      parent.callee === expression
    ) {
      calls.push(parent);
    } else if (!isTypeUse(parent)) {
      open = true;
    }
  }
  return { calls, open };
}

/** Is it a function of a script that a page loads beside others, all of which may call it? */
function isOfPage(core: Core, owner: FunctionNode): boolean {
  const { parent } = owner;
  return parent.type === "Program" && isPageScript(core.fileOf(owner));
}

const isPageScript = byObject(({ statements, index: { names } }: SourceFile): boolean => {
  const isModule =
    statements.some(({ type }) => /^(?:Import|Export|TS(?:Import|Export))/u.test(type)) ||
    ["require", "module", "exports"].some((name) => names.has(name));
  return (
    !isModule && ["document", "localStorage", "sessionStorage"].some((name) => names.has(name))
  );
});

/** Where the file makes instances of a class. */
function constructions(core: Core, member: Node): CallSites {
  const owner = member.parent?.parent;
  if (!isClass(owner)) return OPEN;
  const name = owner.id ?? (owner.parent.type === "VariableDeclarator" ? owner.parent.id : null);
  const variable = name === null ? undefined : core.fileOf(owner).variableOf(name);
  if (variable === undefined) return OPEN;
  const calls: CallNode[] = [];
  // Frameworks make instances of the classes that they are told about.
  let open = isExported(owner) || decoratorsOf(owner).length > 0;
  for (const reference of variable.references) {
    const expression = wrapped(reference.identifier);
    const { parent } = expression;
    if (parent?.type === "NewExpression" && parent.callee === expression) calls.push(parent);
    else if (reference.init !== true && !isTypeUse(parent)) open = true;
  }
  return { calls, open };
}

function isTypeUse(parent: Node | undefined): boolean {
  return parent?.type === "TSTypeReference" || parent?.type === "TSTypeQuery";
}

/** Others may call a method from outside, unless the class keeps it for itself. */
function isPrivate(member: Node): boolean {
  if (member.type !== "MethodDefinition" && member.type !== "PropertyDefinition") return false;
  return member.key.type === "PrivateIdentifier" || member.accessibility === "private";
}

function ownName(owner: FunctionNode): Node | undefined {
  if (owner.type === "FunctionDeclaration") return owner.id ?? undefined;
  const holder = wrapped(owner).parent;
  if (holder?.type === "VariableDeclarator" && holder.id.type === "Identifier") return holder.id;
  return undefined;
}

function isExported(owner: Node): boolean {
  for (let node: Node | undefined = owner; node !== undefined; node = parentOf(node)) {
    if (node.type === "ExportNamedDeclaration" || node.type === "ExportDefaultDeclaration")
      return true;
    if (statementsIn(node) !== undefined) return false;
  }
  return false;
}

/** What the known calls of a function give for the parameter at a position. */
export function argumentsAt(core: Core, owner: FunctionNode, position: number): Node[] {
  if (position === -1) return [];
  return callSites(core, owner).calls.flatMap((call) => call.arguments[position] ?? []);
}
