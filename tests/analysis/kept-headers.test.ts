import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Headers that tell who is there, set for good tokens alone, each next to its twin without the client's own. */

const FILE =
  'import { NextResponse } from "next/server";\nimport jwt from "jsonwebtoken";\nconst read = (token) => jwt.verify(token, process.env.KEY, { algorithms: ["HS256"] });\n';

const SET = '«headers.set("x-user-id", claims.sub)»;';
const VERIFIED = `const claims = jwt.verify(token, process.env.KEY, { algorithms: ["HS256"] }); ${SET}`;
const ON = "return NextResponse.next({ request: { headers } });";
const AWAY = "return new NextResponse(null, { status: 401 });";

const middleware = (body: string, first = ""): string =>
  `${FILE}export function middleware(req) { const headers = new Headers(req.headers); ${first} const token = req.cookies.get("token")?.value; ${body} }`;

const plain = (code: string): string => code.replaceAll(/[«»]/gu, "");

const DIRECT = VERIFIED.replace("headers.set", "req.headers.set");

/** A guard that tells the services behind a proxy who asks, and lets some pass before. */
const gateway = (open: string, rest = "", forwarded = 'req.headers["x-user"]'): string =>
  `import jwt from "jsonwebtoken";
export const guard = (req, res, next) => {
  ${open}
  jwt.verify(req.headers.authorization, process.env.KEY, { algorithms: ["HS256"] }, (error, claims) => {
    if (error) return res.status(401).end();
    «req.headers["x-user"] = JSON.stringify(claims.user)»;
    next();
  });
};
${rest}
export const hooks = { proxyReq: (out, req) => { out.setHeader("x-user", ${forwarded}); } };`;

const OPEN = 'if (req.path.startsWith("/users/new")) return next();';

const LATER = "(error, claims) => {\n    if (error) return res.status(401).end();\n    ";

testRule("no-unverified-claims", rule, {
  valid: [
    ...[
      // Nobody passes before, or whoever does is known, or has no header any more.
      gateway("if (!req.headers.authorization) return res.status(401).end();"),
      gateway("if (req.user) return next();"),
      gateway(`delete req.headers["x-user"]; ${OPEN}`),
      gateway(OPEN, 'export const clean = (out) => out.removeHeader("x-user");'),
      gateway(OPEN, 'export const clean = (req) => { req.headers["x-user"] = ""; };'),
      // Another header goes on, or one that tells not who is there.
      gateway(OPEN, "", 'req.headers["x-name"]'),
      gateway(OPEN, "", "nobody"),
      gateway(OPEN).replaceAll("x-user", "x-request-id"),
      gateway(OPEN).replace("claims.user", "settings.user"),
      gateway(OPEN).replace("(error, claims)", "(error, { user: claims })"),
    ].map(plain),
    ...[
      // Whoever has no good token is turned away.
      `if (!token) ${AWAY} ${VERIFIED} ${ON}`,
      `if (token) { ${VERIFIED} } else { ${AWAY} } ${ON}`,
      `try { ${VERIFIED} } catch { ${AWAY} } ${ON}`,
      `if (token) { ${VERIFIED} ${ON} } ${AWAY}`,
      `if (token) { try { ${VERIFIED} } catch (error) { throw error; } } else ${AWAY} ${ON}`,
      `if (!token) ${AWAY} const claims = read(token); if (claims.role) { ${SET.replace("sub", "role").replace("-id", "-role")} } ${ON}`,
      // The client's own is taken out, or written over.
      `if (token) { ${VERIFIED} } else headers.delete("x-user-id"); ${ON}`,
      `if (token) { ${VERIFIED} } else headers.set("X-User-Id", ""); ${ON}`,
      `for (const name of INTERNAL) headers.delete(name); if (token) { ${VERIFIED} } ${ON}`,
      // Nothing goes on, or something else.
      `if (token) { ${VERIFIED} } return NextResponse.next();`,
      `if (token) { ${VERIFIED} } return render(headers);`,
      `if (token) { ${VERIFIED} } return NextResponse.next({ request: { headers: req.headers } });`,
      // It tells not who is there.
      `if (token) { ${VERIFIED.replace("x-user-id", "x-request-id")} } ${ON}`,
      `if (token) { ${VERIFIED.replace("claims.sub", '"4711"')} } ${ON}`,
    ].map((body) => plain(middleware(body))),
    plain(middleware(`if (token) { ${VERIFIED} } ${ON}`, 'headers.delete("x-user-id");')),
    plain(middleware(`if (token) { ${VERIFIED} } ${ON}`)).replace(
      "new Headers(req.headers)",
      "new Headers()",
    ),
    plain(middleware(`if (token) { ${DIRECT} } else ${AWAY} return NextResponse.next();`)),
  ],
  invalid: [
    ...[
      gateway(OPEN),
      gateway("if (!req.headers.authorization) return next();"),
      // What a comment says is not done.
      `${gateway(OPEN)} // delete req.headers["x-user"] first`,
      gateway(OPEN)
        .replace(
          LATER,
          "() => {});\n  const claims = jwt.verify(req.token, KEY, { algorithms: ['HS256'] });\n",
        )
        .replace("next();\n  });", "next();"),
    ].map((code) => marked(code, { messageId: "keptHeader", data: { header: "x-user" } })),
    ...[
      `if (token) { ${VERIFIED} } ${ON}`,
      `if (token) { try { ${VERIFIED} } catch (error) { console.warn(error); } } ${ON}`,
      `try { ${VERIFIED} } catch {} ${ON}`,
      `if (!token) { console.log("nobody"); } else { ${VERIFIED} } ${ON}`,
      `if (token) { const claims = read(token); ${SET} } ${ON}`,
      `if (token) { ${VERIFIED.replace("claims.sub", "String(claims.sub)")} } return NextResponse.rewrite(url, { request: { headers } });`,
      `const claims = token && read(token); if (claims?.sub) { ${SET} } ${ON}`,
      `if (token) { ${DIRECT} } return NextResponse.next();`,
    ].map((body) =>
      marked(middleware(body), { messageId: "keptHeader", data: { header: "x-user-id" } }),
    ),
  ],
});
