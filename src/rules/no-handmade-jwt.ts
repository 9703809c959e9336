import { analyze } from "../analysis/analysis.ts";
import { handmadeSignatures } from "../analysis/operations/handmade-signature.ts";
import type { JwtRule } from "../types.ts";
import { createRule } from "./kit/create-rule.ts";
import { oncePerNode } from "./kit/once.ts";

type MessageIds = "signs" | "verifies" | "hashes" | "compares";

const rule: JwtRule = createRule<[], MessageIds>({
  name: "no-handmade-jwt",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow signatures of tokens that are made or checked without a library",
      group: "handling",
      recommended: "recommended",
      messages: { signs: "medium", verifies: "medium", hashes: "medium", compares: "high" },
      cwe: ["CWE-327", "CWE-208"],
      rfc: ["RFC 7515 section 5", "RFC 8725 section 3.3"],
      gate: "token",
      inTests: "off",
    },
    messages: {
      signs:
        "This signs header and payload of a token by hand, which leaves encoding, algorithms and expiry to this code. Sign with a library such as jose or jsonwebtoken.",
      verifies:
        "This checks the signature of a token by hand, and whatever else a verification looks at is left to this code. Verify with a library such as jose or jsonwebtoken.",
      hashes:
        "This takes a hash of a text and a secret for the signature of a token, which is no HMAC: where the secret stands in front, whoever has one token can make longer ones without it. Sign and verify with a library such as jose or jsonwebtoken.",
      compares:
        "This compares the signature of a token in a time that tells how much of a guess was right, so signatures can be guessed piece by piece. Verify with a library, or compare with crypto.timingSafeEqual.",
    },
    schema: [],
  },
  create(context) {
    return {
      Program() {
        const isNew = oncePerNode();
        for (const { kind, node, isHash, comparison } of handmadeSignatures(analyze(context))) {
          const place = comparison ?? node;
          if (!isNew(place)) continue;
          const done = isHash ? "hashes" : kind;
          context.report({ node: place, messageId: comparison === undefined ? done : "compares" });
        }
      },
    };
  },
});

export default rule;
