import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import type { SourceFile } from "../files/source-file.ts";
import { isServerAction } from "../network/server-actions.ts";
import { isTwilioHandler } from "../network/twilio-functions.ts";
import { calleeName, dottedPath, parentOf, staticKey, unwrap, wrapped } from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { must } from "../values/value.ts";
import { importSource } from "../values/whole-files.ts";
import { handedOn, outermost } from "./wrapped-handlers.ts";

/**
 * Is a function the endpoint itself, with nothing before it, since a platform calls what its file exports? It is given
 * the request first: before functions of AWS (`event`) and Azure (`context, req`) an authorizer or a key may stand.
 *
 * @param uses of the function's name
 */
export function isEndpoint(
  core: Core,
  handler: FunctionNode,
  name: string,
  uses: readonly Node[],
): boolean {
  const [request, ...more] = handler.params;
  return (
    /^_?req(?:uest)?$/u.test(request === undefined ? "" : (dottedPath(request)?.[0] ?? "")) &&
    more.length <= 1 &&
    (name === "handler" || isEndpointFile(core.fileOf(handler)) || isUnnamed(core, handler)) &&
    isExported(core, [handler, ...uses])
  );
}

/**
 * `export default async function (request) { … return Response.json(…); }`: it has no name by which another function could
 * be put before it, and applications that mount what a file exports take no such answer.
 */
