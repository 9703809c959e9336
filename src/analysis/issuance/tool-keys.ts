import type { Core } from "../core.ts";
import { isStandInName } from "../files/stand-ins.ts";
import { initOf } from "../files/variables.ts";
import { isSaidByClient } from "../network/request.ts";
import type { Argument } from "../operations/arguments.ts";
import { calleeName, dottedPath, enclosingFunction, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { materials } from "../values/value.ts";
import { isDrawn } from "./drawn-names.ts";

/**
 * Is a token signed with a key that opens nothing of the program: one that whoever asks brings along, as a page to try
 * tokens with does, or `process.env.SANDBOX_KEY`, `keys.mock`, which by its name is for what stands in for the real one, or
 * `process.env.RECEIPT_KEY`, which is for a thing that nobody signs in with?
 */
export function isOfTool(core: Core, key: Argument | undefined): boolean {
  if (key === undefined) return false;
  if (isSaidByClient(core, key.node) || isMadeOfClient(core, key.node)) return true;
  const values = materials(key.value);
  const names = values.map((one) =>
    one.type === "environment" ? (one.name ?? "") : (dottedPath(one.node)?.join(".") ?? ""),
  );
  return [...names.slice(0, 1), dottedPath(key.node)?.join(".") ?? ""].some(
    (name) => isStandInName(name) || OF_THINGS.test(name),
  );
}

/** What makes the bytes of a key: `new TextEncoder().encode(secret)`, `Buffer.from(secret)` */
const MAKES_BYTES = /(?:^|\.)(?:encode|createSecretKey|Buffer\.from|importJWK|importPKCS8)$/u;

/**
 * The key that whoever asks brings along, made into bytes, or one that is drawn for him alone: what is signed with it opens
 * nothing. `keyOf(req.body.tenant)` finds one of the program.
 */
function isMadeOfClient(core: Core, written: Node): boolean {
  const name = unwrap(written);
  const file = core.fileOf(name);
  const made = name.type === "Identifier" ? initOf(file, name) : name;
  const call = made === undefined ? undefined : awaited(made);
  if (call?.type !== "CallExpression" || !MAKES_BYTES.test(calleeName(call))) return false;
  const [given] = call.arguments;
  if (given === undefined) return false;
  // A key that is drawn when the program starts is its own for as long as it runs.
  const isOfCall = enclosingFunction(call) !== undefined;
  const drawn = unwrap(given);
  return (
    isSaidByClient(core, given) ||
    (isOfCall && drawn.type === "CallExpression" && isDrawn(core, drawn))
  );
}

function awaited(node: Node): Node {
  return node.type === "AwaitExpression" ? unwrap(node.argument) : node;
}

/** In English, Spanish, French, German and Indonesian. */
const OF_THINGS =
  /receipt|recibo|beleg|invoice|download|descarga|share|partage|ticket|tiket|draft|borrador|survey|encuesta|poll_|captcha|coupon|voucher|badge|thumb|preview|export|upload|unsubscribe|embed|telemetry|metrics|(?:^|[._])cart|flash|contact|webhook|(?:^|[._])state(?:_|$)|oauth_?state|metabase|dashboard(?!.*(?:auth|jwt|session))|preferences?(?:_|$)/iu;
