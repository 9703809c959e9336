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

/** A function that both verifies and decodes, and an endpoint that looks something up by what it gives. */
const inTwoWays = (body: string, asked = "subjectOf(req)"): string =>
  `import { jwtDecode } from "jwt-decode"; import jwt from "jsonwebtoken";\nfunction subjectOf(req, { checked = true } = {}) {\n  const token = req.headers.authorization;\n  ${body}\n}\nexport const list = async (req, res) => {\n  const userName = ${asked};\n  if (!userName) return res.status(401).end();\n  res.json(await db.orders.find({ userName }));\n};`;

/** A handler of fastify that is given in an object, with what runs before it. */
const routed = (options: string, more = ""): string =>
  `import { jwtDecode } from "jwt-decode";\nexport default async function (fastify) {\n  async function save(request, reply) {\n    return fastify.prisma.note.create({\n      data: { text: request.body.text, author_id: «jwtDecode(request.cookies.token)».userId },\n    });\n  }\n  fastify.route({ method: "POST", url: "/notes", ${options} });\n  ${more}\n}`;

/** A cookie for who has none yet, that `made` gives. */
const visitor = (made: string): string =>
  `import { jwtDecode } from "jwt-decode"; import { issueVisitorClaim, readVisitorClaim } from "../utils/claims.js";\nexport default () => async (ctx, next) => {\n  const claim = ${made};\n  ctx.state.user = «jwtDecode(claim)»;\n  await next();\n};`;

const VERIFIED = "jwt.verify(token, process.env.KEY, options).userName";

const plain = (code: string): string => code.replaceAll(/[«»]/gu, "");

testRule("no-unverified-claims", rule, {
  valid: [
    // What is read from elsewhere than a request, and what nobody takes for a proof
    plain(byHand("getCurrentUser", 'import { cookies } from "./page";')),
    plain(byHand("decodeSession")),
    plain(byHand("themeOf")),
    // What runs before the handler may have verified the token.
    ...["onRequest", "preParsing", "preValidation", "preHandler"].map((hook) =>
      plain(routed(`${hook}: [fastify.authenticate], handler: save`)),
    ),
    plain(routed("preHandler: verifyJwt, handler: async (request, reply) => save(request, reply)")),
    // What the program has made a moment ago
    plain(visitor("issueVisitorClaim()")),
    plain(visitor("await issueVisitorClaim()")),
    // Each way verifies, the caller chooses, or another call verifies.
    plain(
      inTwoWays(
        `const { userName } = «jwtDecode(token)»; jwt.verify(token, process.env.KEY ?? keys.of(userName), options); return userName;`,
      ),
    ),
    plain(inTwoWays(`if (checked) return ${VERIFIED}; return «jwtDecode(token)».userName;`)),
    plain(
      inTwoWays(
        `if (process.env.KEY) { ${VERIFIED}; log("verified"); } else if (!req.admitted) return null; return «jwtDecode(token)».userName;`,
      ),
    ),
    plain(
      inTwoWays(
        `if (process.env.KEY) return ${VERIFIED}; return «jwtDecode(token)».userName;`,
        "verifyToken(req.headers.authorization) && subjectOf(req)",
      ),
    ),
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
      "issueVisitorClaim(ctx.request.body)",
      "readVisitorClaim()",
      'ctx.cookies.get("visitor")',
    ].map((made) =>
      marked(visitor(made), { messageId: "identity", data: { name: "jwtDecode", line: "4" } }),
    ),
    ...[
      routed("handler: save"),
      routed("preValidation: [fastify.authenticate], handler: save").replace(".route(", ".note("),
      routed("preSerialization: [fastify.authenticate], handler: save"),
      routed("preValidation: [countVisit], handler: save"),
      routed("preValidation: [fastify.authenticate], errorHandler: save"),
      routed(
        "preValidation: [fastify.authenticate], handler: save",
        'fastify.route({ method: "PUT", url: "/notes", handler: save });',
      ),
      routed(
        "preValidation: [fastify.authenticate], handler: save",
        'fastify.put("/notes", save);',
      ),
    ].map((code) =>
      marked(code, { messageId: "identity", data: { name: "jwtDecode", line: "4" } }),
    ),
    ...[
      `if (process.env.KEY) return ${VERIFIED}; return «jwtDecode(token)».userName;`,
      `if (process.env.KEY) { try { return ${VERIFIED}; } catch { return null; } } return «jwtDecode(token)»?.userName ?? null;`,
      `if (!process.env.KEY) return «jwtDecode(token)».userName; return ${VERIFIED};`,
      `return process.env.KEY ? ${VERIFIED} : «jwtDecode(token)».userName;`,
    ].map((body) =>
      marked(inTwoWays(body), {
        messageId: "data",
        data: { name: "jwtDecode", line: "9", what: "the claim userName" },
      }),
    ),
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
