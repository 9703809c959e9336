import type { TSESTree } from "@typescript-eslint/utils";
import { leaves } from "../answers/results.ts";
import type { Core } from "../core.ts";
import { isLookUp } from "../data/data-access.ts";
import { readsAlike } from "../data/recorded-tokens.ts";
import { readsOf } from "../files/variables.ts";
import type { Operation } from "../operations/operations.ts";
import {
  calleeName,
  contains,
  dottedPath,
  enclosingFunction,
  isFunction,
  isNullish,
  memberName,
  parentOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { wordsOf } from "../words.ts";

/**
 * Is the very token looked for among those that the program keeps, and whoever brings another turned away:
 * `const session = await Sessions.findOne({ token }); if (!session) return res.sendStatus(401);`? One that somebody makes up
 * is not among them, so what it says was written by the program, as long as that puts down none but its own.
 */
export function isFoundByToken(core: Core, { node, token }: Operation): boolean {
  const held = token === undefined ? undefined : unwrap(token.node);
  if (held === undefined || enclosingFunction(node) === undefined) return false;
  return readsAlike(core, held).some((read) => {
    const asker = enclosingFunction(read);
    if (asker === undefined || !contains(asker, node) || contains(node, read)) return false;
    return askedWith(core, read).some((asked) => isRefusedOtherwise(core, asked, node));
  });
}

/** How many names and digests lie between a token and the look-up: `const hash = sha256(token); find({ hash })`. */
const MAX_STEPS = 3;

/** What the calls give that look for the token, or for a digest of it. */
function askedWith(core: Core, read: Node, steps = MAX_STEPS): readonly CallNode[] {
  for (let from = read, at = parentOf(read); at !== undefined; from = at, at = parentOf(at)) {
    if (at.type === "CallExpression") {
      if (at.callee === from) {
        // `createHash("sha256").update(token).digest("hex")`
        if (!DIGESTS.test(calleeName(at))) return [];
        continue;
      }
      if (asksAStore(core, at)) return [at];
      if (!DIGESTS.test(calleeName(at))) return [];
    } else if (at.type === "VariableDeclarator") {
      if (at.id.type !== "Identifier" || steps === 0) return [];
      return readsOf(core.fileOf(at), at.id).flatMap((one) => askedWith(core, one, steps - 1));
    } else if (at.type === "MemberExpression") {
      // `token.length` is not the token.
      if (from.type !== "CallExpression") return [];
    } else if (!CARRIES.test(at.type)) return [];
  }
  return [];
}

/** What a token stands in as a whole, or as the one part of a key that tells entries apart. */
const CARRIES =
  /^(?:Property|(?:Object|Array|Await|Chain|TSAs|TSNonNull|TSSatisfies)Expression|TemplateLiteral|SpreadElement)$/u;

/** Not bcrypt's, which reads no more than 72 bytes: of a token that is the header and the first claims. */
const DIGESTS = /^(?!.*bcrypt).*(?:hash|digest|sha\d+|hmac|fingerprint|update|toString)\w*$/iu;

function asksAStore(core: Core, call: TSESTree.CallExpression): boolean {
  const name = calleeName(call);
  const path = dottedPath(call.callee);
  const method = memberNameOf(call.callee) ?? path?.at(-1) ?? "";
  if (wordsOf(method).some((word) => WRITES.test(word))) return false;
  const holder = (path ?? []).slice(0, -1).flatMap((one) => wordsOf(one));
  // `user.tokens.includes(token)`, `redis.get(token)`, `sessions.has(token)`
  if (OF_LISTS.test(method) || OF_KEYS.test(method))
    return holder.some((word) => KEEPS.test(word)) && !holder.some((word) => SENT.test(word));
  // `findSession(token)` may as well decode it where it waits for nothing.
  return FINDS.test(method) && (name.includes(".") || isAwaited(call)) && isLookUp(core, call);
}

const WRITES =
  /^(?:update|upsert|save|set|create|insert|add|put|push|write|replace|decode|parse)$/u;
const OF_LISTS = /^(?:includes|has|indexOf)$/u;
const OF_KEYS = /^(?:get|exists|hget|hGet|hgetall|hGetAll|sismember|sIsMember|getItem|match)$/u;
const KEEPS =
  /^(?:redis\w*|cache|kv|stores?|sessions?|tokens|whitelist|allow(?:ed|list)?|issued|active|valid|known|registry|database|db)$/u;
const SENT = /^(?:req|request|headers?|cookies?|query|params|body|local|window|document)$/u;
const FINDS =
  /^(?:find|get|fetch|load|lookup|query|execute|one|all|count|exists|first|select|where|eq)/u;

function memberNameOf(callee: Node): string | undefined {
  const inner = unwrap(callee);
  return inner.type === "MemberExpression" ? memberName(inner) : undefined;
}

function isAwaited(call: CallNode): boolean {
  return parentOf(wrapped(call))?.type === "AwaitExpression";
}

/** Is whoever is not found turned away in the flow that the token is read in, or by the look-up itself? */
function isRefusedOtherwise(core: Core, call: CallNode, read: Node): boolean {
  if (/(?:OrThrow|OrFail|orFail)$/u.test(calleeName(call))) return true;
  const callback = call.arguments.at(-1);
  const found =
    callback !== undefined && isFunction(callback) && callback.params.length > 1
      ? callback.params[1]
      : nameOf(call);
  const places =
    found === undefined
      ? [call]
      : namesIn(found).flatMap((name) => readsOf(core.fileOf(call), name));
  return places.some((place) => turnsAway(core, place, read));
}

/** `const row = await find(token)`, `const [rows] = await db.query(…, [token])` */
function nameOf(call: CallNode): Node | undefined {
  let at = wrapped(call);
  while (
    /^(?:AwaitExpression|MemberExpression|ChainExpression)$/u.test(parentOf(at)?.type ?? "") ||
    isStep(at)
  )
    at = wrapped(parentOf(at) ?? at);
  const by = parentOf(at);
  if (by?.type === "VariableDeclarator") return by.id;
  return by?.type === "AssignmentExpression" && by.left.type === "Identifier" ? by.left : undefined;
}

/** `.lean()` of `find({ token }).lean()` */
function isStep(at: Node): boolean {
  const by = parentOf(at);
  return by?.type === "CallExpression" && by.callee === at;
}

function namesIn(pattern: Node): Node[] {
  switch (pattern.type) {
    case "Identifier":
      return [pattern];
    case "ObjectPattern":
      return pattern.properties.flatMap((one) =>
        one.type === "Property" ? namesIn(one.value) : [],
      );
    case "ArrayPattern":
      return pattern.elements.flatMap((one) => (one === null ? [] : namesIn(one)));
    default:
      return [];
  }
}

/** `if (!row) return …` in front of or behind the read, in its flow; `if (row) { decode(token) }` */
function turnsAway(core: Core, place: Node, read: Node): boolean {
  let isNothing: boolean | undefined;
  let or = true;
  let and = true;
  for (let from = place, at = parentOf(place); at !== undefined; from = at, at = parentOf(at)) {
    if (at.type === "IfStatement") {
      if (at.test !== from) return false;
      if (isNothing === true && or) return leaves(core, at.consequent) && isInFlow(at, read);
      return isNothing !== true && and && contains(at.consequent, read);
    }
    if (at.type === "UnaryExpression" && at.operator === "!") isNothing = isNothing !== true;
    else if (at.type === "BinaryExpression") {
      if (!isAboutNothing(at, from)) return false;
      isNothing = !at.operator.startsWith("!") && at.operator !== ">";
    } else if (at.type === "LogicalExpression") {
      or &&= at.operator === "||";
      and &&= at.operator === "&&";
    } else if (at.type === "MemberExpression") {
      // Of no row `row.active` is no answer, but `rows.length` and `row?.active` are.
      const isOfCall = from.type === "CallExpression" || from.type === "AwaitExpression";
      if (!at.optional && !isOfCall && !COUNTS.test(memberKey(at))) return false;
    } else if (!/^(?:Chain|Await|TSNonNull|TSAs|Call)Expression$/u.test(at.type)) return false;
    else if (at.type === "CallExpression" && at.callee !== from) return false;
  }
  return false;
}

/** `length` of `rows.length`, `0` of `rows[0]` */
function memberKey(member: TSESTree.MemberExpression): string {
  return memberName(member) ?? literalText(member.property);
}

const COUNTS = /^(?:length|size|rows|rowCount|count|data|0)$/u;

/** `row === null`, `rows.length === 0`, `tokens.indexOf(token) < 0` */
function isAboutNothing({ operator, left, right }: TSESTree.BinaryExpression, side: Node): boolean {
  const other = left === side ? right : left;
  if (!/^(?:[!=]==?|[<>])$/u.test(operator)) return false;
  return isNullish(other) || /^(?:-1|0|1|false|"undefined")$/u.test(literalText(other));
}

function literalText(written: Node): string {
  const node = unwrap(written);
  if (node.type === "Literal") return JSON.stringify(node.value);
  return node.type === "UnaryExpression" && node.operator === "-"
    ? `-${literalText(node.argument)}`
    : "";
}

/** Does everybody come by the branch who comes to the read, or goes on behind it? */
function isInFlow(branch: Node, read: Node): boolean {
  const block = parentOf(branch);
  return block !== undefined && contains(block, read);
}