function isUnnamed(core: Core, handler: FunctionNode): boolean {
  return (
    handler.id?.name === undefined &&
    /\b(?:Next)?Response(?:\.json)?\(/u.test(core.fileOf(handler).text.slice(...handler.range))
  );
}

/**
 * Files of which Next.js and Vercel call what they export, by habit a `handler`: `pages/api/token.ts`, `api/token.js`.
 * An application of its own may have a folder of that name as well, with folders for the parts of it.
 */
const ENDPOINT_FILE = /(?:^|\/)(?:pages\/api\/.+|api\/(?:[\w.[\]-]+\/)?[\w.[\]-]+)\.[cm]?[jt]s$/u;
const OF_APPLICATION =
  /(?:^|\/)(?:src|app|controllers?|routes?|routers?|services?|middlewares?|handlers?|lib|utils?|helpers?)\//u;

function isEndpointFile({ path = "" }: SourceFile): boolean {
  const [, place = ""] = /(?:^|\/)((?:pages\/)?api\/.*)$/u.exec(path.replaceAll("\\", "/")) ?? [];
  return ENDPOINT_FILE.test(place) && !OF_APPLICATION.test(place);
}

/** What routers of files call for each method of HTTP: Next.js, SvelteKit, Astro, Remix's successors. */
const METHODS = /^(?:GET|POST|PUT|PATCH|DELETE)$/u;

/** What Remix calls for each form that is sent to a route, with `{ request }`. */
const FORM_ACTION = /^action$/u;

/** What makes the handler of a file of Nuxt and Nitro. */
const EVENT_HANDLERS = /^(?:define(?:Cached)?|cached)?[eE]ventHandler$/u;

/**
 * Is a function called by a runtime because of how the file exports it, or hands it over: `export async function POST(request)`
 * of a `route.ts`, `export default defineEventHandler(…)`, `export default { fetch }` of a worker, `Deno.serve(…)`, the actions of
 * SvelteKit, Remix and Next.js? What the
 * program puts before all of its files may ask as well, which for `pages/api/` is so too: who somebody is it does not
 * take from the body for them.
 */
export function isCalledByRuntime(core: Core, handler: FunctionNode): boolean {
  const file = core.fileOf(handler);
  if (isServerAction(file, handler)) return true;
  const holder = parentOf(outermost(core, handler));
  switch (holder?.type) {
    case "ExportNamedDeclaration":
      return isCalledByName(handler, handler.id?.name ?? "");
    case "VariableDeclarator":
      return (
        holder.parent.parent.type === "ExportNamedDeclaration" &&
        isCalledByName(handler, dottedPath(holder.id)?.[0] ?? "")
      );
    case "Property":
      return (
        (staticKey(holder.key, holder.computed) === "fetch" && isServed(holder.parent)) ||
        isActionOfPage(file, holder.parent)
      );
    case "CallExpression":
      if (EVENT_HANDLERS.test(calleeName(holder)))
        return parentOf(wrapped(holder))?.type === "ExportDefaultDeclaration";
      return isServe(file, holder);
    default:
      return false;
  }
}

function isCalledByName({ params: [first] }: FunctionNode, name: string): boolean {
  const isAction =
    FORM_ACTION.test(name) &&
    first?.type === "ObjectPattern" &&
    first.properties.some(
      (one) => one.type === "Property" && staticKey(one.key, one.computed) === "request",
    );
  return isAction || METHODS.test(name);
}

/** `export const actions = { login: async ({ request }) => { … } }` of a `+page.server.ts` of SvelteKit */
function isActionOfPage({ path = "" }: SourceFile, object: Node): boolean {
  const holder = parentOf(wrapped(object));
  return (
    /\+page\.server\.[jt]s$/u.test(path) &&
    holder?.type === "VariableDeclarator" &&
    dottedPath(holder.id)?.join(".") === "actions"
  );
}

/** `export default { fetch(request, env) { … } }`, `Bun.serve({ fetch(request) { … } })` */
function isServed(object: Node): boolean {
  const holder = parentOf(wrapped(object));
  return (
    holder?.type === "ExportDefaultDeclaration" ||
    (holder?.type === "CallExpression" && calleeName(holder) === "Bun.serve")
  );
}

/** `Deno.serve(handler)`, and `serve(handler)` of its standard library */
function isServe(file: SourceFile, { callee }: TSESTree.CallExpression): boolean {
  const node = unwrap(callee);
  if (node.type !== "Identifier") return dottedPath(node)?.join(".") === "Deno.serve";
  const source = importSource(file.variableOf(node))?.value ?? "";
  return node.name === "serve" && /\bstd(?:@[\w.]+)?\/http\b/u.test(source);
}

/** `export default handler;`, `export default allowCors(handler);`, `module.exports = async (req, res) => …` */
function isExported(core: Core, uses: readonly Node[]): boolean {
  return uses.some((one) => {
    const holder = parentOf(outermost(core, one));
    if (holder?.type === "ExportDefaultDeclaration") return true;
    return (
      holder?.type === "AssignmentExpression" &&
      dottedPath(holder.left)?.join(".") === "module.exports"
    );
  });
}

/**
 * Is it handed to a platform that calls it for whoever asks: `functions.https.onRequest((req, res) => …)`, `onCall(…)` of
 * firebase-functions, `http("token", (req, res) => …)` of Google's framework for functions, or does it export a handler
 * of Twilio's? What is declared `invoker: "private"` only other services may call.
 *
 * @param uses of the function's name
 */
export function isCalledByPlatform(
  core: Core,
  handler: FunctionNode,
  uses: readonly Node[],
): boolean {
  const { text } = core.fileOf(handler);
  if (isTwilioHandler(core.fileOf(handler), handler)) return true;
  // `setGlobalOptions({ invoker: "private" })`, `runWith({ invoker: [SERVICE] })`
  if (INVOKER.test(text)) return false;
  const own = [handler, ...uses];
  return [...own, ...own.flatMap((one) => handedOn(core, one))].some((one) => {
    const call = parentOf(outermost(core, one));
    if (call?.type !== "CallExpression") return false;
    const name = calleeName(call);
    if (/(?:^|\.)http$/u.test(name)) return FUNCTIONS_FRAMEWORK.test(text);
    if (!/(?:^|\.)on(?:Request|Call)$/u.test(name) || !FIREBASE.test(text)) return false;
    return call.arguments.slice(0, -1).every((options) => isOpenToAll(core, options));
  });
}

/** Says who may call, and that it is not everybody. */
const INVOKER = /\binvoker["']?\s*:(?!\s*["'`]public["'`])/u;

const FIREBASE = /["']firebase-functions\b/u;
const FUNCTIONS_FRAMEWORK = /["']@google-cloud\/functions-framework["']/u;

/** `{ cors: true }`, and not `{ invoker: "private" }`; what nobody can see may say that. */
function isOpenToAll(core: Core, options: Node): boolean {
  return must(core.evaluate(options), (one) => {
    if (one.type !== "object" || one.open) return false;
    const invoker = one.properties.get("invoker")?.value;
    return invoker === undefined || (invoker.type === "literal" && invoker.value === "public");
  });
}
