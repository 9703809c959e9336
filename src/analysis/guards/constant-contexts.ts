import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { isLogCall, isLogged } from "../logging.ts";
import { inside } from "../files/inside.ts";
import type { SourceFile } from "../files/source-file.ts";
import { isStandIn } from "../files/stand-ins.ts";
import { readsOf } from "../files/variables.ts";
import type { Operation } from "../operations/operations.ts";
import {
  calleeName,
  contains,
  memberName,
  parentOf,
  propertyValue,
  staticKey,
  textOf,
  unwrap,
} from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { returnArguments } from "../values/classes.ts";
import { madeHere } from "../values/made-by.ts";
import { must } from "../values/value.ts";
import { hasWithin } from "../within.ts";

/** What serves GraphQL, and is told a function that makes of a request what all resolvers are given (@apollo/server 5, graphql-yoga 5). */
const SERVERS = [
  "ApolloServer",
  "startStandaloneServer",
  "expressMiddleware",
  "startServerAndCreateNextHandler",
  "startServerAndCreateLambdaHandler",
  "createYoga",
];

/**
 * The context of a GraphQL server that takes the token out of a request, does nothing with it, and says that somebody asks
 * whom the program has written there: `context: ({ req }) => { const token = req.headers.authorization; return { userId: 5 }; }`.
 * What a server does in front of it is not seen, so a file that verifies something is left alone.
 *
 * @returns where it is said who asks
 */
export function constantContexts(core: Core, operations: readonly Operation[]): Node[] {
  const { file } = core;
  const { called } = file.index;
  if (!/authorization/iu.test(file.code) || isStandIn(file)) return [];
  if (operations.some(({ kind }) => kind !== "sign" && kind !== "key")) return [];
  if (mayBeGuarded(core)) return [];
  return SERVERS.flatMap((name) => called.get(name) ?? []).flatMap((call) => {
    if (!OF_GRAPHQL.test(madeHere(core, call.callee)?.specifier ?? "")) return [];
    const owner = contextOf(core, call);
    const isOpen = owner !== undefined && isTokenUnused(core, owner) && asksNobody(core, owner);
    return isOpen ? constantsIn(core, owner) : [];
  });
}

const OF_GRAPHQL = /graphql|apollo|yoga/iu;

/** `app.use("/graphql", requireAuth, expressMiddleware(server, …))`, `app.register(authPlugin)`: what stands before or beside it may ask. */
function mayBeGuarded({ file: { index, text } }: Core): boolean {
  return MOUNTS.flatMap((name) => index.called.get(name) ?? []).some(({ arguments: given }) =>
    given.some(
      (one) =>
        textOf(one) === undefined && !HARMLESS.test(text.slice(one.range[0], one.range[0] + 60)),
    ),
  );
}

const MOUNTS = ["use", "register", "addHook", "all"];

/** Middlewares that ask nobody, and those of the servers themselves. */
const HARMLESS =
  /^(?:new )?\w*\.?(?:cors|json|urlencoded|raw|text|helmet|compression|morgan|static|bodyParser|cookieParser|graphqlUploadExpress|expressMiddleware|koaMiddleware|yoga|getMiddleware|router|routes|allowedMethods)\w*\b/iu;

function contextOf(core: Core, { arguments: given }: CallNode): FunctionNode | undefined {
  for (const one of given) {
    const options = unwrap(one);
    const context =
      options.type === "ObjectExpression" ? propertyValue(options, "context") : undefined;
    const value = context === undefined ? undefined : core.evaluate(context);
    // Of another file, a finding would stand where nobody sees it.
    if (value?.type === "function" && core.fileOf(value.node) === core.file) return value.node;
  }
  return undefined;
}

/** Does it read the header, and is what holds that read by nothing but logs? */
function isTokenUnused(core: Core, owner: FunctionNode): boolean {
  const reads = readsOfHeader(core.fileOf(owner), owner);
  return reads.length > 0 && reads.every((read) => isUnused(core.fileOf(owner), read, MAX_NAMES));
}

/** `req.headers.authorization`, `req.headers.get("authorization")`, `const { authorization } = req.headers` */
function readsOfHeader(file: SourceFile, owner: FunctionNode): Node[] {
  const { members, called, patterns } = file.index;
  return [
    ...inside(members, owner).filter((one) => isHeader(memberName(one))),
    ...inside(called.get("get") ?? [], owner).filter((one) => isHeader(textOf(one.arguments[0]))),
    ...inside(patterns, owner).flatMap(({ properties }) =>
      properties.flatMap((one) =>
        one.type === "Property" && isHeader(staticKey(one.key, one.computed)) ? one.value : [],
      ),
    ),
  ];
}

