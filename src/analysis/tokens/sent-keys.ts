import type { TSESTree } from "@typescript-eslint/utils";
import type { Analysis } from "../analysis.ts";
import { calledName, named } from "../files/source-file.ts";
import { initOf } from "../files/variables.ts";
import { byObject } from "../memo.ts";
import { dottedPath, staticKey, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { returnArguments } from "../values/classes.ts";
import { stringOf } from "../values/value.ts";
import { headerValues } from "./headers.ts";
import { isStore, isStoredRead } from "./stored.ts";
import { isServiceSecret, isTokenLabel, tokenName } from "./words.ts";

/**
 * The names under which a program keeps what it sends in an Authorization header: `"session"` of
 * `Bearer ${localStorage.getItem("session")}`, and of what is read from it after `JSON.parse`. What is
 * written under such a name holds a token, whatever it is called where it is written. The keys that
 * people bring for a service travel in the same header: `"openai_key"`.
 */
export const sentKeys = byObject(
  (analysis: Analysis): ReadonlySet<string> =>
    new Set(headerValues(analysis).flatMap((value) => keysOf(analysis, value, MAX_HOPS))),
);

/**
 * The names under which a program keeps objects that it takes a token out of: `"user"` of
 * `JSON.parse(localStorage.getItem("user")).accessToken`. Such an object is kept whole, so nothing says it
 * where it is written.
 */
export const keysOfHolders = byObject((analysis: Analysis): ReadonlySet<string> => {
  const { called, membersNamed, patterns } = analysis.file.index;
  if (!named(called, isStoredRead).some(Boolean)) return new Set();
  const members = named(membersNamed, isTokenLabel);
  const taken = patterns.flatMap(({ parent, properties }) =>
    parent.type === "VariableDeclarator" && parent.init !== null && properties.some(isOfToken)
      ? [parent.init]
      : [],
  );
  const holders = [...members.map(({ object }) => object), ...taken];
  return new Set(holders.flatMap((holder) => keysOf(analysis, holder, MAX_HOPS)));
});

function isOfToken(property: TSESTree.Property | TSESTree.RestElement): boolean {
  return (
    property.type === "Property" && isTokenLabel(staticKey(property.key, property.computed) ?? "")
  );
}

/** How many variables and functions a value is followed back through. */
const MAX_HOPS = 6;

function keysOf(analysis: Analysis, written: Node, hops: number): string[] {
  const node = unwrap(written);
  const from = (inner: Node): string[] => keysOf(analysis, inner, hops - 1);
  if (hops === 0) return [];
  switch (node.type) {
    case "MemberExpression":
      return from(node.object);
    case "LogicalExpression":
      return [...from(node.left), ...from(node.right)];
    case "ConditionalExpression":
      return [...from(node.consequent), ...from(node.alternate)];
    case "Identifier": {
      const init = initOf(analysis.file, node);
      return init === undefined ? [] : from(init);
    }
    case "CallExpression": {
      const [first] = node.arguments;
      const name = calledName(node) ?? "";
      if (dottedPath(node.callee)?.join(".") === "JSON.parse")
        return first === undefined ? [] : from(first);
      if (first !== undefined && isStoredRead(name) && isStore(analysis, node, name)) {
        const key = stringOf(analysis.evaluate(first));
        const isToken =
          key !== undefined && (tokenName(key) !== undefined || !isServiceSecret(key));
        return isToken ? [key] : [];
      }
      const target = analysis.evaluate(node.callee);
      const isHere = target.type === "function" && analysis.fileOf(target.node) === analysis.file;
      return isHere ? returnArguments(analysis.core, target.node).flatMap(from) : [];
    }
    default:
      return [];
  }
}
