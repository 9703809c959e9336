import type { SourceFile } from "../files/source-file.ts";
import { dottedPath, textOf, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { importSource } from "../values/whole-files.ts";

/**
 * Functions of h3 that read the request of an event, or answer it: `await readBody(event)`. Servers of Nuxt and Nitro
 * have them in every file without an import.
 */
export interface EventRead {
  /** Where the client says it, as other frameworks call it. */
  readonly place: string;
  readonly event: Node;
}

/** What they read; those of one part are given its name (h3 1.15.11, 2.0.1-rc.5). */
const READS: ReadonlyMap<string, string> = new Map([
  ["readBody", "event.body"],
  ["readValidatedBody", "event.body"],
  ["readFormData", "event.body"],
  ["getQuery", "event.query"],
  ["getValidatedQuery", "event.query"],
  ["getRouterParam", "event.params"],
  ["getRouterParams", "event.params"],
  ["getValidatedRouterParams", "event.params"],
  ["getHeader", "event.headers"],
  ["getHeaders", "event.headers"],
  ["getRequestHeader", "event.headers"],
  ["getRequestHeaders", "event.headers"],
  ["getCookie", "event.cookies"],
  ["parseCookies", "event.cookies"],
]);

const ANSWERS =
  /^(?:(?:set|append|remove|clear)Response(?:Headers?|Status)|(?:set|append)Headers?|setCookie|deleteCookie|sendRedirect|sendNoContent|createError)$/u;

/** What a call reads of the request of an event. */
export function readOfEvent(file: SourceFile, written: Node): EventRead | undefined {
  const call = unwrap(written);
  if (call.type !== "CallExpression") return undefined;
  const place = READS.get(nameOf(file, call) ?? "");
  const [event, part] = call.arguments;
  if (place === undefined || event === undefined) return undefined;
  const name = textOf(part);
  return { place: name === undefined ? place : `${place}.${name}`, event };
}

/** Does a call only say how an event is answered? */
export function isAnswerToEvent(file: SourceFile, call: CallNode): boolean {
  return ANSWERS.test(nameOf(file, call) ?? "");
}

/** The name of a function of h3, where the program has none of that name of its own. */
function nameOf(file: SourceFile, { callee, arguments: [event] }: CallNode): string | undefined {
  if (callee.type !== "Identifier") return undefined;
  const variable = file.variableOf(callee);
  if (variable === undefined)
    return dottedPath(event ?? callee)?.at(-1) === "event" ? callee.name : undefined;
  return MODULES.test(importSource(variable)?.value ?? "") ? callee.name : undefined;
}

const MODULES = /^(?:h3|#imports|nitro(?:pack)?(?:\/[\w-]+)?)$/u;
