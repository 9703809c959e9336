import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Who a request comes from, by a token that is only decoded. */

const NEXT = 'import { cookies } from "next/headers";';

/** By hand, in what is given no request. */
const byHand = (name: string, loaded = NEXT): string =>
  `${loaded}\nexport async function ${name}() {\n  const entry = (await cookies()).get("session");\n  if (!entry) return null;\n  const claims = «JSON.parse(atob(entry.value.split(".")[1]))»;\n  return { uid: claims.user_id, email: claims.email };\n}`;

/** A handler that puts down what a token says, where `target` is. */
const putDown = (target: string, before = ""): string =>
  `import { jwtDecode } from "jwt-decode";\nexport const watch = async (request, reply, next) => {\n  ${before}\n  const claims = «jwtDecode(request.cookies.token)»;\n  ${target} = claims.ref;\n  next();\n};`;

const plain = (code: string): string => code.replaceAll(/[«»]/gu, "");

testRule("no-unverified-claims", rule, {
  valid: [
    // What is read from elsewhere than a request, and what nobody takes for a proof
    plain(byHand("getCurrentUser", 'import { cookies } from "./page";')),
    plain(byHand("decodeSession")),
    plain(byHand("themeOf")),
    // What things are called, what is only logged or shown, and what another is asked for
    ...[
      "request.id",
      "request.name",
      "request.requestId",
      "request.orderId",
      "request.externalId",
      "request.clientId",
      "request.log.username",
      "reply.username",
      "form.username",
      "accountId",
      "cache[claims.accountId]",
    ].map((target) => plain(putDown(target))),
    plain(
      `import jwt from "jsonwebtoken"; ${putDown("request.accountId", "jwt.verify(request.cookies.token, KEY, options);")}`,
    ),
    plain(putDown("context.accountId", "const context = new GetAccount();")),
  ],
  invalid: [
    ...[
      "request.account_id",
      "request.accountId",
      "request.memberId",
      "request.playerId",
      "request.customerId",
      "request.username",
      "request.session.userName",
      "request.state.cliente_id",
    ].map((target) =>
      marked(putDown(target), { messageId: "identity", data: { name: "jwtDecode", line: "5" } }),
    ),
    marked(byHand("getCurrentUser"), {
      messageId: "verifier",
      data: { name: "this code", function: "getCurrentUser" },
    }),
  ],
});
