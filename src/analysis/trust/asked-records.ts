import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type { Analysis } from "../analysis.ts";
import type { Core } from "../core.ts";
import { conditionsAt } from "../flow/conditions.ts";
import { isSaidByClient } from "../network/request.ts";
import type { Operation } from "../operations/operations.ts";
import { isSavedRecord } from "../payloads/database-calls.ts";
import {
  bases,
  calleeName,
  dottedPath,
  isFunction,
  isLiteral,
  parentOf,
  rootOf,
  staticKey,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { possibilities } from "../values/value.ts";
import { hasWithin } from "../within.ts";
import { isLookUp } from "./data-access.ts";

/**
 * A record that is found by nothing but what the request names: `User.findOne({ email: req.body.email })`. Whoever
 * knows an address can name it; a password, a code or a secret among the conditions would be a proof.
 */
export interface AskedRecord {
  /** What the request names. */
  readonly node: Node;
  /** Is this a call or a comparison that has to do with the record and is no proof of whose it is? */
  readonly isOfRecord: (node: Node) => boolean;
}

/** The record for which a token is signed, if it is found that way. */
export function askedRecord(analysis: Analysis, operation: Operation): AskedRecord | undefined {
  const { core } = analysis;
  for (const name of namesIn(operation)) {
    const file = core.fileOf(name);
    const variable = file === analysis.file ? file.variableOf(name) : undefined;
    const written = variable === undefined ? [] : writtenTo(variable);
    const said = written.flatMap((one) => askedIn(core, one) ?? []);
    const [node] = said;
    const isKnown = written.every((one) => askedIn(core, one) !== undefined || isMade(one));
    if (variable === undefined || node === undefined || !isKnown) continue;
    // The token of one who was not there before is made for him.
    const isOfNew = conditionsAt(operation.node).some(
      ({ test, holds }) => !holds && file.variableOf(unwrap(test)) === variable,
    );
    if (isOfNew) continue;
    return { node, isOfRecord: (one) => isOfRecord(core, one, variable) };
  }
  return undefined;
}

/** What the claims are read from: `user` of `{ id: user._id }`. */
function namesIn({ payload }: Operation): Node[] {
  if (payload === undefined) return [];
  const values = possibilities(payload.value).flatMap((value) =>
    value.type === "object"
      ? [...value.properties.values()].flatMap(({ node, value: { node: given } }) =>
          node.type === "Property" ? [node.value, given] : [given],
        )
      : [value.node],
  );
  return [payload.node, ...values].flatMap(bases).filter((node) => node.type === "Identifier");
}

/** All that a variable is given, and the look-up whose callback it is a parameter of. */
function writtenTo({ defs, references }: Scope.Variable): Node[] {
  const owner = defs[0]?.type === "Parameter" ? (defs[0].node as Node) : undefined;
  const call = isFunction(owner) ? parentOf(wrapped(owner)) : undefined;
  const given = references.flatMap(({ writeExpr }) => (writeExpr ? [writeExpr] : []));
  if (owner === undefined) return given;
  return call?.type === "CallExpression" ? [call, ...given] : [];
}

/** What says whom a record is about, and what others know of him as well. */
const NAMES =
  /^(?:_?id|uid|sub|user_?id|user_?(?:name|e?mail)|login|e_?mail(?:_?address)?|mail|name|phone(?:_?(?:number|no))?|mobile(?:_?(?:number|no))?|account_?id|wallet(?:_?address)?|(?:public_?)?address|(?:google|facebook|apple|github|twitter|linkedin|social|provider|firebase|telegram|discord|kakao|naver)_?(?:id|uid|sub))$/iu;

/** Boxes of conditions, and what joins them. */
const CONDITIONS = /^(?:where|filter|\$or|\$and|OR|AND)$/u;

/** The field that the request names, of a call that looks up by nothing else. */
function askedIn(core: Core, written: Node): Node | undefined {
  const call = unwrap(written);
  if (call.type !== "CallExpression") return undefined;
  const callee = unwrap(call.callee);
  const inner = callee.type === "MemberExpression" ? askedIn(core, callee.object) : undefined;
  // `User.findOne({ email }).select("name")`; in `.where({ email }).andWhere({ code })` the code is a proof.
  if (inner !== undefined) {
    const isMore = call.arguments.some((one) =>
      hasWithin(core, one, (part) => isSaidByClient(core, part)),
    );
    return isMore ? undefined : inner;
  }
  if (!isLookUp(core, call) || PROOF.test(calleeName(call))) return undefined;
  const [conditions, ...more] = call.arguments;
  if (conditions === undefined || more.some((one) => isSaidByClient(core, one))) return undefined;
  return namedBy(core, conditions);
}

function namedBy(core: Core, conditions: Node): Node | undefined {
  const node = unwrap(conditions);
  if (node.type === "ArrayExpression") return allNamed(core, node.elements);
  if (node.type !== "ObjectExpression") {
    const name = bases(node).map((base) => dottedPath(base)?.at(-1) ?? "");
    return isSaidByClient(core, node) && name.some((one) => NAMES.test(one)) ? node : undefined;
  }
  const parts = node.properties.map((property) => {
    if (property.type !== "Property") return null;
    const key = staticKey(property.key, property.computed) ?? "";
    if (CONDITIONS.test(key)) return property.value;
    return NAMES.test(key) && isSaidByClient(core, property.value) ? property.value : null;
  });
  return allNamed(core, parts);
}

/** The first of them, where each is named by the request; conditions that are none decide something else. */
function allNamed(core: Core, parts: readonly (Node | null)[]): Node | undefined {
  const said = parts.map((part) => {
    if (part === null) return undefined;
    const node = unwrap(part);
    return node.type === "ObjectExpression" || node.type === "ArrayExpression"
      ? namedBy(core, node)
      : part;
  });
  return said.every((one) => one !== undefined) ? said[0] : undefined;
}

/** Makes or changes a record. */
const MAKES = /(?:^|\.)(?:create\w*|save|insert\w*|update\w*|upsert)$/u;

function isMade(written: Node): boolean {
  const node = unwrap(written);
  return (
    node.type === "NewExpression" ||
    (node.type === "CallExpression" && MAKES.test(calleeName(node)))
  );
}

/** What a record gives of itself. */
const OF_ITSELF = /\.(?:toObject|toJSON|get|select|populate|lean|exec|then|catch)$/u;

/** What a record is asked for, changed by, or told apart by, beside what might be a proof. */
const PROOF = /pass|pwd|\bpin\b|otp|code|secret|\bkey|token|verif|hash/iu;

/** `db("users")` of `db("users").where({ email })` */
function isTable(core: Core, call: Node): boolean {
  const method = parentOf(wrapped(call));
  const lookUp = method?.type === "MemberExpression" ? parentOf(method) : undefined;
  return lookUp !== undefined && askedIn(core, lookUp) !== undefined;
}

function isOfRecord(core: Core, node: Node, variable: Scope.Variable): boolean {
  const file = core.fileOf(node);
  const isRecord = (one: Node): boolean => file.variableOf(rootOf(one)) === variable;
  switch (node.type) {
    case "NewExpression":
      return isSavedRecord(core, node) || writtenTo(variable).some((one) => unwrap(one) === node);
    case "CallExpression": {
      const name = calleeName(node);
      if (askedIn(core, node) !== undefined || isTable(core, node)) return true;
      if (isRecord(node.callee)) return MAKES.test(name) || OF_ITSELF.test(name);
      const [conditions] = node.arguments;
      return (
        MAKES.test(name) &&
        (conditions === undefined || !PROOF.test(file.text.slice(...conditions.range)))
      );
    }
    case "BinaryExpression":
      // `user.role === "admin"`, whoever asks
      return [node.left, node.right].every(
        (side) =>
          isLiteral(side) || (isRecord(side) && !PROOF.test(file.text.slice(...side.range))),
      );
    default:
      return false;
  }
}
