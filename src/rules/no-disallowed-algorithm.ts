import { analyze } from "../analysis/analysis.ts";
import { familyOf, namedAlgorithms } from "../analysis/keys/algorithms.ts";
import type { Operation } from "../analysis/operations/operations.ts";
import { isLiteral } from "../analysis/syntax.ts";
import type { Node } from "../analysis/syntax.ts";
import { table } from "../analysis/table.ts";
import { propertyOf } from "../analysis/values/members.ts";
import { map } from "../analysis/values/value.ts";
import type { Value } from "../analysis/values/value.ts";
import type { JwtRule } from "../types.ts";
import { createRule } from "./kit/create-rule.ts";
import { quoted, removeFromList, replaceWith } from "./kit/edits.ts";
import { listed, named, placeOf } from "./kit/mention.ts";
import { oncePerNode } from "./kit/once.ts";

interface Option {
  readonly allow?: readonly string[];
  readonly forbid?: readonly string[];
  readonly requireAsymmetric?: boolean;
}
type Finding =
  "broken" | "forbidden" | "notAllowed" | "symmetric" | "symmetricDefault" | "notAllowedDefault";
type MessageIds = Finding | "useInstead" | "removeFromList";

const rule: JwtRule = createRule<[Option], MessageIds>({
  name: "no-disallowed-algorithm",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow algorithms that are broken or that a policy rules out",
      group: "algorithms",
      recommended: "recommended",
      messages: {
        broken: "high",
        forbidden: "policy",
        notAllowed: "policy",
        notAllowedDefault: "policy",
        symmetric: "policy",
        symmetricDefault: "policy",
        useInstead: "high",
        removeFromList: "policy",
      },
      cwe: ["CWE-327", "CWE-780"],
      rfc: ["RFC 8725 section 3.2", "RFC 7518 section 8.3"],
      inTests: "off",
    },
    hasSuggestions: true,
    messages: {
      broken: "{{algorithm}} is broken: {{why}}. Use {{instead}}.{{origin}}",
      forbidden: "The policy forbids {{algorithm}}. Use another algorithm.{{origin}}",
      notAllowed:
        "The policy does not allow {{algorithm}}. Use one of its algorithms: {{allowed}}.{{origin}}",
      notAllowedDefault:
        "{{name}} signs with {{algorithm}} where no algorithm is named, which the policy does not allow. Name another one.",
      symmetric:
        "With {{algorithm}}, whoever verifies tokens can also write them. Use a key pair and an algorithm such as ES256 or RS256.{{origin}}",
      symmetricDefault:
        "{{name}} signs with {{algorithm}} where no algorithm is named, so whoever verifies tokens can also write them. Use a key pair and name an algorithm such as ES256.",
      useInstead: "Replace {{algorithm}} with {{instead}}.",
      removeFromList: "Remove {{algorithm}} from the list.",
    },
    schema: [
      {
        type: "object",
        properties: {
          allow: {
            type: "array",
            items: { type: "string" },
            uniqueItems: true,
            minItems: 1,
            description: "The only algorithms that may be named. Everything else is reported.",
          },
          forbid: {
            type: "array",
            items: { type: "string" },
            uniqueItems: true,
            description: "Algorithms that may not be named, besides the broken ones.",
          },
          requireAsymmetric: {
            type: "boolean",
            description: "Also report HMAC algorithms, with which every verifier can write tokens.",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ forbid: [], requireAsymmetric: false }],
  },
  create(context) {
    return {
      Program() {
        const analysis = analyze(context);
        const { sourceCode, cwd } = context;
        const [policy] = context.options;
        const isNew = oncePerNode();
        for (const operation of analysis.operations) {
          for (const setting of operation.settings("algorithms"))
            check(setting.value, setting.valueNode);
          if (operation.kind !== "sign" && operation.kind !== "module") continue;
          for (const setting of operation.settings("algorithm"))
            check(setting.value, setting.valueNode);
          for (const { value, node, valueNode } of operation.settings("header")) {
            check(
              map(value, (header) => propertyOf(analysis.core, header, "alg", node)),
              valueNode,
            );
          }
          checkDefault(operation);
        }

        function check(value: Value, effect: Node): void {
          const all = namedAlgorithms(value);
          for (const { name, value: written } of all) {
            const messageId = findingOf(name, policy);
            if (messageId === undefined) continue;
            const { node, origin } = placeOf(analysis, written.node, effect, cwd);
            if (!isNew(node)) continue;
            const algorithm = named(name);
            const { why = "", instead = "" } = BROKEN[name] ?? {};
            const data = { algorithm, origin, why, instead, allowed: listed(policy.allow ?? []) };
            const isHere = origin === "" && isLiteral(node);
            const isSpare = isHere && all.length > 1 && node.parent?.type === "ArrayExpression";
            const removal = isSpare ? removeFromList(sourceCode, node) : undefined;
            context.report({
              node,
              messageId,
              data,
              suggest: [
                ...(isHere && instead !== ""
                  ? [
                      {
                        messageId: "useInstead" as const,
                        data: { algorithm, instead },
                        fix: replaceWith(node, quoted(sourceCode, instead)),
                      },
                    ]
                  : []),
                ...(removal === undefined
                  ? []
                  : [{ messageId: "removeFromList" as const, data: { algorithm }, fix: removal }]),
              ],
            });
          }
        }

        function checkDefault(operation: Operation): void {
          const { entity, name, node } = operation;
          const algorithm = entity.defaultAlgorithm;
          if (algorithm === undefined || operation.option("algorithm", "call").state !== "absent")
            return;
          if (operation.option("header", "call").state !== "absent") return;
          const finding = findingOf(algorithm, policy);
          if (finding === undefined) return;
          const messageId = finding === "symmetric" ? "symmetricDefault" : "notAllowedDefault";
          context.report({ node: node.callee, messageId, data: { name, algorithm } });
        }
      },
    };
  },
});

/**
 * Names of the JOSE registry that no longer protect anything. A name that the registry does not know
 * is none of them: libraries refuse to sign with it, and no token passes a list of it.
 */
const BROKEN: Readonly<
  Record<string, { readonly why: string; readonly instead: string } | undefined>
> = table({
  RSA1_5: {
    why: "errors of its padding let an attacker decrypt tokens step by step",
    instead: "RSA-OAEP-256",
  },
  RS1: { why: "it signs SHA-1 hashes, for which collisions can be made", instead: "RS256" },
});

/** The gravest finding about a name. That tokens need a signature at all is no-none-algorithm's. */
function findingOf(name: string, policy: Option): Exclude<Finding, `${string}Default`> | undefined {
  const family = familyOf(name);
  if (family === "none") return undefined;
  if (Object.hasOwn(BROKEN, name)) return "broken";
  if (policy.forbid?.includes(name) === true) return "forbidden";
  if (policy.requireAsymmetric === true && family === "hmac") return "symmetric";
  return policy.allow === undefined || policy.allow.includes(name) ? undefined : "notAllowed";
}

export default rule;
