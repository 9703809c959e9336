import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import { saidByClient } from "../network/request.ts";
import type { Operation } from "../operations/operations.ts";
import {
  contains,
  dottedPath,
  enclosingFunction,
  parentOf,
  statementsIn,
  unwrap,
} from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { nextCalled } from "../answers/behind.ts";
import { isMissing } from "./skipped-verification.ts";

/**
 * `if (!token) { req.tenant = req.query.tenant; return next(); } req.tenant = verify(token).tenant;`: who brings no
 * token says himself what a token would say of him. Only what is put down as it is counts: what is looked up by it,
 * or asked for beside it, may be another proof.
 *
 * @returns what the request says
 */
export function saidInstead(core: Core, { kind, node: call }: Operation): Node | undefined {
  const owner = enclosingFunction(call);
  if (kind !== "verify" || owner === undefined || core.fileOf(call) !== core.file) return undefined;
  const assigned = inside(core.file.index.assignments, owner);
  const told = new Set(
    assigned.filter(({ range }) => range[1] > call.range[0]).map(({ left }) => placeOf(left)),
  );
  for (const branch of branchesBefore(core, call)) {
    for (const assignment of inside(assigned, branch)) {
      const place = placeOf(assignment.left);
      if (place === undefined || !told.has(place) || !isOnlyIfThere(assignment, branch)) continue;
      const said = saidIn(core, assignment.right);
      if (said !== undefined && passes(assignment)) return said;
    }
  }
  return undefined;
}

/** `req.session` of `req.session` and of `req.session.shop` */
function placeOf(left: Node): string | undefined {
  const path = dottedPath(left) ?? [];
  return path.length > 1 ? path.slice(0, 2).join(".") : undefined;
}

/** The branches for requests without a token that stand before a verification, around it or beside it. */
function branchesBefore(core: Core, call: Node): Node[] {
  const found: Node[] = [];
  const owner = enclosingFunction(call);
  for (let from = call, at = parentOf(from); at !== undefined; from = at, at = parentOf(at)) {
    if (at.type === "IfStatement" && at.alternate === from && isMissing(core, at.test))
      found.push(at.consequent);
    for (const one of statementsIn(at) ?? []) {
      if (one === from) break;
      if (one.type === "IfStatement" && isMissing(core, one.test)) found.push(one.consequent);
    }
    if (at === owner) break;
  }
  return found;
}

/** Who is let in for a test, in development or as a guest says so. */
const MEANT =
  /env\b|dev|test|mock|debug|local|demo|guest|anonym|visitor|public|key|secret|internal/iu;

/** Is nothing asked on the way but whether something is there? */
function isOnlyIfThere(assignment: Node, branch: Node): boolean {
  for (let at = parentOf(assignment); at !== undefined && at !== branch; at = parentOf(at)) {
    if (at.type !== "IfStatement") continue;
    const test = unwrap(at.test);
    const path = dottedPath(test)?.join(".");
    if (path === undefined || MEANT.test(path) || !contains(at.consequent, assignment))
      return false;
  }
  return true;
}

function saidIn(core: Core, written: Node): Node | undefined {
  const node = unwrap(written);
  if (node.type !== "ObjectExpression") return isPlain(core, node) ? node : undefined;
  const { text } = core.fileOf(node);
  if (MEANT.test(text.slice(...node.range))) return undefined;
  return node.properties
    .flatMap((one) => (one.type === "Property" ? [one.value] : []))
    .find((value) => isPlain(core, value));
}

/** `shop` of `const shop = req.get("x-shop") || req.query.shop`, and no key or token. */
function isPlain(core: Core, value: Node): boolean {
  const said = saidByClient(core, value);
  return said !== undefined && !PROOF.test(said.split(".").at(-1) ?? "");
}

/** What proves something by its name, or is looked at by another guard. */
export const PROOF =
  /key|token|secret|signature|\bsig\b|hmac|hash|jwt|auth|bearer|session|cookie|password|passwd|pwd|code|otp|nonce|ticket|credential|cert|licen[cs]e/iu;

/** Does the request go on behind it, in the same branch? */
function passes(assignment: TSESTree.AssignmentExpression): boolean {
  const statement = parentOf(assignment);
  const block = statement === undefined ? undefined : parentOf(statement);
  const statements = (block && statementsIn(block)) ?? [];
  return statements
    .slice(statements.findIndex((one) => one === statement) + 1)
    .some((one) => nextCalled(one) !== undefined);
}
