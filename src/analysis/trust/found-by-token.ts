import type { TSESTree } from "@typescript-eslint/utils";
import { leaves } from "../answers/results.ts";
import type { Core } from "../core.ts";
import { readsAlike } from "../data/recorded-tokens.ts";
import { isPutOnRecord, lookUpsBy } from "../data/token-look-ups.ts";
import type { TokenLookUp } from "../data/token-look-ups.ts";
import { readsOf } from "../files/variables.ts";
import type { Operation } from "../operations/operations.ts";
import {
  calleeName,
  contains,
  enclosingFunction,
  isFunction,
  isNullish,
  memberName,
  parentOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";

/**
 * Is the very token looked for among those that the program keeps, and whoever brings another turned away:
 * `const session = await Sessions.findOne({ token }); if (!session) return res.sendStatus(401);`? One that somebody makes up
 * is not among them, so what it says was written by the program, as long as that puts down none but its own.
 */
export function isFoundByToken(core: Core, { node, token }: Operation): boolean {
  const held = token === undefined ? undefined : unwrap(token.node);
  if (held === undefined || enclosingFunction(node) === undefined) return false;
  const reads = readsAlike(core, held);
  return reads.some((read) => {
    const asker = enclosingFunction(read);
    if (asker === undefined || !contains(asker, node) || contains(node, read)) return false;
    return lookUpsBy(core, read).some((lookUp) => {
      const refusal = refusalWithout(core, lookUp, node);
      if (refusal === undefined || isGivenAgain(core, read)) return false;
      // `if (!session) session = await Sessions.create({ token })`: any token is on record then.
      return !reads.some((one) => one.range[0] < refusal.range[0] && isPutOnRecord(one));
    });
  });
}

/** `if (req.query.as) token = req.query.as;` behind the look-up */
function isGivenAgain(core: Core, read: Node): boolean {
  const references = core.fileOf(read).variableOf(read)?.references ?? [];
  return references.some((one) => one.isWrite() && one.identifier.range[0] > read.range[0]);
}

/** Where whoever is not found is turned away in the flow that the token is read in, or by the look-up itself. */
function refusalWithout(core: Core, { call, gives }: TokenLookUp, read: Node): Node | undefined {
  if (/(?:OrThrow|OrFail|orFail)$/u.test(calleeName(call))) return call;
  const found = nameOf(call);
  const places =
    found === undefined
      ? [{ node: call as Node, isRow: false }]
      : namesIn(found).flatMap(({ name, isRow }) =>
          readsOf(core.fileOf(call), name).map((node) => ({ node, isRow })),
        );
  for (const { node, isRow } of places) {
    const refusal = turnsAway(core, node, isRow ? "one" : gives, read);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

/** `row` of `const row = await find(token)`, of `db.get("…", [token], (error, row) => …)` and of `.then((row) => …)` */
function nameOf(call: CallNode): Node | undefined {
  const callback = call.arguments.at(-1);
  if (callback !== undefined && isFunction(callback)) return callback.params[1];
  for (let at = wrapped(call); ;) {
    const by = parentOf(at);
    if (by === undefined) return undefined;
    if (by.type === "VariableDeclarator") return by.id;
    if (by.type === "AssignmentExpression")
      return by.left.type === "Identifier" ? by.left : undefined;
    if (by.type === "MemberExpression" && memberName(by) === "then") {
      const then = parentOf(by);
      const handler = then?.type === "CallExpression" ? then.arguments[0] : undefined;
      return handler !== undefined && isFunction(handler) ? handler.params[0] : undefined;
    }
    // `.lean()` of `find({ token }).lean()`
    const isStep = by.type === "CallExpression" && by.callee === at;
    if (!isStep && !/^(?:Await|Member|Chain)Expression$/u.test(by.type)) return undefined;
    at = wrapped(by);
  }
}

/** `[row]` is the first row of a list, `[rows]` all that a driver answers. */
function namesIn(pattern: Node): { readonly name: Node; readonly isRow: boolean }[] {
  switch (pattern.type) {
    case "Identifier":
      return [{ name: pattern, isRow: false }];
    case "ObjectPattern":
      return pattern.properties.flatMap((one) =>
        one.type === "Property" ? namesIn(one.value) : [],
      );
    case "ArrayPattern": {
      const [first] = pattern.elements;
      const isRow = first?.type === "Identifier" && !/s$|list$|result/iu.test(first.name);
      return first?.type === "Identifier"
        ? [{ name: first, isRow }]
        : first == null
          ? []
          : namesIn(first);
    }
    default:
      return [];
  }
}

/** `if (!row) return …` in the flow of the read, `if (row) { decode(token) }`, `row ? decode(token) : refuse()` */
function turnsAway(
  core: Core,
  place: Node,
  gives: TokenLookUp["gives"],
  read: Node,
): Node | undefined {
  // Is this asked for nothing, and is it known of what was found whether there is anything at all?
  let isNothing = false;
  let isTold = gives === "one";
  let or = true;
  let and = true;
  for (let from = place, at = parentOf(place); at !== undefined; from = at, at = parentOf(at)) {
    switch (at.type) {
      case "IfStatement":
        if (at.test !== from || !isTold) return undefined;
        if (isNothing)
          return or && leaves(core, at.consequent) && isInFlow(at, read) ? at : undefined;
        return and && contains(at.consequent, read) ? at : undefined;
      case "ConditionalExpression":
        if (at.test !== from || !isTold) return undefined;
        if (isNothing) return or && contains(at.alternate, read) ? at : undefined;
        return and && contains(at.consequent, read) ? at : undefined;
      case "UnaryExpression":
        if (at.operator !== "!") return undefined;
        isNothing = !isNothing;
        break;
      case "BinaryExpression": {
        const asked = askedOf(at, from);
        if (asked === undefined) return undefined;
        // A list is never null.
        isTold ||= gives === "position" && asked.isNumber;
        isNothing = asked.isNothing;
        break;
      }
      case "LogicalExpression":
        // `row ?? context.throw(401)`
        if (at.operator === "??" || (at.operator === "||" && isThrow(at.right)))
          return at.left === from &&
            isThrow(at.right) &&
            isTold &&
            !isNothing &&
            isInFlow(statementOf(at), read)
            ? at
            : undefined;
        or &&= at.operator === "||";
        and &&= at.operator === "&&";
        break;
      case "MemberExpression": {
        const isCounted = COUNTS.test(memberKey(at));
        // Of no row `row.active` is no answer, but `rows.length` and `row?.active` are.
        if (!at.optional && !isCounted && !/^(?:Call|Await)/u.test(from.type)) return undefined;
        isTold ||= isCounted && memberKey(at) !== "rows";
        break;
      }
      case "CallExpression":
        if (at.callee !== from) return undefined;
        break;
      case "ChainExpression":
      case "AwaitExpression":
      case "TSNonNullExpression":
      case "TSAsExpression":
        break;
      default:
        return undefined;
    }
  }
  return undefined;
}

/** `context.throw(401)`, `deny()` */
function isThrow(written: Node): boolean {
  const node = unwrap(written);
  return (
    node.type === "CallExpression" &&
    /(?:^|\.)(?:throw|deny|fail|reject|refuse|unauthori[sz]ed|forbidden)\w*$/iu.test(
      calleeName(node),
    )
  );
}

function statementOf(node: Node): Node {
  let at = node;
  while (!/Statement$|Declaration$/u.test(at.type)) {
    const by = parentOf(at);
    if (by === undefined) return at;
    at = by;
  }
  return at;
}

/** `length` of `rows.length`, `0` of `rows[0]` */
function memberKey(member: TSESTree.MemberExpression): string {
  return memberName(member) ?? literalText(member.property);
}

const COUNTS = /^(?:length|size|rows|rowCount|count|0)$/u;

/** `row === null`, `rows.length === 0`, `tokens.indexOf(token) < 0` */
function askedOf(
  { operator, left, right }: TSESTree.BinaryExpression,
  side: Node,
): { readonly isNothing: boolean; readonly isNumber: boolean } | undefined {
  const other = left === side ? right : left;
  const text = literalText(other);
  const isNumber = /^(?:-1|0|1)$/u.test(text);
  if (!isNumber && !isNullish(other) && !/^(?:false|"undefined")$/u.test(text)) return undefined;
  // `rows.length !== 1` refuses nobody's row as well, `rows.length === 1` lets one in.
  const isOne = text === "1" && /^[!=]==?$/u.test(operator);
  if (isOne) return { isNothing: operator.startsWith("!"), isNumber };
  if (/^[!=]==?$/u.test(operator)) return { isNothing: operator.startsWith("="), isNumber };
  return /^[<>]$/u.test(operator) ? { isNothing: operator === "<", isNumber } : undefined;
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
