import type { JwtRule } from "../types.ts";
import noAlgorithmConfusion from "./no-algorithm-confusion.ts";
import noClientSideKey from "./no-client-side-key.ts";
import noDisallowedAlgorithm from "./no-disallowed-algorithm.ts";
import noHandmadeJwt from "./no-handmade-jwt.ts";
import noHardcodedKey from "./no-hardcoded-key.ts";
import noHardcodedToken from "./no-hardcoded-token.ts";
import noIgnoredExpiration from "./no-ignored-expiration.ts";
import noIneffectiveOption from "./no-ineffective-option.ts";
import noInsecureTransport from "./no-insecure-transport.ts";
import noInvalidLifetime from "./no-invalid-lifetime.ts";
import noLongLifetime from "./no-long-lifetime.ts";
import noNoneAlgorithm from "./no-none-algorithm.ts";
import noOptionalAuthentication from "./no-optional-authentication.ts";
import noSensitivePayload from "./no-sensitive-payload.ts";
import noSilentVerificationFailure from "./no-silent-verification-failure.ts";
import noTokenInUrl from "./no-token-in-url.ts";
import noTokenInWebStorage from "./no-token-in-web-storage.ts";
import noTokenLogging from "./no-token-logging.ts";
import noUncheckedVerification from "./no-unchecked-verification.ts";
import noUntrustedKey from "./no-untrusted-key.ts";
import noUnverifiedClaims from "./no-unverified-claims.ts";
import noWeakKey from "./no-weak-key.ts";
import requireAlgorithms from "./require-algorithms.ts";
import requireAudience from "./require-audience.ts";
import requireAudienceCheck from "./require-audience-check.ts";
import requireExpiration from "./require-expiration.ts";
import requireIssuedAt from "./require-issued-at.ts";
import requireIssuer from "./require-issuer.ts";
import requireIssuerCheck from "./require-issuer-check.ts";
import requireJti from "./require-jti.ts";
import requireMaxAge from "./require-max-age.ts";
import requireRevocationCheck from "./require-revocation-check.ts";
import requireSecureCookie from "./require-secure-cookie.ts";
import requireTypeCheck from "./require-type-check.ts";

/** Every rule, by name: one import and one entry each, in alphabetical order. */
export const rules = {
  "no-algorithm-confusion": noAlgorithmConfusion,
  "no-client-side-key": noClientSideKey,
  "no-disallowed-algorithm": noDisallowedAlgorithm,
  "no-handmade-jwt": noHandmadeJwt,
  "no-hardcoded-key": noHardcodedKey,
  "no-hardcoded-token": noHardcodedToken,
  "no-ignored-expiration": noIgnoredExpiration,
  "no-ineffective-option": noIneffectiveOption,
  "no-insecure-transport": noInsecureTransport,
  "no-invalid-lifetime": noInvalidLifetime,
  "no-long-lifetime": noLongLifetime,
  "no-none-algorithm": noNoneAlgorithm,
  "no-optional-authentication": noOptionalAuthentication,
  "no-sensitive-payload": noSensitivePayload,
  "no-silent-verification-failure": noSilentVerificationFailure,
  "no-token-in-url": noTokenInUrl,
  "no-token-in-web-storage": noTokenInWebStorage,
  "no-token-logging": noTokenLogging,
  "no-unchecked-verification": noUncheckedVerification,
  "no-untrusted-key": noUntrustedKey,
  "no-unverified-claims": noUnverifiedClaims,
  "no-weak-key": noWeakKey,
  "require-algorithms": requireAlgorithms,
  "require-audience": requireAudience,
  "require-audience-check": requireAudienceCheck,
  "require-expiration": requireExpiration,
  "require-issued-at": requireIssuedAt,
  "require-issuer": requireIssuer,
  "require-issuer-check": requireIssuerCheck,
  "require-jti": requireJti,
  "require-max-age": requireMaxAge,
  "require-revocation-check": requireRevocationCheck,
  "require-secure-cookie": requireSecureCookie,
  "require-type-check": requireTypeCheck,
} satisfies Record<string, JwtRule>;
