import { analyze } from "../analysis/analysis.ts";
import type { Analysis } from "../analysis/analysis.ts";
import { persistedStores } from "../analysis/sinks/persisted.ts";
import { storageWrites } from "../analysis/sinks/storage.ts";
import type { StorageWrite } from "../analysis/sinks/storage.ts";
import { dottedPath, memberName, rootOf, staticKey, unwrap } from "../analysis/syntax.ts";
import type { Node } from "../analysis/syntax.ts";
import { headerValues } from "../analysis/tokens/headers.ts";
import { heldAt } from "../analysis/tokens/uses.ts";
import {
  PAIR,
  isAboutSigningIn,
  isOfOtherTrade,
  isPlainToken,
  tokenName,
} from "../analysis/tokens/words.ts";
import { possibilities } from "../analysis/values/value.ts";
import { wordsOf } from "../analysis/words.ts";
import type { JwtRule } from "../types.ts";
import { createRule } from "./kit/create-rule.ts";
import { named } from "./kit/mention.ts";
import { oncePerNode } from "./kit/once.ts";

type MessageIds = "storage" | "cookie" | "device" | "store";

const rule: JwtRule = createRule<[], MessageIds>({
  name: "no-token-in-web-storage",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow tokens where every script of a page can read them",
      group: "handling",
      recommended: "recommended",
      messages: { storage: "high", cookie: "high", device: "medium", store: "high" },
      cwe: ["CWE-922"],
      rfc: ["RFC 6750 section 5.3"],
      gate: "token",
      inTests: "off",
    },
    messages: {
      storage:
        "{{name}} keeps a token where every script of the page can read it, so one injected script takes the session over. Keep the token in memory, or have the server set an httpOnly cookie.",
      cookie:
        "{{name}} sets a cookie from a script, which can never be httpOnly, so every script of the page can read the token in it. Have the server set the cookie.",
      device:
        "{{name}} keeps a token unencrypted on the device, where backups and other programs may read it. Keep it in the keychain of the system.",
      store:
        "This store is written to the browser's storage together with its token, so every script of the page can read it. Leave the token out of what is persisted, or have the server set an httpOnly cookie.",
    },
    schema: [],
  },
  create(context) {
    return {
      Program() {
        if (!STORES.test(context.sourceCode.text)) return;
        const analysis = analyze(context);
        const isNew = oncePerNode();
        for (const write of storageWrites(analysis)) {
          if (!keepsToken(analysis, write) || !isNew(write.node)) continue;
          context.report({
            node: write.node,
            messageId: write.where,
            data: { name: named(write.name) },
          });
        }
        if (!isAboutSigningIn(context.sourceCode.text)) return;
        for (const node of persistedStores(analysis)) {
          if (isNew(node)) context.report({ node, messageId: "store" });
        }
      },
    };
  },
});

