import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { isSaidByClient, saidByClient } from "../network/request.ts";
import { calleeName, enclosingFunction, parentOf, rootOf, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { boundNames } from "../values/exports.ts";
import { importSource } from "../values/whole-files.ts";
import { readsOf } from "../files/variables.ts";
import { mayProve } from "./told-only-who.ts";

/**
 * Does a function of the program look at shapes and ranges alone: `const errors = validateRequest(req.body, rules); if (errors.length
 * > 0) return res.status(400).json({ errors });`? It gives a list of errors at once, so it has looked nobody up, and what
 * it finds is answered as a mistake in the request rather than as a refusal.
 */
export function isFormCheck(core: Core, call: CallNode): boolean {
  if (!VALIDATES.test(calleeName(call).split(".").at(-1) ?? "")) return false;
  const holder = parentOf(call);
  if (holder?.type !== "VariableDeclarator" || !isOwn(core, call)) return false;
  const names = boundNames(holder.id);
  if (!names.some(({ name }) => ERRORS.test(name))) return false;
  if (!names.every(({ name }) => ERRORS.test(name) || IS_RIGHT.test(name))) return false;
  const [said, ...rules] = call.arguments;
  if (said === undefined || !isSaidByClient(core, said)) return false;
  const isPlain =
    !mayProve(saidByClient(core, said)?.split(".").at(-1) ?? "") &&
    rules.every((one) => !isSaidByClient(core, one));
  return isPlain && !looksFurther(core, call) && isAnsweredAsMistake(core, holder);
}

const VALIDATES =
  /^(?:validat(?:e|or)|check|collect|get|find)\w*(?:request|body|input|params|payload|fields|errors|props|schema)$/iu;

const ERRORS = /^(?:\w*(?:errors?|issues|problems|invalid|missing)\w*)$/iu;

const IS_RIGHT = /^(?:is_?)?(?:valid|ok|success)$/iu;

/** Of a package, `validateRequest` may look at a signature, as Twilio's does. */
function isOwn(core: Core, { callee }: CallNode): boolean {
  const root = rootOf(unwrap(callee));
  const source =
    root.type === "Identifier"
      ? importSource(core.fileOf(root).variableOf(root))?.value
      : undefined;
  return source === undefined ? core.evaluate(callee).type === "function" : /^[.@~#]/u.test(source);
}

/** A function in sight that compares a secret, whatever it is called, and however it answers */
function looksFurther(core: Core, call: CallNode): boolean {
  const target = core.evaluate(call.callee);
  if (target.type !== "function") return false;
  return FURTHER.test(core.fileOf(target.node).text.slice(...target.node.range));
}

const FURTHER =
  /compare|crypt|\bfind|query|secret|timingSafe|password|token|hash|verif|\bawait\b/iu;

/** Each way that looks at the errors ends in the answer 400 or 422, in no words of who it is. */
function isAnsweredAsMistake(core: Core, { id }: TSESTree.VariableDeclarator): boolean {
  const { text } = core.fileOf(id);
  const owner = enclosingFunction(id);
  const tests = boundNames(id)
    .flatMap((name) => readsOf(core.fileOf(name), name))
    .flatMap((read) => ifOf(read) ?? []);
  return (
    owner !== undefined &&
    tests.length > 0 &&
    tests.every(({ consequent }) => {
      const answer = text.slice(...consequent.range);
      return MISTAKE.test(answer) && !REFUSAL.test(answer);
    })
  );
}

const MISTAKE = /\b4(?:00|22)\b|bad_?request|unprocessable/iu;

const REFUSAL = /\b40[13]\b|credential|passw|unauth|forbid|denied|wrong|incorrect|login/iu;

function ifOf(read: Node): TSESTree.IfStatement | undefined {
  for (let at = parentOf(read); at !== undefined; at = parentOf(at)) {
    if (at.type === "IfStatement") return at;
    if (at.type === "BlockStatement") return undefined;
  }
  return undefined;
}
