import type { Analysis } from "../analysis.ts";
import { initOf, readsOf } from "../files/variables.ts";
import { conditionsAt } from "../flow/conditions.ts";
import { httpCall } from "../network/http.ts";
import { dottedPath, memberName, parentOf, rootOf, staticKey, walk, wrapped } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import type { Source } from "./source.ts";
import { answeringCall } from "./taken-out.ts";

/**
 * What a token endpoint answers to a program that asks it by hand, and so names its grant: an object with the tokens in it,
 * whatever the program calls it (RFC 6749 section 5.1).
 */
export function grantedAnswers(analysis: Analysis): Source[] {
  const { code, index } = analysis.file;
  if (!code.includes("grant_type")) return [];
  const asked = new Set(index.calls.filter((call) => asksForGrant(analysis, call)));
  if (asked.size === 0) return [];
  const isAnswer = (node: Node): boolean => {
    const call = answeringCall(analysis, node);
    return call !== undefined && asked.has(call);
  };
  const read = (index.called.get("json") ?? []).filter((call) => isAnswer(receiverOf(call)));
  const members = (index.membersNamed.get("data") ?? []).filter(({ object }) => isAnswer(object));
  const taken = index.patterns.flatMap((pattern) => {
    const { parent } = pattern;
    if (parent.type !== "VariableDeclarator" || parent.init === null) return [];
    const call = rootOf(parent.init);
    if (call.type !== "CallExpression" || !asked.has(call)) return [];
    return pattern.properties.flatMap((one) =>
      one.type === "Property" && staticKey(one.key, one.computed) === "data"
        ? readsOf(analysis.file, one.value)
        : [],
    );
  });
  return [...read, ...members, ...taken]
    .filter((node) => !isOfRefusal(node))
    .map((node) => ({ node, held: "response", certain: true, tokenIn: [] }));
}

/** Does a call send the grant: in its arguments, or in what a variable among them was declared or filled with? */
function asksForGrant(analysis: Analysis, call: CallNode): boolean {
  const { file } = analysis;
  if (httpCall(file, call) === undefined) return false;
  const names = (node: Node): boolean => file.text.slice(...node.range).includes("grant_type");
  if (call.arguments.some(names)) return true;
  let isNamed = false;
  for (const argument of call.arguments)
    walk(argument, file.visitorKeys, (part) => {
      const init = part.type === "Identifier" ? initOf(file, part) : undefined;
      isNamed ||= init !== undefined && (names(init) || isFilled(analysis, part));
      return !isNamed;
    });
  return isNamed;
}

/** `form.append("grant_type", "authorization_code")` */
function isFilled({ file }: Analysis, name: Node): boolean {
  return readsOf(file, name).some((read) => {
    const call = parentOf(parentOf(read) ?? read);
    return (
      call?.type === "CallExpression" &&
      /^(?:append|set)$/u.test(dottedPath(call.callee)?.at(-1) ?? "") &&
      file.text.slice(...call.range).includes("grant_type")
    );
  });
}

function receiverOf({ callee }: CallNode): Node {
  return callee.type === "MemberExpression" ? callee.object : callee;
}

/** `if (!response.ok) throw new Error(JSON.stringify(await response.json()));`: an error, and no token in it. */
function isOfRefusal(node: Node): boolean {
  return conditionsAt(wrapped(node)).some(({ test, holds }) => {
    const name = test.type === "MemberExpression" ? memberName(test) : undefined;
    if (name === "ok") return !holds;
    if (name === "error") return holds;
    return (
      test.type === "BinaryExpression" &&
      /\bstatus\b|statusCode/u.test(dottedPath(test.left)?.join(".") ?? "") &&
      test.operator.startsWith("!") === holds
    );
  });
}
