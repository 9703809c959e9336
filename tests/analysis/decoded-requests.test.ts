import rule from "../../src/rules/no-unverified-claims.ts";
import { marked } from "../kit/marked.ts";
import { testRule } from "../kit/test-rule.ts";

/** Who a request comes from, by a token that is only decoded. */

const NEXT = 'import { cookies } from "next/headers";';

/** By hand, in what is given no request. */
const byHand = (name: string, loaded = NEXT): string =>
  `${loaded}\nexport async function ${name}() {\n  const entry = (await cookies()).get("session");\n  if (!entry) return null;\n  const claims = «JSON.parse(atob(entry.value.split(".")[1]))»;\n  return { uid: claims.user_id, email: claims.email };\n}`;

const plain = (code: string): string => code.replaceAll(/[«»]/gu, "");

testRule("no-unverified-claims", rule, {
  valid: [
    // What is read from elsewhere than a request, and what nobody takes for a proof
    plain(byHand("getCurrentUser", 'import { cookies } from "./page";')),
    plain(byHand("decodeSession")),
    plain(byHand("themeOf")),
  ],
  invalid: [
    marked(byHand("getCurrentUser"), {
      messageId: "verifier",
      data: { name: "this code", function: "getCurrentUser" },
    }),
  ],
});