/** Words without which a file keeps nothing in a browser or on a device. */
const STORES =
  /localStorage|sessionStorage|document\.cookie|[cC]ookie|AsyncStorage|localforage|LocalStorage|idb-keyval|@capacitor|@ionic\/storage|mmkv|persist|secure-ls|lscache|store2|objectStore|["']idb["']|: Storage\b/u;

function keepsToken(analysis: Analysis, { key, value }: StorageWrite): boolean {
  if (value === undefined) return false;
  const node = unwrap(value);
  if (isEmpty(analysis, node)) return false;
  const held = heldAt(analysis, node);
  if (held !== undefined && held.held !== "headers") return held.held !== "key";
  const isAuth = isAboutSigningIn(analysis.file.text);
  if (isAuth && (isObjectWithToken(analysis, node) || isReadBack(analysis, key, node))) return true;
  // Nothing shows where it comes from. What it is called on both sides may, in code about signing in.
  if (key === undefined) return false;
  const strength = tokenName(key);
  if (strength === undefined) return isAuth && isOfPair(analysis, key, node);
  if (isCalledToken(node) && (strength === "strong" || isPlainToken(key))) {
    return isAuth || !isOfOtherTrade(analysis.file.text);
  }
  if (strength === "strong") return isAuth && !saysOtherwise(node);
  if (isAuth && isCalledToken(node)) return true;
  return (
    (isAuth || keepsTokens(analysis, key)) &&
    isPlainToken(key) &&
    isAnswer(analysis, node) &&
    !saysOtherwise(node) &&
    !isOfOtherTrade(analysis.file.text)
  );
}

/** `JSON.stringify(user)`, where the program reads `user.token` elsewhere. */
function isObjectWithToken(analysis: Analysis, node: Node): boolean {
  const [argument] = node.type === "CallExpression" ? node.arguments : [];
  if (node.type !== "CallExpression" || argument === undefined || node.arguments.length > 1)
    return false;
  const path = dottedPath(argument)?.join(".");
  const root = rootOf(argument);
  if (dottedPath(node.callee)?.join(".") !== "JSON.stringify" || root.type !== "Identifier")
    return false;
  const variable = analysis.file.variableOf(root);
  const made = analysis.evaluate(argument);
  // `const person = { accessToken: answer.tokens.access }`
  if (
    made.type === "object" &&
    [...made.properties].some(
      ([name, { value }]) => tokenName(name) === "strong" && value.type !== "literal",
    )
  ) {
    return true;
  }
  return (
    variable !== undefined &&
    path !== undefined &&
    analysis.file.index.members.some(
      (member) =>
        tokenName(memberName(member) ?? "") !== undefined &&
        dottedPath(member.object)?.join(".") === path &&
        analysis.file.variableOf(rootOf(member)) === variable,
    )
  );
}

/** Names under which programs set and clear the token that they keep. */
const KEEPERS = ["setToken", "clearToken", "removeToken", "saveToken", "setCredentials"];

/** The file has functions for it, or reads the same key into something that is called a token. */
function keepsTokens({ file }: Analysis, key: string): boolean {
  if (KEEPERS.some((name) => file.index.names.has(name))) return true;
  return (file.index.called.get("getItem") ?? []).some((call) => {
    const [read] = call.arguments;
    if (read?.type !== "Literal" || read.value !== key) return false;
    const { parent } = call;
    const name =
      parent.type === "VariableDeclarator"
        ? dottedPath(parent.id)?.at(-1)
        : parent.type === "Property"
          ? staticKey(parent.key, parent.computed)
          : undefined;
    return name !== undefined && tokenName(name) !== undefined;
  });
}

/** What a server has answered, by its name or where it is taken out: `answer.data`, `await res.text()`. */
function isAnswer(analysis: Analysis, written: Node): boolean {
  let node = unwrap(written);
  if (node.type === "CallExpression" && dottedPath(node.callee)?.join(".") === "JSON.stringify") {
    const [argument] = node.arguments;
    if (argument !== undefined) node = unwrap(argument);
  }
  if (node.type === "CallExpression") node = unwrap(node.callee);
  const path = dottedPath(node) ?? [];
  const root = rootOf(node);
  return (
    root.type === "Identifier" &&
    analysis.file.variableOf(root) !== undefined &&
    path.some((name) => ANSWERS.test(name))
  );
}

const ANSWERS =
  /^(?:data|body|payload|json|text|res|resp|response|result|answer|reply|r|value|val)$/iu;

/** `setItem("access", data.access)` next to `setItem("refresh", data.refresh)`. */
function isOfPair({ file }: Analysis, key: string, node: Node): boolean {
  const { texts, names } = file.index;
  return (
    PAIR.includes(key) &&
    PAIR.includes(nameOf(node) ?? "") &&
    PAIR.every((name) => texts.has(name) || names.has(name))
  );
}

/**
 * `setItem("userInfo", JSON.stringify(data))`, and a header of the file is made of `userInfo.token`:
 * what is kept whole goes by the same name where it is read.
 */
function isReadBack(analysis: Analysis, key: string | undefined, node: Node): boolean {
  if (key === undefined || node.type !== "CallExpression") return false;
  if (dottedPath(node.callee)?.join(".") !== "JSON.stringify") return false;
  return headerValues(analysis).some((value) => dottedPath(value)?.at(-2) === key);
}

/** Nothing, a flag, or a fixed text: a sign-out. */
function isEmpty(analysis: Analysis, node: Node): boolean {
  return possibilities(analysis.evaluate(node)).every(
    (value) =>
      value.type === "literal" &&
      (typeof value.value !== "string" || !value.value.startsWith("eyJ")),
  );
}

/** The name of what is kept, looking through texts and `JSON.stringify`. */
function nameOf(node: Node): string | undefined {
  const current = unwrap(node);
  if (current.type === "CallExpression") {
    const [argument] = current.arguments;
    const callee = dottedPath(current.callee)?.join(".");
    return callee === "JSON.stringify" || callee === "String" || callee === "encodeURIComponent"
      ? argument === undefined
        ? undefined
        : nameOf(argument)
      : dottedPath(current.callee)?.at(-1);
  }
  if (current.type === "LogicalExpression") return nameOf(current.left);
  if (current.type === "TemplateLiteral") {
    const hole = current.expressions.find((one) => isCalledToken(one)) ?? current.expressions[0];
    return hole === undefined ? undefined : nameOf(hole);
  }
  return dottedPath(current)?.at(-1);
}

function isCalledToken(node: Node): boolean {
  const name = nameOf(node);
  return name !== undefined && tokenName(name) !== undefined;
}

/** `localStorage.setItem("accessTokenExpiry", …)` and values that are dates or counts. */
function saysOtherwise(node: Node): boolean {
  const name = nameOf(node);
  return (
    name !== undefined &&
    wordsOf(name).some((word) =>
      /^(?:expir\w*|time|date|now|count|csrf|xsrf|encrypt\w*|cipher\w*|hash\w*|id|uid|uuid|is|has)$/u.test(
        word,
      ),
    ) &&
    tokenName(name) === undefined
  );
}

export default rule;
