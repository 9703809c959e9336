import audience from "../../src/rules/require-audience-check.ts";
import issuer from "../../src/rules/require-issuer-check.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** A verification that is told what to expect by what was read of a token before. */
const checked = (expected: string, before = "const peek = jwt.decode(idToken);"): string =>
  `import jwt from "jsonwebtoken"; export async function accept(idToken, other, APPS) { ${before} return «jwt.verify(idToken, process.env.KEY, { algorithms: ["RS256"], ${expected} })»; }`;
const plain = (...given: Parameters<typeof checked>): string =>
  checked(...given).replaceAll(/[«»]/gu, "");

testRule("require-audience-check: an audience that the token says itself", audience, {
  valid: [
    plain("audience: process.env.APP || 'app'"),
    // Of another token, another claim, or the verified one.
    plain("audience: jwt.decode(other).aud", ""),
    plain("audience: peek.client"),
    plain("audience: jwt.verify(idToken, process.env.FIRST, { audience: 'app' }).aud", ""),
    // It is looked at before, or behind.
    plain(
      "audience: peek.aud",
      "const peek = jwt.decode(idToken); if (peek.aud !== APPS.web) throw new Error('app');",
    ),
    plain(
      "audience",
      "const peek = jwt.decode(idToken); const audience = peek.aud; if (!APPS.includes(audience)) throw new Error('app');",
    ),
    plain(
      "audience",
      "const audience = jwt.decode(idToken).aud; if (audience !== APPS.web) throw new Error('app');",
    ),
    plain(
      "audience",
      "const audience = jwt.decode(idToken).aud; await clients.findOrFail(audience);",
    ),
    plain("audience: clients.of(peek.aud)"),
    plain("audience: aud", "const { aud } = jwt.decode(idToken); assertKnown(aud);"),
    // What the header says is no claim.
    plain("audience: jwt.decode(idToken, { complete: true }).header.aud", ""),
  ],
  invalid: [
    ...[
      ["audience: process.env.APP || peek.aud"],
      ["audience: process.env.APP || (peek && peek.aud) || 'app'"],
      ["audience: process.env.APP ?? peek?.aud"],
      ["audience: process.env.APP ? process.env.APP : peek.aud"],
      ["audience: jwt.decode(idToken).aud", ""],
      [
        "audience",
        "const peek = jwt.decode(idToken); const audience = process.env.APP || (peek && peek.aud) || 'app';",
      ],
      [
        "audience",
        "const audience = jwt.decode(idToken).aud; if (!audience) throw new Error('none');",
      ],
      ["audience", "const audience = jwt.decode(idToken, { complete: true }).payload.aud;"],
    ].map(([expected = "", before]) =>
      marked(checked(expected, before), {
        messageId: "missingWithOwnKey",
        data: { name: "jwt.verify", option: "audience" },
      }),
    ),
  ],
});

testRule("require-issuer-check: an issuer that the token says itself", issuer, {
  valid: [
    plain(
      "issuer: peek.iss",
      "const peek = jwt.decode(idToken); const tenant = await tenants.get(peek.iss);",
    ),
  ],
  invalid: [
    marked(checked("issuer: process.env.ISSUER || peek.iss"), {
      messageId: "missingWithOwnKey",
      data: { name: "jwt.verify", option: "issuer" },
    }),
  ],
});
