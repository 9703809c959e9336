import type { Analysis } from "../analysis.ts";
import { inside } from "../files/inside.ts";
import { declaratorOf } from "../files/variables.ts";
import { tokenFinders } from "../operations/token-finders.ts";
import { memberName, parentOf, staticKey, unwrap, wrapped } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { possibilities, stringOf } from "../values/value.ts";
import type { Value } from "../values/value.ts";
import { readTokens } from "./holders.ts";
import { UNNAMED } from "./source.ts";

/** A cookie in which a token comes, however it is called. */
export interface ToldCookie {
  /** `UNNAMED` where the name is out of sight. */
  readonly name: string;
  /** Under which name a request holds all of them, if not `cookies`. */
  readonly jar?: string | undefined;
}

/** `cookie: { cookieName: "pass" }` of @fastify/jwt, `cookie: "pass"` of Hono: what libraries are told. */
export function toldCookies({ operations }: Analysis): ToldCookie[] {
  return operations.flatMap((operation) =>
    operation.settings("tokenCookie").flatMap(({ value, model }) =>
      possibilities(value).flatMap((one): ToldCookie[] => {
        const named = one.type === "object" ? one.properties.get(model?.namedAt ?? "")?.value : one;
        const name = named === undefined ? undefined : nameIn(named);
        return name === undefined ? [] : [{ name, jar: model?.jar }];
      }),
    ),
  );
}

/** A text, or `process.env.COOKIE_NAME`; `false` says that there is none. */
function nameIn(value: Value): string | undefined {
  if (value.type === "literal") return stringOf(value) === "" ? undefined : stringOf(value);
  return stringOf(value) ?? (value.type === "environment" ? UNNAMED : undefined);
}

/** A cookie, if it is cookies that are read from. */
export interface CookieRead {
  /** What it is read from, or the call that is asked for it: `store.get("session")` of Next, whose `value` is read. */
  readonly node: Node;
  readonly name: string;
}

/**
 * What a token is taken from, by the program's own code: `req.cookies` and `"session"` of
 * `jwt.verify(req.cookies.session, key)`, in place or through a variable, and of
 * `ExtractJwt.fromExtractors([(req) => req.cookies.session])`.
 */
export function verifiedReads(analysis: Analysis): CookieRead[] {
  const { core, file, operations } = analysis;
  const found = operations
    .flatMap((operation) => tokenFinders(core, operation))
    .filter((finder) => core.fileOf(finder) === file)
    .flatMap((finder) => inside(file.index.members, finder).filter(isTakenOut));
  return [...readTokens(analysis), ...found].flatMap((token) => readsBehind(analysis, token));
}

/** Not `if (req.cookies.theme === "dark")` */
function isTakenOut(member: Node): boolean {
  return !/^(?:Binary|Unary)Expression$/u.test(parentOf(wrapped(member))?.type ?? "");
}

/** How many variables a cookie goes through on its way to the verification. */
const MAX_NAMES = 2;

function readsBehind(analysis: Analysis, written: Node, hops = MAX_NAMES): CookieRead[] {
  const node = unwrap(written);
  switch (node.type) {
    case "LogicalExpression":
      return [node.left, node.right].flatMap((side) => readsBehind(analysis, side, hops));
    case "CallExpression":
      return [{ node, name: "" }];
    case "MemberExpression": {
      const name = memberName(node);
      return name === undefined ? [] : [{ node: unwrap(node.object), name }];
    }
    case "Identifier": {
      const declarator = declaratorOf(analysis.file, node);
      if (declarator === undefined || hops === 0) return [];
      const { id, init } = declarator;
      if (id.type !== "ObjectPattern") return readsBehind(analysis, init, hops - 1);
      return id.properties.flatMap((one) => {
        const key = one.type === "Property" ? staticKey(one.key, one.computed) : undefined;
        const isIt =
          one.type === "Property" &&
          analysis.file.variableOf(one.value) === analysis.file.variableOf(node);
        return isIt && key !== undefined ? [{ node: unwrap(init), name: key }] : [];
      });
    }
    default:
      return [];
  }
}
