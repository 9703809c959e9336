import rule from "../../src/rules/require-audience-check.ts";
import { claimCheck } from "../kit/claim-check.ts";
import { testRule } from "../kit/test-rule.ts";

testRule(
  "require-audience-check",
  rule,
  claimCheck({
    claim: "aud",
    option: "audience",
    other: "issuer",
    good: "api",
    edit: 'audience: "https://api.example.com"',
  }),
);
