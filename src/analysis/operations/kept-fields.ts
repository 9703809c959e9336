import type { Core } from "../core.ts";
import type { SourceFile } from "../files/source-file.ts";
import { inside } from "../files/inside.ts";
import {
  contains,
  dottedPath,
  enclosingClass,
  isNullish,
  memberName,
  parentOf,
  rootOf,
  staticKey,
  textOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { isChanged } from "../values/changed-members.ts";

/**
 * Does `this.options.key` hold what a constructor was given, wherever a method reads it? Only where nothing else can be
 * there, and nobody takes the text for the name of something or a mark that it is still to come.
 *
 * @param path of the field and what is below it: `["options", "key"]`
 * @param kept the left side of `this.options = options`; undefined for `constructor(private options)`
 */
export function keepsGiven(
  core: Core,
  owner: FunctionNode,
  path: readonly string[],
  kept: Node | undefined,
): boolean {
  const file = core.fileOf(owner);
  const around = enclosingClass(owner) ?? owner;
  return (
    !isWrittenAgain(file, around, path, kept) &&
    !isWrittenOutside(core, file, path) &&
    !hasAccessor(around, path[0]) &&
    !isHandedOver(file, around, owner, path) &&
    !isAskedIn(file, around, path.at(-1) ?? "")
  );
}

/** The same of every field that a constructor fills and a method reads. */
export function keepsFields(
  core: Core,
  owner: FunctionNode,
  reader: FunctionNode | undefined,
): boolean {
  const { index } = core.fileOf(owner);
  const filled = [
    ...owner.params.flatMap((one) =>
      one.type === "TSParameterProperty" ? [{ name: namedIn(one.parameter), kept: undefined }] : [],
    ),
    ...inside(index.assignments, owner).flatMap(({ left }) => {
      const [root, name, ...below] = dottedPath(left) ?? [];
      return root === "this" && below.length === 0 ? [{ name, kept: left }] : [];
    }),
  ];
  return filled.every(({ name, kept }) => {
    if (name === undefined) return false;
    const reads = reader === undefined ? [] : inside(index.membersNamed.get(name) ?? [], reader);
    return reads.length === 0 || keepsGiven(core, owner, [name], kept);
  });
}

/** `key` of `constructor(private key = "")` */
export function namedIn(parameter: Node): string | undefined {
  return dottedPath(parameter.type === "AssignmentPattern" ? parameter.left : parameter)?.[0];
}

/** `this.key = await load()`, `self.key = …`, `this[name] = …` */
function isWrittenAgain(
  { index }: SourceFile,
  around: Node,
  path: readonly string[],
  kept: Node | undefined,
): boolean {
  const isComputed = inside(index.assignments, around).some(({ left }) => {
    const target = unwrap(left);
    return target.type === "MemberExpression" && memberName(target) === undefined;
  });
  return (
    isComputed ||
    path.some((name, at) =>
      inside(index.membersNamed.get(name) ?? [], around).some((member) => {
        if (member === kept || !isChanged(member)) return false;
        const written = dottedPath(member);
        if (written?.[0] !== "this") return true;
        return written.slice(1).join(".") === path.slice(0, at + 1).join(".");
      }),
    )
  );
}

/** `tokens.secret = process.env.KEY;` in the file that makes one, or in the class there that extends this one. */
function isWrittenOutside(core: Core, file: SourceFile, path: readonly string[]): boolean {
  if (core.file === file) return false;
  return path.some((name) =>
    (core.file.index.membersNamed.get(name) ?? []).some(
      (member) =>
        isChanged(member) &&
        (rootOf(member).type !== "ThisExpression" || enclosingClass(member)?.superClass != null),
    ),
  );
}

/** `set key(value) { this.#key = derive(value); }` */
function hasAccessor(around: Node, field: string | undefined): boolean {
  if (around.type !== "ClassDeclaration" && around.type !== "ClassExpression") return false;
  return around.body.body.some(
    (one) =>
      one.type === "MethodDefinition" &&
      /^[gs]et$/u.test(one.kind) &&
      staticKey(one.key, one.computed) === field,
  );
}

/** `Object.assign(this, settings)`, `await fill(this.options)`: another function may put something else there. */
function isHandedOver(
  file: SourceFile,
  around: Node,
  owner: FunctionNode,
  path: readonly string[],
): boolean {
  const objects = new Set(path.map((_, at) => ["this", ...path.slice(0, at)].join(".")));
  const isObject = (node: Node): boolean => objects.has(dottedPath(node)?.join(".") ?? "");
  // What is kept whole was given whole: `constructor(options) { fill(options); this.options = options; }`
  const isGiven = (node: Node): boolean =>
    path.length > 1 &&
    node.type === "Identifier" &&
    file.variableOf(node)?.defs[0]?.node === owner &&
    contains(owner, node);
  return inside(file.index.calls, around).some((call) => {
    if (call.type === "NewExpression") return false;
    const callee = unwrap(call.callee);
    const name = callee.type === "MemberExpression" ? memberName(callee) : undefined;
    // `this.read.bind(this)`, `read.call(this)`
    if (name !== undefined && /^(?:bind|call|apply)$/u.test(name)) return false;
    return call.arguments.some((one) => isObject(one) || isGiven(unwrap(one)));
  });
}

/** Is the text asked for what it says: `key === "unset"`, `key.startsWith("env:")`, `process.env[this.key]`? */
function isAskedIn({ index }: SourceFile, around: Node, name: string): boolean {
  return inside(index.names.get(name) ?? [], around).some((node) => {
    const member = parentOf(node);
    const isProperty = member?.type === "MemberExpression" && member.property === node;
    return isAsked(isProperty && !member.computed ? member : node);
  });
}

function isAsked(read: Node): boolean {
  const outer = wrapped(read);
  const by = parentOf(outer);
  switch (by?.type) {
    // Written texts are others than the one that was given, or the class knows that one.
    case "BinaryExpression": {
      const other = unwrap(by.left === outer ? by.right : by.left);
      return /^[!=]==?$/u.test(by.operator) && !isNullish(other) && textOf(other) === undefined;
    }
    case "SwitchStatement":
      return true;
    case "MemberExpression":
      if (by.property === outer) return by.computed;
      return ASKS.test(memberName(by) ?? "");
    case "CallExpression": {
      const callee = unwrap(by.callee);
      return callee.type === "MemberExpression" && ASKS.test(memberName(callee) ?? "");
    }
    default:
      return false;
  }
}

const ASKS =
  /^(?:startsWith|endsWith|includes|indexOf|match|search|localeCompare|has|get|test|exec|equals?)$/u;
