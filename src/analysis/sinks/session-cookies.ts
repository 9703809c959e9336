import type { Analysis } from "../analysis.ts";
import { dottedPath, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { table } from "../table.ts";
import { isOfOtherTrade, tokenName } from "../tokens/words.ts";
import { madeHere } from "../values/made-by.ts";
import { stringOf } from "../values/value.ts";
import type { Value } from "../values/value.ts";
import { flagsOf } from "./cookies.ts";
import type { CookieWrite } from "./cookies.ts";

/**
 * Cookies of session middleware in which a program keeps a token: `req.session.token = token`. They
 * have both flags, or the connection decides, unless the options take one away.
 */
export function sessionCookies(analysis: Analysis): CookieWrite[] {
  return [...ofMiddleware(analysis), ...ofPocketBase(analysis)];
}

/** `pb.authStore.exportToCookie({ httpOnly: false })` of pocketbase (0.28): token and user, with both flags. */
function ofPocketBase({ core, file }: Analysis): CookieWrite[] {
  return (file.index.called.get("exportToCookie") ?? []).flatMap((call) => {
    const callee = unwrap(call.callee);
    const [given] = call.arguments;
    if (callee.type !== "MemberExpression" || given === undefined || given.type === "SpreadElement")
      return [];
    const path = dottedPath(callee);
    if (path?.at(-2) !== "authStore") return [];
    const flags = flagsOf(core, core.evaluate(given), { defaults: BOTH });
    const setter = path.slice(-2).join(".");
    return [
      { node: call, setter, name: undefined, value: callee.object, holdsToken: true, ...flags },
    ];
  });
}

function ofMiddleware(analysis: Analysis): CookieWrite[] {
  const kept = keptTokens(analysis);
  if (kept.length === 0) return [];
  return analysis.file.index.calls.flatMap((call) => {
    const { defaults = BOTH, options } = told(analysis, call);
    if (options === undefined) return [];
    const setter = dottedPath(call.callee)?.join(".") ?? "This session";
    const flags = flagsOf(analysis.core, options, { defaults });
    return kept.map((token): CookieWrite => ({ node: call, setter, ...token, ...flags }));
  });
}

/** What is put into the session under the name of a token: `session.token = …`, `session.set("token", …)`. */
function keptTokens(analysis: Analysis): Pick<CookieWrite, "name" | "value">[] {
  const { file } = analysis;
  const { index } = file;
  const kept = (
    key: string | undefined,
    value: Node | undefined,
  ): ReturnType<typeof keptTokens> => {
    const strength = key === undefined ? undefined : tokenName(key);
    if (strength === undefined) return [];
    // A mere `token` of a session may be one of its forms.
    const says = strength === "strong" || !isOfOtherTrade(file);
    return [{ name: says ? key : undefined, value }];
  };
  return [
    ...index.assignments.flatMap(({ left, right }) => {
      const path = dottedPath(left);
      return path?.at(-2) === "session" ? kept(path.at(-1), right) : [];
    }),
    ...(index.called.get("set") ?? []).flatMap(({ callee, arguments: [key, value] }) => {
      if (dottedPath(callee)?.at(-2) !== "session" || key === undefined) return [];
      return kept(stringOf(analysis.evaluate(key)), value);
    }),
  ];
}

/** Where a package takes the options of its cookie. */
interface Place {
  readonly position: number;
  /** The member of that argument which holds them. */
  readonly member?: string;
  /** The function that is given them, where it is not what the package exports by default. */
  readonly function?: string;
  /** The flags that the cookie has without a word. */
  readonly defaults?: Flags;
}

type Flags = Parameters<typeof flagsOf>[2]["defaults"];

const BOTH: Flags = { httpOnly: true, secure: true };

/** Of @remix-run/server-runtime 2.17: `path` and `sameSite` are all that its cookies have by themselves. */
const REMIX: Place = {
  position: 0,
  member: "cookie",
  function: "createCookieSessionStorage",
  defaults: { httpOnly: false, secure: false },
};

const PLACES: Readonly<Record<string, Place>> = table({
  "cookie-session": { position: 0 },
  "express-session": { position: 0, member: "cookie" },
  "@fastify/session": { position: 0, member: "cookie" },
  "iron-session": { position: -1, member: "cookieOptions" },
  "@remix-run/node": REMIX,
  "@remix-run/cloudflare": REMIX,
  "@remix-run/deno": REMIX,
  "@remix-run/server-runtime": REMIX,
  "react-router": REMIX,
});

/** The options of the cookie that a call is given, and what holds without them. */
function told(
  analysis: Analysis,
  call: CallNode,
): { readonly options?: Value | undefined; readonly defaults?: Flags | undefined } {
  const maker = madeHere(analysis.core, call.callee);
  const place =
    maker === undefined || maker.call !== undefined ? undefined : PLACES[maker.specifier];
  if (place === undefined) return {};
  const { position, member, function: name, defaults } = place;
  if (name !== undefined && maker?.path.at(-1) !== name) return {};
  const argument = call.arguments.at(position);
  if (argument === undefined || argument.type === "SpreadElement") return {};
  const options = analysis.evaluate(unwrap(argument));
  if (member === undefined) return { options, defaults };
  if (options.type !== "object") return {};
  return { options: options.properties.get(member)?.value, defaults };
}
