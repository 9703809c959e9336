import type { Analysis } from "../analysis.ts";
import { dottedPath, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { table } from "../table.ts";
import { tokenName } from "../tokens/words.ts";
import { madeHere } from "../values/made-by.ts";
import type { Value } from "../values/value.ts";
import { flagsOf } from "./cookies.ts";
import type { CookieWrite } from "./cookies.ts";

/**
 * Cookies of session middleware in which a program keeps a token: `req.session.token = token`. They
 * have both flags, or the connection decides, unless the options take one away.
 */
export function sessionCookies(analysis: Analysis): CookieWrite[] {
  const value = keptToken(analysis);
  if (value === undefined) return [];
  return analysis.file.index.calls.flatMap((call) => {
    const options = optionsOf(analysis, call);
    if (options === undefined) return [];
    const setter = dottedPath(call.callee)?.join(".") ?? "This session";
    const flags = flagsOf(analysis.core, options, { defaults: { httpOnly: true, secure: true } });
    return [{ node: call, setter, name: undefined, value, ...flags }];
  });
}

/** What is put into the session under the name of a token. */
function keptToken({ file }: Analysis): Node | undefined {
  return file.index.assignments.find(({ left }) => {
    const path = dottedPath(left);
    const name = path?.at(-1);
    return path?.at(-2) === "session" && name !== undefined && tokenName(name) !== undefined;
  })?.right;
}

/** Where the options of the cookie stand: the position of an argument, and a member of it. */
const PACKAGES: Readonly<Record<string, readonly [position: number, member?: string]>> = table({
  "cookie-session": [0],
  "express-session": [0, "cookie"],
  "@fastify/session": [0, "cookie"],
  "iron-session": [-1, "cookieOptions"],
});

function optionsOf(analysis: Analysis, call: CallNode): Value | undefined {
  const maker = madeHere(analysis.core, call.callee);
  const place =
    maker === undefined || maker.call !== undefined ? undefined : PACKAGES[maker.specifier];
  if (place === undefined) return undefined;
  const [position, member] = place;
  const argument = call.arguments.at(position);
  if (argument === undefined || argument.type === "SpreadElement") return undefined;
  const options = analysis.evaluate(unwrap(argument));
  if (member === undefined) return options;
  return options.type === "object" ? options.properties.get(member)?.value : undefined;
}
