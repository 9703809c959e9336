import type { Core } from "../core.ts";
import { initOf } from "../files/variables.ts";
import {
  bases,
  contains,
  dottedPath,
  isFunction,
  memberName,
  parentOf,
  rootOf,
  staticKey,
  unwrap,
} from "../syntax.ts";
import type { Node } from "../syntax.ts";

/** Who says what about a request: the client that sends it, or the server that keeps something for it. */

/** What frameworks call a request, and what holds one. */
const REQUEST = "(?:(?:this\\.)?(?:_?req|_?request|ctx|context|c|event)(?:\\.req(?:uest)?)?)";

const SAID = new RegExp(
  `^(?:${REQUEST}\\.(?:body|query|params|headers|cookies|queryStringParameters|json|formData|text|param|header)|(?:\\w+\\.)?handshake\\.(?:auth|query|headers)|args)(?:\\.|$)`,
  "u",
);

/**
 * Is it what the client says: `req.body.email`, `email` of `const { email } = req.body`,
 * `(await request.json()).email`, `JSON.parse(event.body).email`, `req.headers["x-user-id"].trim()`?
 */
export function isSaidByClient(core: Core, written: Node): boolean {
  return bases(written).some((base) => {
    const path = dottedPath(base) ?? [];
    if (path.length > 1 && SAID.test(path.join("."))) return true;
    // `user.id` of `const user = { ...req.body }`
    const root = rootOf(base);
    const init = root.type === "Identifier" ? initOf(core.fileOf(root), root) : undefined;
    if (init === undefined) return isTakenByHandler(core, root);
    const taken = [namesAround(core, root), ...path.slice(1).map((name) => `.${name}`)].join("");
    return bases(init).some((one) => SAID.test(`${dottedPath(one)?.join(".") ?? ""}${taken}`));
  });
}

/** `body` of `app.post("/login", ({ body }) => …)`, where the request is taken apart as it comes. */
function isTakenByHandler(core: Core, name: Node): boolean {
  const definition = core.fileOf(name).variableOf(name)?.defs[0];
  const owner = definition?.node as Node | undefined;
  if (definition?.type !== "Parameter" || !isFunction(owner)) return false;
  const [request] = owner.params;
  if (request?.type !== "ObjectPattern" || !contains(request, definition.name)) return false;
  const call = parentOf(owner);
  const method = call?.type === "CallExpression" ? unwrap(call.callee) : undefined;
  return (
    method?.type === "MemberExpression" &&
    /^(?:get|post|put|patch|delete|all)$/u.test(memberName(method) ?? "") &&
    /^\.(?:body|query|params)(?:\.|$)/u.test(namesAround(core, name))
  );
}

/** `.body` for `role` of `const { body: { role } } = req` */
function namesAround(core: Core, name: Node): string {
  const [declared] = core.fileOf(name).variableOf(name)?.identifiers ?? [];
  const names: string[] = [];
  for (
    let at = declared === undefined ? undefined : parentOf(declared);
    at !== undefined;
    at = parentOf(at)
  ) {
    if (at.type === "Property") names.unshift(staticKey(at.key, at.computed) ?? "");
    else if (at.type !== "ObjectPattern" && at.type !== "AssignmentPattern") break;
  }
  return names.map((one) => `.${one}`).join("");
}

/**
 * What a server keeps for who is signed in: its session, and the user that it found for a request. A
 * token of the request itself is kept elsewhere.
 */
const KEPT = new RegExp(
  `^(?:${REQUEST}|res|reply)\\.(?:session|(?:locals\\.|state\\.)?user|locals\\.session)\\.`,
  "u",
);

/**
 * Is it what the server keeps for a request: `req.session.accessToken`, `res.locals.user.token`? Not where
 * the file itself puts there what the client says.
 */
export function isKeptByServer(core: Core, written: Node): boolean {
  const path = dottedPath(written)?.join(".") ?? "";
  if (!KEPT.test(path)) return false;
  // `req.session.user = req.body` fills what is read of it.
  return !core.fileOf(written).index.assignments.some(({ left, right }) => {
    const filled = dottedPath(left)?.join(".");
    return (
      filled !== undefined && `${path}.`.startsWith(`${filled}.`) && isSaidByClient(core, right)
    );
  });
}
