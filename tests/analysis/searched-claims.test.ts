import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Guards that look for something in the text of all claims, or for a claim in a list. */

const guard = (body: string, name = "requireEditor"): string =>
  `import jwt from "jsonwebtoken";
const ROLES = ["admin", "editor"];
export function ${name}(req, res, next) {
  const claims = «jwt.decode(req.headers.authorization)»;
  ${body}
  next();
}`;

const AWAY = "return res.sendStatus(403);";

const NEST = `import { JwtService } from "@nestjs/jwt";
export class RightsGuard {
  constructor(private jwt: JwtService) {}
  canActivate(context) {
    const claims = «this.jwt.decode(context.switchToHttp().getRequest().headers.authorization)»;
    const text = JSON.stringify(claims);
    return ["reports:read", "reports:write"].some((right) => text.includes(right));
  }
}`;

const plain = (code: string): string => code.replaceAll(/[«»]/gu, "");

const found = (code: string, name: string, line: number, what: string, edit: boolean) =>
  marked(
    code,
    {
      messageId: "decision",
      data: { name, line: String(line), what },
      suggestions: [
        {
          messageId: "verifyInstead",
          data: { from: name, to: name.replace("decode", "verify") },
          output: plain(code)
            .replace(".decode(", ".verify(")
            .replace(
              /(?<=jwt\.verify\(req\S+)\);/u,
              ', process.env.JWT_SECRET, { algorithms: ["HS256"] });',
            ),
        },
      ],
    },
    edit ? { ts: true } : {},
  );

testRule("no-unverified-claims", rule, {
  valid: [
    ...[
      // The text of the claims is measured, compared as a whole, or asked for its form.
      `if (JSON.stringify(claims).length > 4096) ${AWAY}`,
      `if (JSON.stringify(claims) === req.session.seen) ${AWAY}`,
      `if (JSON.stringify(claims).includes("null")) ${AWAY}`,
      `if (!JSON.stringify(claims).startsWith('{"sub":')) ${AWAY}`,
      `if (!/de|en/.test(JSON.stringify(claims.locale))) ${AWAY}`,
      `if (!JSON.stringify({ claims }).includes("admin")) ${AWAY}`,
      `if (parts(JSON.stringify(claims)).includes("admin")) ${AWAY}`,
      `if (!schema.test(JSON.stringify(claims))) ${AWAY}`,
      `if (index.includes(JSON.stringify(claims))) ${AWAY}`,
      // An object says in a text no more than that it is one.
      `if (String(claims).includes("object")) ${AWAY}`,
      // What is found decides nothing.
      `stats.editors += ROLES.includes(claims.role) ? 1 : 0;`,
      `if (ROLES.includes(claims.role)) stats.editors += 1;`,
      `if (blocked.has(claims.sub)) ${AWAY}`,
      `if (LOCALES.includes(claims.locale)) ${AWAY}`,
      `if (ROLES.push(claims.role) > 9) ${AWAY}`,
      `if (!ROLES.includes({ role: claims.role })) ${AWAY}`,
      `if (!limits.test(claims.role)) ${AWAY}`,
    ].map((body) => plain(guard(body))),
    // A search of a page, and a look at a token that is no guard
    plain(guard('if (JSON.stringify(claims).includes("x")) return res.json(1);', "searchClaims")),
    plain(guard(`if (!ROLES.includes(claims.role)) ${AWAY}`, "showRole")),
  ],
  invalid: [
    found(NEST, "this.jwt.decode", 7, "it", true),
    ...[
      `if (!JSON.stringify(claims).includes("editor")) ${AWAY}`,
      `if (JSON.stringify(claims).indexOf("editor") === -1) ${AWAY}`,
      `if (!/editor|admin/.test(JSON.stringify(claims))) ${AWAY}`,
    ].map((body) => found(guard(body), "jwt.decode", 5, "it", false)),
    ...[
      [`if (!ROLES.includes(claims.role)) ${AWAY}`, "role"],
      [`if (!owners.has(claims.sub)) ${AWAY}`, "sub"],
      [`if (ROLES.indexOf(claims.role) < 0) ${AWAY}`, "role"],
      [`if (!/@shop[.]example$/.test(claims.email)) ${AWAY}`, "email"],
    ].map(([body = "", claim = ""]) =>
      found(guard(body), "jwt.decode", 5, `the claim ${claim}`, false),
    ),
  ],
});
