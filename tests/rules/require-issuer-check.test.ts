import rule from "../../src/rules/require-issuer-check.ts";
import { claimCheck } from "../kit/claim-check.ts";
import { testRule } from "../kit/test-rule.ts";

testRule(
  "require-issuer-check",
  rule,
  claimCheck({
    claim: "iss",
    option: "issuer",
    other: "audience",
    good: "me",
    edit: 'issuer: "https://issuer.example.com"',
  }),
);
