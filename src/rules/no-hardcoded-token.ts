import { analyze } from "../analysis/analysis.ts";
import { writtenChecks } from "../analysis/guards/written-checks.ts";
import { dottedPath, staticKey, textOf } from "../analysis/syntax.ts";
import type { Node } from "../analysis/syntax.ts";
import { writtenCredentials } from "../analysis/tokens/credential-literal.ts";
import { expiryOf, harmless, readToken } from "../analysis/tokens/jwt-literal.ts";
import type { WrittenToken } from "../analysis/tokens/jwt-literal.ts";
import { wordsOf } from "../analysis/words.ts";
import type { JwtRule } from "../types.ts";
import { createRule } from "./kit/create-rule.ts";

type MessageIds = "token" | "serviceToken" | "credential" | "accepted";

const rule: JwtRule = createRule<[], MessageIds>({
  name: "no-hardcoded-token",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow tokens in source code",
      group: "handling",
      recommended: "recommended",
      messages: {
        token: "high",
        serviceToken: "critical",
        credential: "high",
        accepted: "critical",
      },
      cwe: ["CWE-798"],
      rfc: ["RFC 6750 section 5.3"],
      gate: "token",
      inTests: "off",
    },
    messages: {
      token:
        "This is a token, and whoever reads the code can use it{{until}}. Revoke it, and read tokens from the environment or ask for them at run time.",
      serviceToken:
        "This is a token for the role {{role}}, and whoever reads the code has that role{{until}}. Revoke it, and read tokens from the environment.",
      credential:
        "This is a token that a service knows the program by, and whoever reads the code can use it. Revoke it, and read tokens from the environment.",
      accepted:
        "Whoever sends this text is let in, and whoever reads the code can send it. Take it out, and verify a signed token, or compare with a secret from the environment.",
    },
    schema: [],
  },
  create(context) {
    return {
      Program() {
        const { text: code } = context.sourceCode;
        if (OPAQUE_SCHEME.test(code)) {
          for (const node of new Set(writtenCredentials(analyze(context)))) {
            if (!isIllustration(node)) context.report({ node, messageId: "credential" });
          }
        }
        if (ASKS_REQUEST.test(code)) {
          for (const node of writtenChecks(analyze(context)))
            context.report({ node, messageId: "accepted" });
        }
        if (!code.includes("eyJ")) return;
        const { literals } = analyze(context).file.index;
        const now = Date.now();
        for (const literal of literals) {
          const text = textOf(literal);
          const token = text === undefined ? undefined : readToken(text);
          if (token === undefined || harmless(token, now) !== undefined || isIllustration(literal))
            continue;
          const until = untilOf(token);
          const role = token.claims?.role;
          if (role === "service_role") {
            context.report({ node: literal, messageId: "serviceToken", data: { role, until } });
          } else {
            context.report({ node: literal, messageId: "token", data: { until } });
          }
        }
      },
    };
  },
});

/** Behind these stands a token, whatever it looks like. */
const OPAQUE_SCHEME = /["'`](?:Bearer|Token|Bot) /u;

/** What a request or a socket brings a token in. */
const ASKS_REQUEST =
  /authorization|handshake|connectionParams|['"`][\w-]*(?:token|key|secret|password)['"`]\]/iu;

/** Far beyond any use: such an expiry is none. */
const FAR_YEAR = 9999;

function untilOf(token: WrittenToken): string {
  const exp = expiryOf(token);
  if (exp === undefined)
    return token.claims === undefined ? "" : " for ever, as it does not expire";
  const date = new Date(exp * 1000);
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() > FAR_YEAR) return "";
  return ` until ${date.toISOString().slice(0, 10)}`;
}

/** Names of what only shows how a token looks, and of what is made to be seen by everybody. */
const ILLUSTRATION =
  /^(?:licen[cs]e|anon|publishable|public|examples?|sample|samples|placeholder|description|demo|mock|mocks|mocked|fake|dummy|fixture|fixtures|test|tests|doc|docs|invalid|expired|malformed|tampered)$/u;

/** `example: "eyJ…"` in an API description, `placeholder="eyJ…"`, `const expiredToken`. */
function isIllustration(literal: Node): boolean {
  let node: Node | undefined = literal.parent;
  for (let depth = 0; node !== undefined && depth < 6; depth += 1) {
    const name = nameOf(node);
    if (name !== undefined && wordsOf(name).some((word) => ILLUSTRATION.test(word))) return true;
    if (/Statement$|^Program$|Function/u.test(node.type)) return false;
    node = node.parent;
  }
  return false;
}

function nameOf(node: Node): string | undefined {
  switch (node.type) {
    case "Property":
    case "PropertyDefinition":
      return staticKey(node.key, node.computed);
    case "VariableDeclarator":
      return node.id.type === "Identifier" ? node.id.name : undefined;
    case "JSXAttribute":
      return node.name.type === "JSXIdentifier" ? node.name.name : undefined;
    case "AssignmentExpression":
      return dottedPath(node.left)?.at(-1);
    case "CallExpression":
      return dottedPath(node.callee)?.at(-1);
    default:
      return undefined;
  }
}

export default rule;
