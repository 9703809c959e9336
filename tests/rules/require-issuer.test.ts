import rule from "../../src/rules/require-issuer.ts";
import { requiredClaim } from "../kit/required-claim.ts";
import { testRule } from "../kit/test-rule.ts";

testRule(
  "require-issuer",
  rule,
  requiredClaim({
    claim: "iss",
    option: "issuer",
    setter: "setIssuer",
    messageId: "addIssuer",
    value: '"https://issuer.example.com"',
  }),
);
