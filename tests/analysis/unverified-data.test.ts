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

/** A document of Firestore, or a place of the Realtime Database, that the claims choose. */
const document = (body: string, loaded = ""): InvalidCase =>
  found(handler(body, loaded), "data", "user_id", body.includes("\n") ? "6" : "5");

testRule("no-unverified-claims: documents by their paths", rule, {
  valid: [
    ...[
      // What is chosen is written in the code, or no document.
      'const shown = await db.collection("pages").doc("home").get(); show(shown, claims.iat);',
      'const element = document.ref("x").child(claims.jti);',
      "const shown = page.doc(claims.user_id);",
      "const shown = this.$refs.child(claims.user_id);",
      'const label = doc(book, "pages", claims.user_id);',
    ].map((body) => plain(handler(body))),
    plain(
      handler(
        'const label = doc(book, "pages", claims.user_id);',
        'import { doc } from "./paper";',
      ),
    ),
    // The claims stand in a field that is written.
    plain(handler('await db.collection("visits").doc("today").set({ by: claims.user_id });')),
    plain(handler('await db.collection("visits").add({ by: claims.user_id });')),
    plain(
      handler(
        "await setDoc(today, { by: claims.user_id });",
        'import { setDoc } from "firebase/firestore";',
      ),
    ),
    // Names that stand for each other
    plain(handler("await one.doc(claims.user_id).get();", "var one = other; var other = one;")),
  ],
  invalid: [
    document('await admin.firestore().collection("users").doc(claims.user_id).update(req.body);'),
    document('const shown = await getFirestore().collection("users").doc(claims.user_id).get();'),
    document("const shown = await db.doc(`users/${claims.user_id}`).get();"),
    document('const shown = await db.ref("users/" + claims.user_id).once("value");'),
    document('const shown = await getDatabase().ref("users").child(claims.user_id).get();'),
    document(
      'const users = admin.firestore().collection("users");\n  const shown = await users.doc(claims.user_id).get();',
    ),
    document(
      'const shown = await getDoc(doc(db, "users", claims.user_id));',
      'import { doc, getDoc } from "firebase/firestore";',
    ),
    document(
      "const shown = await get(ref(db, `users/${claims.user_id}`));",
      'import { get, ref } from "firebase/database";',
    ),
  ],
});
