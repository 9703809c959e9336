import type { JwtRule } from "../types.ts";
import noAlgorithmConfusion from "./no-algorithm-confusion.ts";
import noClientSideKey from "./no-client-side-key.ts";
import noDisallowedAlgorithm from "./no-disallowed-algorithm.ts";
import noHardcodedKey from "./no-hardcoded-key.ts";
import noIgnoredExpiration from "./no-ignored-expiration.ts";
import noIneffectiveOption from "./no-ineffective-option.ts";
import noInvalidLifetime from "./no-invalid-lifetime.ts";
import noLongLifetime from "./no-long-lifetime.ts";
import noNoneAlgorithm from "./no-none-algorithm.ts";
import noUncheckedVerification from "./no-unchecked-verification.ts";
import noUntrustedKey from "./no-untrusted-key.ts";
import noUnverifiedClaims from "./no-unverified-claims.ts";
import noWeakKey from "./no-weak-key.ts";
import requireAlgorithms from "./require-algorithms.ts";
import requireAudienceCheck from "./require-audience-check.ts";
import requireExpiration from "./require-expiration.ts";
import requireIssuerCheck from "./require-issuer-check.ts";

/** Every rule, by name: one import and one entry each, in alphabetical order. */
export const rules = {
  "no-algorithm-confusion": noAlgorithmConfusion,
  "no-client-side-key": noClientSideKey,
  "no-disallowed-algorithm": noDisallowedAlgorithm,
  "no-hardcoded-key": noHardcodedKey,
  "no-ignored-expiration": noIgnoredExpiration,
  "no-ineffective-option": noIneffectiveOption,
  "no-invalid-lifetime": noInvalidLifetime,
  "no-long-lifetime": noLongLifetime,
  "no-none-algorithm": noNoneAlgorithm,
  "no-unchecked-verification": noUncheckedVerification,
  "no-untrusted-key": noUntrustedKey,
  "no-unverified-claims": noUnverifiedClaims,
  "no-weak-key": noWeakKey,
  "require-algorithms": requireAlgorithms,
  "require-audience-check": requireAudienceCheck,
  "require-expiration": requireExpiration,
  "require-issuer-check": requireIssuerCheck,
} satisfies Record<string, JwtRule>;

export type RuleName = keyof typeof rules;
