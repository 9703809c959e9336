import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { initOf } from "../files/variables.ts";
import { saidByClient } from "../network/request.ts";
import { sentIn } from "../network/sent-in.ts";
import { dottedPath, isLiteral, memberName, textOf, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { insideCall } from "../values/call-context.ts";
import { returnArguments } from "../values/classes.ts";
import { must } from "../values/value.ts";

/** What of a request a test looks at that holds for whoever sends the right thing. */
export interface SaidTest {
  /** Where it is sent, `headers.x-internal`; what a socket says as it connects stands in `handshake.query.kind`. */
  readonly path: string;
  /**
   * `is-there`: `req.query.debug`. `is`: `req.get("x-internal") === "1"`. `has`: of a text no more than a part
   * is asked, `req.body.query.startsWith("query Introspection")`.
   */
  readonly how: "is-there" | "is" | "has";
  /** The text that it is compared with. */
  readonly text?: string;
}

/** How many functions a test is looked for in: `const isHarmless = (req) => req.body.query.startsWith("…")`. */
const MAX_CALLS = 2;

/** What passes by itself: each side of `a || b`, also of a constant that holds what is asked. */
export function partsOf(core: Core, written: Node): Node[] {
  const test = unwrap(written);
  if (test.type === "LogicalExpression" && test.operator === "||")
    return [test.left, test.right].flatMap((one) => partsOf(core, one));
  const init = test.type === "Identifier" ? initOf(core.fileOf(test), test) : undefined;
  return init !== undefined && /^(?:Binary|Logical)Expression$/u.test(init.type)
    ? partsOf(core, init)
    : [test];
}

/** What a test asks of a request, where nothing but the method and the address is asked beside it. */
export function saidTest(core: Core, written: Node, hops = MAX_CALLS): SaidTest | undefined {
  const test = unwrap(written);
  switch (test.type) {
    case "BinaryExpression":
      return comparedTest(core, test);
    case "MemberExpression":
    case "Identifier":
      return testOf(core, test, "is-there");
    case "LogicalExpression":
      return test.operator === "&&" ? besideForm(core, test, hops) : undefined;
    case "CallExpression":
      return (
        testOf(core, test, "is-there") ??
        partTest(core, test) ??
        (hops > 0 ? answeredTest(core, test, hops - 1) : undefined)
      );
    default:
      return undefined;
  }
}

function testOf(
  core: Core,
  asked: Node,
  how: SaidTest["how"],
  text?: string,
): SaidTest | undefined {
  // What something is made of may be looked up by it: `rows.find(req.query.debug)`.
  const isRead = unwrap(asked).type !== "CallExpression";
  const said = isRead ? saidByClient(core, asked) : undefined;
  const [place, ...others] = said === undefined ? [...(sentIn(core, asked) ?? [])] : [said];
  const [path] = /(?:handshake\.)?(?:headers|query|body|auth)\.[\w-]+$/u.exec(place ?? "") ?? [];
  return path === undefined || others.length > 0
    ? undefined
    : { path, how, ...(text !== undefined && { text }) };
}

/** `req.get("x-internal") === "true"`, `socket.handshake.query.kind === KINDS.agent` */
function comparedTest(
  core: Core,
  { operator, left, right }: TSESTree.BinaryExpression,
): SaidTest | undefined {
  if (!/^===?$/u.test(operator)) return undefined;
  const written = [right, left].find((one) => isLiteral(one) || isConstant(core, one));
  if (written === undefined || textOf(written) === "") return undefined;
  const { text } = core.fileOf(written);
  return testOf(core, written === left ? right : left, "is", text.slice(...written.range));
}

/** `KINDS.agent`: a text that the program writes down. One that is called a key may be known to nobody. */
function isConstant(core: Core, side: Node): boolean {
  const path = dottedPath(side)?.join(".");
  return (
    path !== undefined &&
    !SECRET.test(path) &&
    must(core.evaluate(side), (one) => one.type === "literal" && typeof one.value === "string")
  );
}

const SECRET = /key|secret|token|pass|pwd|hash|credential/iu;

/** `text.startsWith("query Introspection")`, `/introspection/.test(req.body.query)` */
function partTest(core: Core, call: CallNode): SaidTest | undefined {
  const callee = unwrap(call.callee);
  const [given] = call.arguments;
  if (callee.type !== "MemberExpression" || given === undefined) return undefined;
  switch (memberName(callee)) {
    case "startsWith":
    case "endsWith":
    case "includes":
      return isLiteral(given) || isConstant(core, given)
        ? testOf(core, callee.object, "has")
        : undefined;
    case "match":
      return isPattern(core, given) ? testOf(core, callee.object, "has") : undefined;
    case "test":
      return isPattern(core, callee.object) ? testOf(core, given, "has") : undefined;
    default:
      return undefined;
  }
}

function isPattern(core: Core, node: Node): boolean {
  return must(core.evaluate(node), ({ type }) => type === "regexp");
}

/** What a function of the program that is called answers. */
function answeredTest(core: Core, call: CallNode, hops: number): SaidTest | undefined {
  const target = core.evaluate(call.callee);
  const owner = target.type === "function" ? target.node : undefined;
  const inner = owner === undefined ? undefined : insideCall(core, owner, call);
  if (owner === undefined || inner === undefined) return undefined;
  const [answer, ...others] = returnArguments(inner, owner);
  if (answer === undefined || others.length > 0) return undefined;
  return partsOf(inner, answer).flatMap((one) => saidTest(inner, one, hops) ?? [])[0];
}

/** `req.method === "POST" && text.startsWith("…")`, `req.body.query && req.body.query.startsWith("…")` */
function besideForm(
  core: Core,
  test: TSESTree.LogicalExpression,
  hops: number,
): SaidTest | undefined {
  const asked = sidesOf(test)
    .filter((one) => !isOfForm(one))
    .map((one) => saidTest(core, one, hops));
  const last = asked.at(-1);
  return asked.every((one) => one?.path === last?.path) ? last : undefined;
}

function sidesOf(written: Node): Node[] {
  const test = unwrap(written);
  return test.type === "LogicalExpression" && test.operator === "&&"
    ? [...sidesOf(test.left), ...sidesOf(test.right)]
    : [test];
}

/** `req.method === "POST"`, `req.body`, `req.url.startsWith("/graphql")`: so it is asked whoever asks. */
function isOfForm(written: Node): boolean {
  const test = unwrap(written);
  switch (test.type) {
    case "BinaryExpression":
      return isNamed(test.left, /^method$/u) || isGraphql(test.left, test.right);
    case "CallExpression": {
      const callee = unwrap(test.callee);
      const [given] = test.arguments;
      return callee.type === "MemberExpression" && isGraphql(callee.object, given);
    }
    default:
      return isNamed(test, /^body$/u);
  }
}

function isNamed(node: Node, name: RegExp): boolean {
  const [, member = "", ...more] = dottedPath(node) ?? [];
  return more.length === 0 && name.test(member);
}

/** All that is asked of GraphQL goes to one address. */
function isGraphql(address: Node, text: Node | undefined): boolean {
  return isNamed(address, /^(?:path|url|originalUrl)$/u) && /graphql/iu.test(textOf(text) ?? "");
}