function isHeader(name: string | undefined): boolean {
  return name?.toLowerCase() === "authorization";
}

/** Through how many names a token is followed that nobody uses: `const { authorization } = headers; const token = authorization;` */
const MAX_NAMES = 3;

function isUnused(file: SourceFile, read: Node, hops: number): boolean {
  if (isLogged(read)) return true;
  const holder = holderOf(read);
  if (holder === undefined || hops === 0) return false;
  const name = contains(holder.id, read) ? read : holder.id;
  return (
    name.type === "Identifier" && readsOf(file, name).every((one) => isUnused(file, one, hops - 1))
  );
}

/** What an expression is part of that a name is given, whatever is done on the way: its calls are asked about by themselves. */
function holderOf(read: Node): TSESTree.VariableDeclarator | undefined {
  let at = parentOf(read);
  while (at !== undefined && /Expression$|^(?:Property|ObjectPattern)$/u.test(at.type))
    at = parentOf(at);
  return at?.type === "VariableDeclarator" ? at : undefined;
}

/** How many functions are looked into from a context, one inside of the other. */
const MAX_HOPS = 3;

/** Does it refuse nobody, look at nobody whom the server has found out before (`req.user`), and call nothing that may? */
function asksNobody(core: Core, owner: FunctionNode, hops = MAX_HOPS): boolean {
  return !hasWithin(core, owner.body, (node) => {
    switch (node.type) {
      case "ThrowStatement":
      case "IfStatement":
        return true;
      case "MemberExpression":
        return KNOWN.test(memberName(node) ?? "");
      case "CallExpression":
      case "NewExpression":
        return !isHarmless(core, node, hops);
      default:
        return false;
    }
  });
}

/** Where servers keep who has signed in. */
const KNOWN = /^(?:user|auth|session|account|state|locals|requestContext|authorizer)$/u;

function isHarmless(core: Core, call: CallNode, hops: number): boolean {
  if (isLogCall(call)) return true;
  const name = calleeName(call);
  if (unwrap(call.callee).type === "MemberExpression") return OF_TEXT.test(name);
  const target = core.evaluate(call.callee);
  return (
    target.type === "function" &&
    hops > 0 &&
    !ASKS.test(name) &&
    asksNobody(core, target.node, hops - 1)
  );
}

/** Methods that look at a text or a list, or give a header. */
const OF_TEXT =
  /\.(?:split|trim|replace|startsWith|toLowerCase|slice|substring|get|entries|fromEntries|keys|reduce|map|filter)$/u;

const ASKS = /auth|verif|valid|session|user|check|guard|decode|find/iu;

/** Who asks, where all that is answered says the same of it. */
function constantsIn(core: Core, owner: FunctionNode): Node[] {
  const { text } = core.fileOf(owner);
  if (FOR_SOME.test(text.slice(...owner.range))) return [];
  const answers = returnArguments(core, owner).map(unwrap);
  const [said, ...others] = answers.map((one) =>
    one.type === "ObjectExpression" ? constantIn(core, one) : undefined,
  );
  return said === undefined || others.length > 0 ? [] : [said];
}

/** `userId: 5` of `{ userId: 5, loaders }`, `id: "42"` of `{ user: { id: "42", name: "…" } }` */
function constantIn(
  core: Core,
  { properties }: TSESTree.ObjectExpression,
  who = WHO,
): Node | undefined {
  for (const one of properties) {
    if (one.type !== "Property") continue;
    const name = staticKey(one.key, one.computed) ?? "";
    if (who.test(name) && isConstant(core, one.value)) return one;
    const value = unwrap(one.value);
    const part =
      value.type === "ObjectExpression" && USER.test(name)
        ? constantIn(core, value, OF_USER)
        : undefined;
    if (part !== undefined) return part;
  }
  return undefined;
}

function isConstant(core: Core, written: Node): boolean {
  return must(core.evaluate(written), (one) => one.type === "literal" && Boolean(one.value));
}

const USER = /^(?:current_?|auth_?)?user$/iu;

/** What a user himself calls what says who he is. */
const OF_USER = /^(?:_?id|sub|uid|user_?id|e?mail)$/iu;

const WHO = /^(?:(?:current_?|auth_?)?user_?id|uid)$/iu;

/** Whoever comes may be a guest, and what runs in development or shows how something works may name one user. */
const FOR_SOME =
  /guest|anonym|visitor|demo|sample|mock|fake|public|dev\b|development|NODE_ENV|\btest/iu;
