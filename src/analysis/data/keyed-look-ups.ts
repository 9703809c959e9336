import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { isSaidByClient, saidByClient } from "../network/request.ts";
import { dottedPath, memberName, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { wordsOf } from "../words.ts";
import { saysWho } from "./names.ts";
import { partsOf } from "./statements.ts";

/**
 * What the request names, of the key by which a store is asked for an account: `env.ACCOUNTS.get("account" + name)`,
 * ``redis.get(`user:${name}`)``, `users.get(name)`. Every word beside it has to speak of accounts or of stores: that there
 * is a key `verified:` or `session:` of somebody may well be a proof.
 */
export function namedInKey(core: Core, call: TSESTree.CallExpression): Node | undefined {
  const callee = unwrap(call.callee);
  const [key, ...more] = call.arguments;
  if (callee.type !== "MemberExpression" || !ASKS.test(memberName(callee) ?? "")) return undefined;
  if (key === undefined || more.some((one) => isSaidByClient(core, one))) return undefined;
  const parts = partsOf(unwrap(key));
  const [named, ...others] = parts.flatMap((part) => (typeof part === "string" ? [] : [part]));
  const field = named === undefined ? undefined : saidByClient(core, named)?.split(".").at(-1);
  if (others.length > 0 || field === undefined || !saysWho(field)) return undefined;
  const texts = parts.filter((part) => typeof part === "string");
  const words = [...texts, ...(dottedPath(callee.object) ?? ["?"])].flatMap((one) => wordsOf(one));
  const isOfAccounts = words.some((word) => ACCOUNTS.test(word));
  return isOfAccounts && words.every((word) => ACCOUNTS.test(word) || STORES.test(word))
    ? named
    : undefined;
}

const ASKS = /^(?:get|hgetall|hGetAll)$/u;

const ACCOUNTS = /^(?:users?|accounts?|members?|customers?|profiles?|employees?|students?)$/u;

const STORES =
  /^(?:env|this|kv|redis|client|cache|stores?|storage|map|db|database|namespace|table|data|by|id|email|names?|username)$/u;
