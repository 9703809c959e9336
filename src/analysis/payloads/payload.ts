import type { TSESTree } from "@typescript-eslint/utils";
import { handmade } from "../../libraries/handmade.ts";
import type { Core } from "../core.ts";
import type { SourceFile } from "../files/source-file.ts";
import { byObject } from "../memo.ts";
import { saidByClient } from "../network/request.ts";
import type { Operation } from "../operations/operations.ts";
import { calleeName, dottedPath, staticKey, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { possibilities, truthiness } from "../values/value.ts";
import type { ObjectValue, Value } from "../values/value.ts";
import { isGivenToEncode } from "./auth-js-encode.ts";
import { withoutCopies } from "./origins.ts";

/**
 * May the payload of a token carry an `exp` claim of its own?
 *
 * - `text`: a string cannot.
 * - `absent`: every key is in sight, and `exp` is none of them.
 * - `hidden`: the payload comes from out of sight (a parameter, a user document), and nothing in the
 *   file speaks of an expiry.
 * - `possible`: it has one, or something says that it may.
 */
export type PayloadExpiry = "text" | "absent" | "hidden" | "possible";

export function payloadExpiry(core: Core, operation: Operation): PayloadExpiry {
  const { payload } = operation;
  // A builder made without claims; a call without arguments fails.
  if (payload === undefined) {
    if (operation.path.includes("#.")) return "absent";
    // A function that signs, made here and called elsewhere.
    const isCalled = [operation.entity.parameters?.payload]
      .flat()
      .some((at) => at?.startsWith("calls.") === true);
    return isCalled && !speaksOfExpiry(core.file) ? "hidden" : "possible";
  }
  if (operation.library === handmade && agesByItself(core.file, payload.value)) return "possible";
  // Without claims libraries refuse to sign.
  const signed = possibilities(payload.value).filter((value) => truthiness(value) !== false);
  const answers = signed.map((value) => expiryOf(core, value, payload.node));
  if (answers.length === 0) return "possible";
  if (answers.includes("possible")) return "possible";
  if (answers.includes("hidden")) return speaksOfExpiry(core.file) ? "possible" : "hidden";
  return answers.includes("absent") ? "absent" : "text";
}

/** A program that makes its tokens by hand may tell their age in a way of its own. */
function agesByItself(file: SourceFile, payload: Value): boolean {
  const names = possibilities(payload).flatMap((value) =>
    value.type === "object" && !value.open ? [[...value.properties.keys()]] : [],
  );
  if (names.length === 0) return true;
  return names
    .flat()
    .some((name) =>
      name === "iat"
        ? (file.index.membersNamed.get(name) ?? []).length > 0
        : /exp|valid|until|ttl|time|^ts$|creat|issued|date|age$/iu.test(name),
    );
}

function expiryOf(core: Core, value: Value, written: Node): PayloadExpiry {
  switch (value.type) {
    case "literal":
      // What is neither a text nor an object the library refuses.
      return typeof value.value === "string" ? "text" : "possible";
    case "template":
      return "text";
    case "object":
      if (value.properties.has("exp")) return "possible";
      return value.open ? ofOpenObject(core, value) : "absent";
    case "unknown":
      if (isText(value.node) || isNameOfRequest(core, value.node)) return "text";
      if (isGivenToEncode(core, unwrap(written))) return "hidden";
      return isPlain(core, value.node) && isPlain(core, written) ? "hidden" : "possible";
    case "instance":
    case "derived":
      return isPlain(core, written) ? "hidden" : "possible";
    default:
      // The claims of another token, a package's value: they may hold anything.
      return "possible";
  }
}

/** `this._id.toHexString()`: methods that give a text, whatever they are called on. */
function isText(node: Node): boolean {
  return (
    node.type === "CallExpression" &&
    /\.(?:toString|toHexString|toISOString|toLowerCase|toUpperCase|toFixed|trim|_id\.toJSON)$/u.test(
      calleeName(node),
    )
  );
}

/** `req.body.email`, `email` of `const { email } = req.body`: what names somebody is a text, whoever sends it. */
function isNameOfRequest(core: Core, node: Node): boolean {
  const said = saidByClient(core, node.type === "Property" ? node.value : node);
  return /\.(?:e?mail|user_?name|login|phone|mobile|_?id|uid|user_?id)$/iu.test(said ?? "");
}

/** `{ id: user.id, ...profile }`: what is spread decides. */
function ofOpenObject(core: Core, value: ObjectValue): PayloadExpiry {
  if (value.node.type !== "ObjectExpression") return "possible";
  const spreads = value.node.properties.filter((property) => property.type === "SpreadElement");
  const hasComputed = value.node.properties.some(
    (property) =>
      property.type === "Property" && staticKey(property.key, property.computed) === undefined,
  );
  if (spreads.length === 0 || hasComputed) return "possible";
  const answers = spreads.flatMap((property) =>
    possibilities(core.evaluate(property.argument)).map((one) =>
      one.type === "literal" ? "absent" : expiryOf(core, one, property.argument),
    ),
  );
  return answers.every((answer) => answer === "hidden" || answer === "absent")
    ? "hidden"
    : "possible";
}

/** Names that say that the object is made for a token, by code that may know about expiry. */
const TOKEN_NAME = /claim|jwt|token|decoded|exp(?:$|ir)|option/iu;

/** Calls that give a document or a copy of one. */
const DOCUMENT_CALL =
  /^(?:toJSON|toObject|toJson|get|parse|find\w*|save|create|lean|exec|pick|assign)$/u;

/** Is it an object of the program's domain, such as a user, rather than one made for a token? */
function isPlain(core: Core, written: Node): boolean {
  const { node } = withoutCopies(written);
  if (node.type === "CallExpression") {
    const path = dottedPath(node.callee);
    const name = path?.at(-1);
    if (name === undefined || !DOCUMENT_CALL.test(name)) return false;
    return path?.every((part) => !TOKEN_NAME.test(part)) === true;
  }
  const path = dottedPath(node);
  if (path === undefined) return node.type === "ObjectPattern" || node.type === "NewExpression";
  if (path.some((part) => TOKEN_NAME.test(part))) return false;
  return node.type !== "Identifier" || isPlainType(core, node);
}

/** A type made for tokens may have `exp`, unless it is declared here and has not. */
function isPlainType(core: Core, identifier: TSESTree.Identifier): boolean {
  const [declared] = core.fileOf(identifier).variableOf(identifier)?.identifiers ?? [];
  const type = declared?.typeAnnotation?.typeAnnotation;
  if (type?.type !== "TSTypeReference" || type.typeName.type !== "Identifier") return true;
  const definition = core.fileOf(identifier).variableOf(type.typeName)?.defs[0]?.node as
    Node | undefined;
  if (definition?.type === "TSInterfaceDeclaration") return definition.extends.length === 0;
  if (definition?.type === "TSTypeAliasDeclaration")
    return definition.typeAnnotation.type === "TSTypeLiteral";
  return !TOKEN_NAME.test(type.typeName.name);
}

/** Does the file write an `exp` claim anywhere, or declare a type that has one? */
const speaksOfExpiry = byObject(
  (file: SourceFile): boolean =>
    file.index.objects.some((object) =>
      object.properties.some(
        (property) =>
          property.type === "Property" && staticKey(property.key, property.computed) === "exp",
      ),
    ) ||
    file.index.assignments.some((assignment) => dottedPath(assignment.left)?.at(-1) === "exp") ||
    EXPIRY_TYPE.test(file.code) ||
    EXPIRY_IN_JSDOC.test(file.text),
);

const EXPIRY_TYPE = /\bexp\??\s*:\s*(?:number|Date|string|unknown)\b/u;

/** `@param {{ sub: string, exp: number }} claims`: of comments, the ones that declare types. */
const EXPIRY_IN_JSDOC = /@\w+\s*\{[^@]*\bexp\??\s*:\s*(?:number|Date|string|unknown)\b/u;
