import rule from "../../src/rules/no-unchecked-verification.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Contexts of GraphQL servers, which say who asks. */

const TOKEN = 'const token = req.headers.authorization || "";';

const SAID = "return { «userId: 5» };";

const apollo = (body: string, params = "{ req }", before = ""): string =>
  `import { ApolloServer } from "apollo-server"; ${before}
export const server = new ApolloServer({ typeDefs, resolvers, context: async (${params}) => { ${body} } });`;

/** A context beside and behind other middlewares. */
const mounted = (beside = "", before = "", from = "@apollo/server/express4"): string =>
  `import { expressMiddleware } from "${from}"; ${before} app.use("/graphql", ${beside}expressMiddleware(server, { context: ({ req }) => { ${TOKEN} ${SAID} } }));`;

const given = (code: string): InvalidCase =>
  marked(code, { messageId: "constantIdentity", data: {} });

const plain = (code: string) => code.replaceAll(/[«»]/gu, "");

testRule("no-unchecked-verification: contexts of one and the same user", rule, {
  valid: [
    // The token is used, asked for, or handed on.
    ...[
      `${TOKEN} const user = await findUser(token); ${SAID}`,
      `${TOKEN} if (!token) throw new Error("sign in"); ${SAID}`,
      `${TOKEN} return { «userId: 5», token };`,
      `${TOKEN} const bearer = token.slice(7); const cut = bearer.trim(); const last = cut; const more = last; ${SAID}`,
      `${TOKEN} kept.token = token; ${SAID}`,
      `const { authorization } = req.headers; keep(authorization); ${SAID}`,
    ].map((body) => apollo(body)),
    // Something else may find out who asks, or has done so.
    ...[
      `${TOKEN} await requireMember(req); ${SAID}`,
      `${TOKEN} await members.admit(req); ${SAID}`,
      `${TOKEN} const known = new Members(req); ${SAID}`,
      `${TOKEN} if (!req.headers.cookie) throw new Error("sign in"); ${SAID}`,
      `${TOKEN} try { ${SAID} } catch { return { userId: null }; }`,
      `${TOKEN} if (req.method === "GET") { ${SAID} }`,
      `${TOKEN} return { «userId: 5», member: req.user };`,
      `${TOKEN} return req.method === "GET" ? { userId: 5 } : { userId: "7" };`,
    ].map((body) => apollo(body)),
    apollo(`${TOKEN} admit(req); ${SAID}`, undefined, 'import { admit } from "./members.js";'),
    apollo(
      `${TOKEN} checkUser(req); ${SAID}`,
      undefined,
      "function checkUser(request) { return request; }",
    ),
    apollo(
      `${TOKEN} admit(req); ${SAID}`,
      undefined,
      'function admit(request) { switch (request.method) { case "PUT": throw refused; } }',
    ),
    // What calls itself is not followed for ever.
    apollo(
      `${TOKEN} admit(req); ${SAID}`,
      undefined,
      "function admit(request) { return admit(request); }",
    ),
    apollo(
      `${TOKEN} admit(req); ${SAID}`,
      undefined,
      "function admit(request) { return members.admit(request); }",
    ),
    apollo(`${TOKEN} ${SAID}`, undefined, 'import jwt from "jsonwebtoken"; jwt.verify(sent, key);'),
    // It names nobody, a guest, or somebody who comes in development.
    ...[
      "return { pageSize: 5 };",
      "return { userId: null };",
      "return { userId: 0 };",
      'return { userId: "" };',
      'return { userId: "anonymous" };',
      "return { userId: process.env.USER_ID };",
      "return { id: 5 };",
      'return { user: { name: "gateway" } };',
      "return { author: { id: 5 } };",
      "return contextOf(5);",
      "",
      'return process.env.NODE_ENV === "production" ? {} : { userId: 5 };',
      "const isDevelopment = true; return { userId: 5 };",
    ].map((answer) => apollo(`${TOKEN} ${answer}`)),
    // A guard stands beside it or before it, and another function goes by the name.
    mounted("requireAuth, "),
    mounted("", "app.use(checkJwt);"),
    mounted("", "app.register(authPlugin);"),
    mounted("", "", "./express.js"),
    // No token is read, or it is no context of a server.
    apollo(`const name = "authorization"; ${SAID}`),
    apollo(`const page = req.headers.get("page"); // authorization\n ${SAID}`),
    apollo(`${TOKEN} ${SAID}`).replace("context:", "format:"),
    apollo(`${TOKEN} ${SAID}`).replace("new ApolloServer", "new ApolloClient"),
    'import { context } from "./context.js"; new ApolloServer({ context }); // authorization token',
    { code: apollo(`${TOKEN} ${SAID}`), filename: "mock/server.js" },
  ].map((one) => (typeof one === "string" ? plain(one) : { ...one, code: plain(one.code) })),
  invalid: [
    ...[
      `${TOKEN} ${SAID}`,
      `${TOKEN} console.log(token); ${SAID}`,
      `const token = req.headers.get("Authorization"); ${SAID}`,
      `const { authorization } = req.headers; const token = authorization ?? ""; ${SAID}`,
      `const bearer = req.headers.authorization; const token = bearer.replace("Bearer ", ""); ${SAID}`,
      `${TOKEN} return { loaders, «currentUserId: "42"» };`,
      `${TOKEN} return { user: { «id: 5», name: "Ann" } };`,
      `${TOKEN} return { ...loaders, currentUser: { role: "ADMIN", «email: "ann@shop.io"» } };`,
    ].map((body) => given(apollo(body))),
    given(
      apollo(
        `const { authorization } = lower(event.headers); const token = authorization || ""; ${SAID}`,
        "{ event }",
        "function lower(headers) { return Object.entries(headers).reduce((all, [name, value]) => ({ ...all, [name.toLowerCase()]: value }), {}); }",
      ),
    ),
    given(
      `import { startStandaloneServer } from "@apollo/server/standalone"; export const context = ({ req }) => { ${TOKEN} ${SAID} }; startStandaloneServer(server, { context });`,
    ),
    given(mounted()),
    given(mounted("cors(), express.json(), ", "app.use(helmet());")),
    given(
      `import { createYoga } from "graphql-yoga"; export const yoga = createYoga({ schema, context({ request: req }) { ${TOKEN} ${SAID} } });`,
    ),
  ],
});
