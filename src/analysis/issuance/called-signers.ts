import type { Analysis } from "../analysis.ts";
import type { Core } from "../core.ts";
import { saysWho } from "../data/names.ts";
import { initOf, objectAt } from "../files/variables.ts";
import { isServerAction } from "../network/server-actions.ts";
import { saidByClient } from "../network/request.ts";
import { calleeName, enclosingFunction, staticKey, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { isForDevelopment } from "../trust/environments.ts";
import { isOfTool } from "./tool-keys.ts";
import { asksNothing } from "./unasked.ts";

/** What signs whatever claims it is told, and anybody can call. */
export interface CalledSigner {
  /** What it is told. */
  readonly node: Node;
  /** What signs that. */
  readonly name: string;
}

/**
 * `"use server"; export async function encrypt(payload) { return new SignJWT(payload)….sign(key); }`: written to be shared by
 * files of the server, and the directive makes an endpoint of it that has anything signed.
 */
export function calledSigners({ core, file, operations }: Analysis): CalledSigner[] {
  if (!file.text.includes("use server")) return [];
  return operations.flatMap(({ kind, node, payload, key, name }) => {
    if (kind !== "sign" || payload === undefined) return [];
    const owner = enclosingFunction(node);
    if (owner === undefined || !isServerAction(file, owner)) return [];
    const told = wholes(payload.node).find((one) => saidByClient(core, one)?.startsWith("action."));
    if (told !== undefined && isOfSchema(core, told)) return [];
    if (told === undefined || isOfTool(core, key) || isForDevelopment(core, node)) return [];
    return asksNothing(core, owner, { operations }) ? [{ node: told, name }] : [];
  });
}

/**
 * `payload`, `{ ...payload, iat }`; behind the spread a program says whose token it is, whatever has been told:
 * `{ ...settings, sub: crypto.randomUUID() }`
 */
function wholes(written: Node): Node[] {
  const node = unwrap(written);
  if (node.type !== "ObjectExpression") return [node];
  const said = node.properties.findLastIndex(
    (one) => one.type === "Property" && IDENTIFIES.test(staticKey(one.key, one.computed) ?? ""),
  );
  return node.properties.flatMap((one, at) =>
    one.type === "SpreadElement" && at > said ? [unwrap(one.argument)] : [],
  );
}

const IDENTIFIES = /^(?:sub|(?:user_?)?id|uid|e?mail)$/iu;

/**
 * `const preferences = Preferences.parse(input)` with `Preferences = z.object({ theme, locale })`: zod gives on what its object
 * names, and nothing of that says who somebody is or what he may.
 */
function isOfSchema(core: Core, told: Node): boolean {
  const file = core.fileOf(told);
  const parsed = initOf(file, told);
  const call = parsed?.type === "AwaitExpression" ? unwrap(parsed.argument) : parsed;
  if (call?.type !== "CallExpression" || !/\.parse(?:Async)?$/u.test(calleeName(call)))
    return false;
  const callee = unwrap(call.callee);
  const schema = callee.type === "MemberExpression" ? unwrap(callee.object) : callee;
  const made = schema.type === "Identifier" ? initOf(file, schema) : schema;
  if (made?.type !== "CallExpression" || !/(?:^|\.)(?:strict_?)?object$/iu.test(calleeName(made)))
    return false;
  const fields = objectAt(file, made.arguments[0])?.properties ?? [];
  return (
    fields.length > 0 &&
    fields.every((one) => {
      const name = one.type === "Property" ? staticKey(one.key, one.computed) : undefined;
      return name !== undefined && !IDENTIFIES.test(name) && !saysWho(name) && !RIGHTS.test(name);
    })
  );
}

/** What somebody may, or a part of the claims that holds what nobody sees. */
const RIGHTS =
  /role|admin|permission|scope|group|tenant|org|plan|tier|user|account|claims|payload|data/iu;
