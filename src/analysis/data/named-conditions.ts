import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { objectAt, readsOf } from "../files/variables.ts";
import { readFrom } from "../network/forms.ts";
import { isSaidByClient, saidByClient } from "../network/request.ts";
import {
  calleeName,
  dottedPath,
  isLiteral,
  parentOf,
  staticKey,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { importSource } from "../values/whole-files.ts";
import { IS_PROOF, saysGroup, saysWho, PROOF } from "./names.ts";

/**
 * Conditions of a look-up that ask for nothing but what the request names: `{ where: { email: req.body.email } }`,
 * `eq(users.email, email)`.
 */

/** Boxes of conditions, and what joins them. */
const CONDITIONS = /^(?:where|filter|\$or|\$and|OR|AND)$/u;

/** What a look-up is told beside its conditions. */
const OPTIONS =
  /^(?:select|include|attributes|relations|populate|projection|raw|lean|transaction|defaults|create|update)$/u;

/**
 * `{ email, isDeleted: false }`, `{ providerId, provider }`: which kind of records is looked through is no proof of whose
 * one is. What a record says of an earlier step (`isVerified: true`) may be.
 */
function isSameForAll(key: string, value: Node): boolean {
  if (PROVIDERS.test(key)) return true;
  return isLiteral(unwrap(value)) && !OF_STEPS.test(key) && !PROOF.test(key) && !saysWho(key);
}

const PROVIDERS =
  /^(?:(?:auth|oauth|login|social)_?)?(?:provider|platform|method)$|^(?:login|auth|social)_?type$/iu;

const OF_STEPS =
  /log|sign|auth|valid|confirm|approv|allow|grant|status|state|step|pending|used|session|link|expire|challenge|check|proof|proven|ok$|done|passed|face|mfa|push/iu;

/** The conditions that an argument is, or that its variable holds as they were written. */
function conditionsOf(core: Core, written: Node): Node {
  const file = core.fileOf(written);
  const object = objectAt(file, written);
  // `find(conditions)`, `find({ where: conditions })`
  const isAsWritten = readsOf(file, unwrap(written)).every((read) =>
    /^(?:CallExpression|Property)$/u.test(parentOf(wrapped(read))?.type ?? ""),
  );
  return object !== undefined && isAsWritten ? object : unwrap(written);
}

/**
 * What the request names, of conditions that ask for nothing else.
 *
 * @param mayHoldMore whether what is named stands beside what else a new record is given
 */
export function namedInConditions(
  core: Core,
  conditions: Node,
  mayHoldMore = false,
): Node | undefined {
  const node = conditionsOf(core, conditions);
  if (node.type === "ArrayExpression") return allNamed(core, node.elements);
  if (node.type === "CallExpression" && isOperator(core, node)) return comparedBy(core, node);
  if (node.type !== "ObjectExpression") {
    const said = saidByClient(core, node);
    if (said === undefined) return undefined;
    const names = [
      said.split("."),
      ...readFrom(core.fileOf(node), node).map((base) => dottedPath(base)),
    ];
    return names.some((path) => saysWho(path?.at(-1) ?? "")) ? node : undefined;
  }
  const parts = node.properties.flatMap((property) => {
    if (property.type !== "Property") return [null];
    const key = staticKey(property.key, property.computed) ?? "";
    if (CONDITIONS.test(key) || isJoined(key, property.value))
      return [namedInConditions(core, property.value) ?? null];
    const isNamed = saysWho(key) && isSaidByClient(core, property.value);
    return OPTIONS.test(key) ||
      isSameForAll(key, property.value) ||
      (saysGroup(key) && isSaidOpenly(core, property.value)) ||
      (mayHoldMore && !isNamed && !PROOF.test(key))
      ? []
      : [isNamed ? property.value : null];
  });
  return allNamed(core, parts);
}

/** Prisma's name for several columns of one index: `email_tenantId: { email, tenantId }` */
function isJoined(key: string, written: Node): boolean {
  const value = unwrap(written);
  if (value.type !== "ObjectExpression" || value.properties.length < 2) return false;
  const names = value.properties.map((one) =>
    one.type === "Property" ? staticKey(one.key, one.computed) : undefined,
  );
  return names.join("_") === key;
}

/** Does the request say it, and under no name of what might be a proof? */
export function isSaidOpenly(core: Core, written: Node): boolean {
  const said = saidByClient(core, written);
  return said !== undefined && !PROOF.test(said.split(".").at(-1) ?? "");
}

/** `eq(users.email, email)` and `and(…)` of drizzle */
export function isOperator(core: Core, node: TSESTree.CallExpression): boolean {
  if (node.callee.type !== "Identifier") return false;
  const source = importSource(core.fileOf(node).variableOf(node.callee))?.value ?? "";
  return /^drizzle-orm(?:\/|$)/u.test(source);
}

/** What the request names, of a column that is compared with it, or of several of them. */
export function comparedBy(core: Core, call: TSESTree.CallExpression): Node | undefined {
  const { arguments: given } = call;
  const name = calleeName(call);
  if (/^(?:and|or)$/u.test(name))
    return allNamed(
      core,
      given
        .filter((one) => !comparesGroup(core, one))
        .map((one) => namedInConditions(core, one) ?? null),
    );
  const [column, value] = given;
  if (!/^(?:eq|i?like)$/u.test(name) || column === undefined || value === undefined)
    return undefined;
  const path = dottedPath(column)?.join(".") ?? "";
  const isNamed =
    saysWho(path.split(".").at(-1) ?? "") &&
    // `sessions.id`: nobody else knows it.
    !IS_PROOF.test(path) &&
    !PROOF.test(path) &&
    isSaidByClient(core, value);
  return isNamed ? value : undefined;
}

/** `eq(users.tenantId, tenantId)` beside `eq(users.email, email)` */
export function comparesGroup(core: Core, written: Node): boolean {
  const call = unwrap(written);
  if (call.type !== "CallExpression" || calleeName(call) !== "eq") return false;
  const [column, value] = call.arguments;
  const name = column === undefined ? undefined : dottedPath(column)?.at(-1);
  return saysGroup(name ?? "") && value !== undefined && isSaidOpenly(core, value);
}

/** The first of them, where each is named by the request; conditions that are none decide something else. */
function allNamed(core: Core, parts: readonly (Node | null)[]): Node | undefined {
  const said = parts.map((part) => {
    if (part === null) return undefined;
    const node = unwrap(part);
    return node.type === "ObjectExpression" || node.type === "ArrayExpression"
      ? namedInConditions(core, node)
      : part;
  });
  return said.every((one) => one !== undefined) ? said[0] : undefined;
}
