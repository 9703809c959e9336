import { analyze } from "../analysis/analysis.ts";
import type { Analysis } from "../analysis/analysis.ts";
import { isCommandLine } from "../analysis/command-line.ts";
import { isLogCall } from "../analysis/logging.ts";
import { errorText } from "../analysis/sinks/error-texts.ts";
import { loggedHolders } from "../analysis/sinks/logged-holders.ts";
import { loggedPasswords } from "../analysis/sinks/logged-passwords.ts";
import { headerLogs, logCall } from "../analysis/sinks/logs.ts";
import { dottedPath, enclosingFunction } from "../analysis/syntax.ts";
import type { CallNode, Node } from "../analysis/syntax.ts";
import { isForDevelopment } from "../analysis/trust/environments.ts";
import { isMissingAt } from "../analysis/tokens/missing.ts";
import { namedTokenUses, tokenUses } from "../analysis/tokens/uses.ts";
import type { Held, TokenUse } from "../analysis/tokens/uses.ts";
import type { JwtRule } from "../types.ts";
import { createRule } from "./kit/create-rule.ts";
import { named } from "./kit/mention.ts";
import { oncePerNode } from "./kit/once.ts";

type MessageIds =
  | "token"
  | "key"
  | "headers"
  | "password"
  | "inError"
  | "keyInError"
  | "headerFormat"
  | "headersByDefault";

const rule: JwtRule = createRule<[], MessageIds>({
  name: "no-token-logging",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow tokens, signing keys and Authorization headers in logs",
      group: "handling",
      recommended: "recommended",
      messages: {
        token: "high",
        key: "critical",
        headers: "high",
        password: "high",
        inError: "medium",
        keyInError: "critical",
        headerFormat: "high",
        headersByDefault: "medium",
      },
      cwe: ["CWE-532"],
      rfc: ["RFC 6750 section 5.3"],
      gate: "token",
      inTests: "off",
    },
    messages: {
      token:
        "{{name}} writes a token to the log, and whoever reads the log can use it. Log an identifier such as the jti or sub instead.",
      key: "{{name}} writes a signing key to the log, and whoever reads the log can make tokens. Remove the key from the log and replace it.",
      headers:
        "{{name}} writes all headers of a request to the log, with the Authorization header and the cookies among them. Log the headers that are needed, by name.",
      password:
        "{{name}} writes the password that a token is given for to the log, and whoever reads the log can sign in with it. Leave it out.",
      inError:
        "The message of this error carries a token, and errors end up in logs and answers. Leave the token out of the message.",
      keyInError:
        "The message of this error carries a signing key, and whoever reads the answer or the log can make tokens. Leave the key out of the message and replace it.",
      headerFormat:
        "This format writes the header that authorizes each request to the log. Take that header out of the format.",
      headersByDefault:
        "{{name}} logs the headers of every request by default, with the Authorization header and the cookies among them. Leave them out with the options of the logger.",
    },
    schema: [],
  },
  create(context) {
    return {
      Program() {
        const { text } = context.sourceCode;
        if (!SINKS.test(text)) return;
        const analysis = analyze(context);
        const isNew = oncePerNode();
        for (const { node, name, kind } of headerLogs(analysis)) {
          if (!isNew(node)) continue;
          if (kind === "format") context.report({ node, messageId: "headerFormat" });
          else context.report({ node, messageId: "headersByDefault", data: { name: named(name) } });
        }
        // What a program for the command line prints is its result.
        if (isCommandLine(analysis.file)) return;
        for (const { node, name } of loggedPasswords(analysis))
          if (isNew(node))
            context.report({ node, messageId: "password", data: { name: named(name) } });
        for (const use of usesIn(analysis)) {
          if (use.kind !== "argument") continue;
          const call = use.by as CallNode;
          // Tokens of a development machine open nothing.
          const isHarmless = (): boolean =>
            isForDevelopment(analysis.core, call) || isMissingAt(analysis, use);
          const text = errorText(analysis, use);
          if (text !== undefined) {
            const messageId = use.held === "key" ? "keyInError" : "inError";
            if (use.held !== "headers" && !isHarmless() && isNew(text, messageId))
              context.report({ node: text, messageId });
            continue;
          }
          // `publicKey`, wherever it comes from.
          if (/^(?:public|pub)[A-Z_]/u.test(dottedPath(use.node)?.at(-1) ?? "")) continue;
          const log = logCall(analysis, call);
          if (log?.writes(use.node, use.boxes) !== true || isHarmless()) continue;
          const node = placeFor(use, call);
          // The token in the headers and the headers are one thing to put right, a key is another.
          if (!isNew(node, use.held === "key" ? "key" : "token")) continue;
          context.report({
            node,
            messageId: messageFor(use.held),
            data: { name: named(log.name) },
          });
        }
        for (const { node, held, name } of loggedHolders(analysis))
          if (isNew(node) && isNew(node, held))
            context.report({ node, messageId: held, data: { name: named(name) } });
      },
    };
  },
});

/** What the file is seen to do with tokens, before what can be told of all headers of a request. */
function usesIn(analysis: Analysis): TokenUse[] {
  const uses = [...tokenUses(analysis), ...namedTokenUses(analysis)];
  return [
    ...uses.filter(({ held }) => held !== "headers"),
    ...uses.filter(({ held }) => held === "headers"),
  ];
}

/** Words without which nothing in a file writes to a log. */
const SINKS =
  /console|[lL]og|LOG|pino|winston|bunyan|signale|consola|debug|[sS]entry|[sS]pan\b|Error\(|Exception\(|[bB]oom|http-?[eE]rrors|@sveltejs\/kit|morgan/u;

function messageFor(held: Held): "token" | "key" | "headers" {
  if (held === "key") return "key";
  return held === "headers" ? "headers" : "token";
}

/** The argument that is written; of helpers that log whatever they are given, the one given to the outermost. */
function placeFor(use: TokenUse, call: CallNode): Node {
  let place = use.node;
  let at = call;
  for (const outer of use.calls.toReversed()) {
    if (!isPrinter(at)) break;
    place = outer.argument;
    at = outer.call;
  }
  return place;
}

/** Is the call in a function that does nothing but log? */
function isPrinter(call: CallNode): boolean {
  const owner = enclosingFunction(call);
  if (owner === undefined) return false;
  return owner.body.type !== "BlockStatement" || isPrinting(owner.body, call);
}

function isPrinting(statement: Node | null, call: CallNode): boolean {
  switch (statement?.type) {
    case undefined:
      return true;
    case "BlockStatement":
      return statement.body.every((one) => isPrinting(one, call));
    case "IfStatement":
      return [statement.consequent, statement.alternate].every((one) => isPrinting(one, call));
    case "ReturnStatement":
      return statement.argument === null || isPrint(statement.argument, call);
    case "ExpressionStatement":
      return isPrint(statement.expression, call);
    default:
      return false;
  }
}

function isPrint(expression: Node, call: CallNode): boolean {
  return expression === call || (expression.type === "CallExpression" && isLogCall(expression));
}

export default rule;
