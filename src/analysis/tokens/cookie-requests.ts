import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type { Analysis } from "../analysis.ts";
import { calledName, named } from "../files/source-file.ts";
import { readsOf } from "../files/variables.ts";
import {
  dottedPath,
  isWritten,
  memberName,
  parentOf,
  rootOf,
  staticKey,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { tokenCookies } from "./incoming-cookies.ts";
import { isHandedOn } from "./incoming-headers.ts";
import type { Source } from "./source.ts";
import { isTokenLabel } from "./words.ts";

/**
 * Requests that are handed on whole, of which the program reads the cookie of a token: `log(req)` beside
 * `const { token } = req.cookies`. With the request go its headers, and in them the cookies.
 */
export function cookieRequests(analysis: Analysis): Source[] {
  const { file } = analysis;
  if (!/cookie/iu.test(file.text)) return [];
  const read = [...tokenCookies(analysis), ...readByNookies(analysis)].map((node) => rootOf(node));
  const requests = new Set<Scope.Variable>();
  for (const root of read) {
    const variable = root.type === "Identifier" ? file.variableOf(root) : undefined;
    if (variable?.defs[0]?.type === "Parameter") requests.add(variable);
  }
  return [...requests].flatMap(({ name, references }) =>
    references
      .map(({ identifier }) => identifier as Node)
      .flatMap((node) => (REQUEST.test(name) ? [node] : requestOf(node)))
      .filter(isHandedOn)
      .map((node): Source => ({ node, held: "headers", certain: true })),
  );
}

const REQUEST = /^_?req(?:uest)?$/u;

/** `ctx.req` */
function requestOf(context: Node): Node[] {
  const member = parentOf(wrapped(context));
  return member?.type === "MemberExpression" && REQUEST.test(memberName(member) ?? "")
    ? [member]
    : [];
}

/** `ctx` of `const { token } = nookies.get(ctx)` and `parseCookies(ctx).token` (nookies 2) */
function readByNookies({ file }: Analysis): Node[] {
  if (!file.text.includes("nookies")) return [];
  return named(file.index.called, (name) => name === "parseCookies" || name === "get").flatMap(
    (call) => {
      const [context] = call.arguments;
      if (context === undefined || !isOfNookies(call) || !givesToken(file, call)) return [];
      return [unwrap(context)];
    },
  );
}

function isOfNookies(call: CallNode): boolean {
  return (
    calledName(call) === "parseCookies" || dottedPath(call.callee)?.join(".") === "nookies.get"
  );
}

/** Is a token taken out of the cookies that a call gives? */
function givesToken(file: Analysis["file"], call: CallNode): boolean {
  const by = parentOf(wrapped(call));
  if (by?.type !== "VariableDeclarator") return isTokenOf(call);
  return by.id.type === "ObjectPattern"
    ? by.id.properties.some(
        (one) => one.type === "Property" && isTokenLabel(staticKey(one.key, one.computed) ?? ""),
      )
    : readsOf(file, by.id).some(isTokenOf);
}

function isTokenOf(cookies: Node): boolean {
  const member = parentOf(wrapped(cookies));
  return (
    member?.type === "MemberExpression" &&
    !isWritten(member) &&
    isTokenLabel(memberName(member) ?? "")
  );
}
