/**
 * Which operations a rule looks at, so that the report can say how many it looked at and how many
 * of them passed. Rules about tokens in logs, addresses or storage look at no operation.
 */
import type { Kind, OptionRole } from "../libraries/types.ts";
import type { RuleName } from "../compliance/findings.ts";

export interface Concern {
  readonly kinds: readonly Kind[];
  /** The option that decides; out of sight means undecided. Several where any of them will do. */
  readonly roles?: readonly OptionRole[];
  /** What else decides, where it is no option by itself; a server may have any key. */
  readonly decides?: "key" | "key of a client" | "key size" | "algorithm";
}

const VERIFYING: readonly Kind[] = ["verify", "middleware", "strategy"];
const SIGNING: readonly Kind[] = ["sign"];
const KEYED: readonly Kind[] = [...SIGNING, ...VERIFYING, "module"];

export const concerns: Readonly<Partial<Record<RuleName, Concern>>> = {
  "no-none-algorithm": {
    kinds: [...KEYED, "unsecured-sign", "unsecured-verify"],
    decides: "algorithm",
  },
  "require-algorithms": { kinds: VERIFYING, roles: ["algorithms"] },
  "no-algorithm-confusion": { kinds: VERIFYING, decides: "algorithm" },
  "no-disallowed-algorithm": { kinds: KEYED, decides: "algorithm" },
  "no-hardcoded-key": { kinds: KEYED, decides: "key" },
  "no-weak-key": { kinds: KEYED, decides: "key size" },
  "no-untrusted-key": { kinds: [...VERIFYING, "key-set"], decides: "key" },
  "no-client-side-key": { kinds: KEYED, decides: "key of a client" },
  "no-unverified-claims": { kinds: ["decode", "header"] },
  "no-unchecked-verification": { kinds: ["verify", "unsecured-verify"] },
  "no-ignored-expiration": { kinds: VERIFYING },
  "require-audience-check": { kinds: VERIFYING, roles: ["audience"] },
  "require-issuer-check": { kinds: VERIFYING, roles: ["issuer"] },
  "require-type-check": { kinds: VERIFYING, roles: ["type"] },
  "require-max-age": { kinds: VERIFYING, roles: ["maxAge"] },
  "no-optional-authentication": { kinds: ["middleware", "strategy"] },
  "no-silent-verification-failure": { kinds: ["verify"] },
  "no-ineffective-option": { kinds: KEYED },
  "require-expiration": { kinds: SIGNING, roles: ["lifetime", "expiresAt"] },
  "no-long-lifetime": { kinds: SIGNING, roles: ["lifetime", "expiresAt"] },
  "no-invalid-lifetime": { kinds: SIGNING },
  "require-audience": { kinds: SIGNING, roles: ["audience"] },
  "require-issuer": { kinds: SIGNING, roles: ["issuer"] },
  "require-jti": { kinds: SIGNING, roles: ["jti"] },
  "require-issued-at": { kinds: SIGNING },
  "require-revocation-check": { kinds: VERIFYING },
  "no-sensitive-payload": { kinds: SIGNING },
};
