import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { calledName } from "../files/source-file.ts";
import { readsOf } from "../files/variables.ts";
import {
  calleeName,
  dottedPath,
  isFunction,
  memberName,
  parentOf,
  rootOf,
  staticKey,
  textOf,
  walk,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { wordsOf } from "../words.ts";
import { isLookUp } from "./data-access.ts";

/**
 * Which calls look for a token, or for a digest of it, among those that a program keeps: `Sessions.findOne({ token })`,
 * `redis.get(token)`, `db.query("select … where token = $1", [token])`? Conditions of which others are enough do not count.
 */
export interface TokenLookUp {
  readonly call: TSESTree.CallExpression;
  /** What says that there is none: nothing, or a false verdict; a list or a driver's answer without rows; a position. */
  readonly gives: "one" | "many" | "position";
}

/** How many names and digests lie between a token and the look-up: `const hash = sha256(token); find({ hash })`. */
const MAX_STEPS = 3;

/** @param read an expression that holds the token */
export function lookUpsBy(core: Core, read: Node, steps = MAX_STEPS): readonly TokenLookUp[] {
  for (let from = read, at = parentOf(read); at !== undefined; from = at, at = parentOf(at)) {
    if (at.type === "CallExpression") {
      const gives = at.callee === from ? undefined : givenBy(core, at);
      if (gives !== undefined) return [{ call: at, gives }];
      // `createHash("sha256").update(token).digest("hex")`
      if (!DIGESTS.test(calleeName(at))) return [];
    } else if (at.type === "VariableDeclarator") {
      if (at.id.type !== "Identifier" || steps === 0) return [];
      return readsOf(core.fileOf(at), at.id).flatMap((one) => lookUpsBy(core, one, steps - 1));
    } else if (at.type === "MemberExpression") {
      // `token.length` is not the token.
      if (from.type !== "CallExpression") return [];
    } else if (at.type === "Property") {
      if (!isPlainCondition(core, at)) return [];
    } else if (!CARRIES.test(at.type)) return [];
  }
  return [];
}

/** Is an expression given to something that puts it on record, or makes such a record? */
export function isPutOnRecord(read: Node): boolean {
  for (let from = read, at = parentOf(read); at !== undefined; from = at, at = parentOf(at)) {
    if (at.type === "NewExpression") return !calleeName(at).startsWith("URL");
    if (at.type === "CallExpression")
      return at.callee !== from && wordsOf(calledName(at) ?? "").some((word) => KEEPS.test(word));
    if (at.type !== "Property" && !CARRIES.test(at.type)) return false;
  }
  return false;
}

/** What a token stands in as a whole, or as the one part of a key that tells entries apart. */
const CARRIES =
  /^(?:(?:Object|Array|Await|Chain|TSAs|TSNonNull|TSSatisfies)Expression|TemplateLiteral|SpreadElement)$/u;

/** Not bcrypt's, which reads no more than 72 bytes: of a token that is the header and the first claims. */
const DIGESTS = /^(?!.*bcrypt).*(?:hash|digest|sha\d+|hmac|fingerprint|update|toString)\w*$/iu;

/** Neither `$or: [{ token }, …]` nor `token: { $ne: token }`, and no update behind the conditions. */
function isPlainCondition(core: Core, property: TSESTree.Property): boolean {
  const name =
    staticKey(property.key, property.computed) ??
    core.fileOf(property).text.slice(...property.key.range);
  return !/^(?:\$?(?:or|nor|ne|not|nin|set)|\$setOnInsert|notIn|Op\.(?:or|ne|not|notIn)|data|update|create|defaults)$/iu.test(
    name,
  );
}

function givenBy(core: Core, call: TSESTree.CallExpression): TokenLookUp["gives"] | undefined {
  const method = calledName(call) ?? "";
  if (wordsOf(method).some((word) => WRITES.test(word))) return undefined;
  const holder = (dottedPath(call.callee) ?? []).slice(0, -1).flatMap((one) => wordsOf(one));
  const isKept =
    holder.some((word) => STORES.test(word)) && !holder.some((word) => SENT.test(word));
  // `user.tokens.includes(token)`, `sessions.has(token)`
  if (/^(?:includes|has)$/u.test(method)) return isKept ? "one" : undefined;
  if (method === "indexOf") return isKept ? "position" : undefined;
  const isSync = isPrepared(call) || !holder.some((word) => REMOTE.test(word));
  if (OF_KEYS.test(method) && isKept) return isSync || isWaitedFor(call) ? "one" : undefined;
  if (!isWaitedFor(call) && !isPrepared(call)) return undefined;
  if (/^(?:exists|count(?:Documents)?)$/u.test(method)) {
    const [asked] = call.arguments;
    return asked?.type === "ObjectExpression" ? "one" : undefined;
  }
  // `findSession(token)` may decode it.
  if (!FINDS.test(method) || !isLookUp(core, call) || !selects(core, call)) return undefined;
  return OF_MANY.test(method) ? "many" : "one";
}

const WRITES =
  /^(?:update|upsert|save|set|create|insert|add|put|push|write|replace|decode|parse)$/u;
const KEEPS = /^(?:create|upsert|save|set|setex|insert|add|put|push|store|register|write)$/u;
const OF_KEYS = /^(?:get|exists|hget|hGet|hgetall|hGetAll|sismember|sIsMember|getItem|match)$/u;
const STORES =
  /^(?:redis\w*|cache|kv|stores?|sessions?|tokens|whitelist|allow(?:ed|list)?|issued|active|valid|known|registry|database|db)$/u;
const REMOTE = /^(?:redis\w*|cache|kv|database|db)$/u;
const SENT = /^(?:req|request|headers?|cookies?|query|params|body|local|window|document)$/u;
const FINDS =
  /^(?:find|get|fetch|load|lookup|query|execute|one|all|any|many|exists|first|select|where|eq)/u;

/** Lists, and what drivers answer: both are there without a row in them. */
const OF_MANY =
  /^(?:find|findAll|findMany|findAndCountAll|filter|query|execute|exec|all|any|many\w*|select|where|\$queryRaw\w*)$/u;

/** `db.prepare("…").get(token)` of SQLite */
function isPrepared({ callee }: CallNode): boolean {
  const root = rootOf(callee);
  return root.type === "CallExpression" && calledName(root) === "prepare";
}

/** By `await`, also behind `.lean()`, by a callback or by `.then()`: a promise itself is always there. */
function isWaitedFor(call: CallNode): boolean {
  const callback = call.arguments.at(-1);
  if (callback !== undefined && isFunction(callback) && callback.params.length > 1) return true;
  for (let at: Node = call, by = parentOf(at); by !== undefined; at = by, by = parentOf(by)) {
    if (by.type === "AwaitExpression") return true;
    if (by.type === "MemberExpression") {
      if (by.object !== at) return false;
      if (memberName(by) === "then") return true;
    } else if (by.type === "CallExpression") {
      if (by.callee !== at) return false;
    } else if (!/^(?:Chain|TSNonNull|TSAs)Expression$/u.test(by.type)) return false;
  }
  return false;
}

/** Of a statement: does it read, and is its condition all that is asked? */
function selects(core: Core, call: TSESTree.CallExpression): boolean {
  let isSelecting = true;
  for (const argument of call.arguments.slice(0, 1))
    walk(argument, core.fileOf(call).visitorKeys, (part) => {
      const text = part.type === "TemplateElement" ? part.value.raw : (textOf(part) ?? "");
      if (/^\s*(?:insert|update|delete|merge|replace)\b|\bor\b|<>|!=/iu.test(text))
        isSelecting = false;
      return isSelecting;
    });
  return isSelecting;
}
