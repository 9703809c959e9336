import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";
import type { InvalidCase } from "../kit/test-rule.ts";

/** Unverified claims that functions of the program's own are given which keep its data, next to what gives none. */

const READER = 'import { jwtDecode } from "jwt-decode";\n';

const handler = (body: string, loaded = ""): string =>
  `${READER}${loaded}\nexport async function show(req, res) {\n  const claims = «jwtDecode(req.cookies.jwt)»;\n  ${body}\n}`;

const plain = (code: string): string => code.replaceAll(/[«»]/gu, "");

const found = (code: string, messageId: string, claim?: string, line = "5"): InvalidCase =>
  marked(code, {
    messageId,
    data: {
      name: "jwtDecode",
      line,
      ...(claim === undefined ? {} : { what: `the claim ${claim}` }),
    },
  });

const QUERIES = 'import { basketOf, noteVisit, logView, forgetSession } from "../model/queries";';

testRule("no-unverified-claims", rule, {
  valid: [
    // Functions that give no data, and those of other modules
    ...[
      "await noteVisit(claims.user_id);",
      "noteVisit(claims.user_id, (done) => done());",
      "const view = await logView(claims.user_id);",
      "const done = await forgetSession(claims.user_id);",
      "const basket = await basketOf(claims.jti);",
    ].map((body) => plain(handler(body, QUERIES))),
    plain(
      handler(
        "const text = await labelOf(claims.sub);",
        'import { labelOf } from "../view/labels";',
      ),
    ),
    plain(
      handler("const text = await labelOf(claims.sub);", 'import { labelOf } from "database";'),
    ),
    plain(
      handler(
        "const claimed = jwt.verify(req.cookies.jwt, key); const basket = await basketOf(claims.user_id);",
        `import jwt from "jsonwebtoken"; ${QUERIES}`,
      ),
    ),
  ],
  invalid: [
    ...[
      "basketOf(claims.user_id, (error, items) => res.json(items));",
      "const items = await basketOf(claims.user_id); res.json(items);",
      "res.json(await basketOf(claims.user_id));",
      "basketOf(claims.user_id).then((items) => res.json(items));",
    ].map((body) => found(handler(body, QUERIES), "data", "user_id")),
    ...["./db/baskets.js", "@/repositories/baskets", "../models"].map((place) =>
      found(
        handler(
          "const items = await baskets.itemsOf(claims.sub); res.json(items);",
          `import * as baskets from "${place}";`,
        ),
        "data",
        "sub",
      ),
    ),
  ],
});
