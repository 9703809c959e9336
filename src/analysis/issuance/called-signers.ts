import type { Analysis } from "../analysis.ts";
import { isServerAction } from "../network/server-actions.ts";
import { saidByClient } from "../network/request.ts";
import { enclosingFunction, unwrap } from "../syntax.ts";
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
    if (told === undefined || isOfTool(core, key) || isForDevelopment(core, node)) return [];
    return asksNothing(core, owner, { operations }) ? [{ node: told, name }] : [];
  });
}

/** `payload`, `{ ...payload, iat }` */
function wholes(written: Node): Node[] {
  const node = unwrap(written);
  if (node.type !== "ObjectExpression") return [node];
  return node.properties.flatMap((one) =>
    one.type === "SpreadElement" ? [unwrap(one.argument)] : [],
  );
}
