import { analyze } from "../analysis/analysis.ts";
import type { Analysis } from "../analysis/analysis.ts";
import { authJsCookies } from "../analysis/sinks/auth-js-cookies.ts";
import { cookieWrites } from "../analysis/sinks/cookies.ts";
import type { CookieWrite } from "../analysis/sinks/cookies.ts";
import { sessionCookies } from "../analysis/sinks/session-cookies.ts";
import { dottedPath, unwrap } from "../analysis/syntax.ts";
import type { Node } from "../analysis/syntax.ts";
import { heldAt } from "../analysis/tokens/uses.ts";
import {
  isAboutSigningIn,
  isOfOtherTrade,
  isTokenOf,
  isTokenOfAnswer,
  makerName,
  tokenName,
} from "../analysis/tokens/words.ts";
import { possibilities } from "../analysis/values/value.ts";
import type { JwtRule } from "../types.ts";
import { createRule } from "./kit/create-rule.ts";
import { named } from "./kit/mention.ts";
import { oncePerNode } from "./kit/once.ts";

type MessageIds = "exposed" | "readable" | "unencrypted";

const rule: JwtRule = createRule<[], MessageIds>({
  name: "require-secure-cookie",
  meta: {
    type: "problem",
    docs: {
      description: "Require `httpOnly` and `secure` on cookies that carry tokens",
      group: "handling",
      recommended: "recommended",
      messages: { exposed: "high", readable: "high", unencrypted: "medium" },
      cwe: ["CWE-1004", "CWE-614"],
      rfc: ["RFC 6265 section 8.3"],
      gate: "token",
      inTests: "off",
    },
    messages: {
      exposed:
        "{{setter}} sets a cookie with a token that every script of the page can read and that plain http carries. Set httpOnly and secure.",
      readable:
        "{{setter}} sets a cookie with a token that every script of the page can read, so one injected script takes the session over. Set httpOnly.",
      unencrypted:
        "{{setter}} sets a cookie with a token that plain http carries, where others can read it. Set secure, at least outside development.",
    },
    schema: [],
  },
  create(context) {
    return {
      Program() {
        if (!/ookie|\.state\(/u.test(context.sourceCode.text)) return;
        const analysis = analyze(context);
        const isNew = oncePerNode();
        for (const cookie of [
          ...cookieWrites(analysis),
          ...sessionCookies(analysis),
          ...authJsCookies(analysis),
        ]) {
          const messageId = messageFor(cookie);
          if (messageId === undefined || !carriesToken(analysis, cookie)) continue;
          if (!isNew(cookie.node)) continue;
          context.report({ node: cookie.node, messageId, data: { setter: named(cookie.setter) } });
        }
      },
    };
  },
});

function messageFor({ httpOnly, secure }: CookieWrite): MessageIds | undefined {
  if (httpOnly === "off") return secure === "off" ? "exposed" : "readable";
  return secure === "off" ? "unencrypted" : undefined;
}

function carriesToken(analysis: Analysis, { name, value, holdsToken }: CookieWrite): boolean {
  if (holdsToken === true) return true;
  if (value === undefined) return false;
  const node = unwrap(value);
  if (isCleared(analysis, node)) return false;
  const held = heldAt(analysis, node);
  if (held !== undefined)
    return held.held === "token" || held.held === "header" || held.held === "response";
  const strength = name === undefined ? undefined : tokenName(name);
  if (strength === undefined) return isTokenUnder(analysis, name, node);
  // A cookie and its value that both say so.
  return isCalledToken(node) || (strength === "strong" && !saysOtherwise(node));
}

/** `res.cookie("session", accessToken)`: the value says it, and the name nothing else. */
function isTokenUnder({ file }: Analysis, name: string | undefined, node: Node): boolean {
  const [hole = node] = node.type === "TemplateLiteral" ? node.expressions : [];
  if (isTokenOfAnswer(dottedPath(hole) ?? [], name)) return !isOfOtherTrade(file);
  const called = dottedPath(hole)?.at(-1);
  if (called === undefined || !isTokenOf(called, name) || saysOtherwise(node)) return false;
  return isAboutSigningIn(file) && !isOfOtherTrade(file);
}

/** Nothing, or a fixed text such as "loggedout": the cookie is taken back. */
function isCleared(analysis: Analysis, node: Node): boolean {
  return possibilities(analysis.evaluate(node)).every(
    (value) =>
      value.type === "literal" &&
      !(typeof value.value === "string" && value.value.startsWith("eyJ")),
  );
}

function isCalledToken(node: Node): boolean {
  const current = unwrap(node);
  if (current.type === "TemplateLiteral")
    return current.expressions.some((hole) => isCalledToken(hole));
  if (current.type === "BinaryExpression")
    return isCalledToken(current.left) || isCalledToken(current.right);
  if (current.type === "CallExpression") {
    const name = dottedPath(current.callee)?.at(-1);
    if (name === undefined) return false;
    return (
      makerName(name) !== undefined ||
      (/^(?:encodeURIComponent|String|stringify)$/u.test(name) &&
        current.arguments.some((one) => isCalledToken(one)))
    );
  }
  const name = dottedPath(current)?.at(-1);
  return name !== undefined && tokenName(name) !== undefined;
}

function saysOtherwise(node: Node): boolean {
  const text = dottedPath(node.type === "CallExpression" ? node.callee : node)?.join(".") ?? "";
  return /csrf|xsrf|expir|hash|encrypt|seal/iu.test(text);
}

export default rule;
