/**
 * What a finding of each rule shows, for readers who gate on it or file it and need not read code.
 *
 * The keys are the vocabulary of the frameworks. A rule may stand here before it exists: the
 * frameworks can name it, the presets leave it out, and adding it takes no change here.
 */
export const findings = {
  "no-none-algorithm":
    "Tokens without a signature are made or accepted, and anybody can write one.",
  "require-algorithms":
    "The check of the signature leaves the choice of the algorithm to the token.",
  "no-algorithm-confusion":
    "A public key can be taken for the secret of a MAC, so that whoever knows it can make tokens.",
  "no-disallowed-algorithm": "An algorithm is used that is broken, or that the policy rules out.",
  "no-hardcoded-key": "A signing key stands in the code, or code supplies one where none is set.",
  "no-weak-key": "A key is too short or too easy to guess for its algorithm.",
  "no-untrusted-key": "The token, or whoever sends it, decides which key it is verified with.",
  "no-client-side-key": "A signing key is delivered to browsers, where everybody can read it.",
  "no-unverified-claims": "Claims are used although nobody checked the signature over them.",
  "no-unchecked-verification":
    "The result of a check is not looked at, or its failure is taken for success.",
  "no-ignored-expiration": "Tokens are accepted after they have expired.",
  "require-audience-check": "Tokens that were made for another service are accepted.",
  "require-issuer-check": "Tokens are accepted without a check of who issued them.",
  "require-type-check": "A token made for another use (an ID or a refresh token) is accepted.",
  "require-max-age": "A token is accepted however long ago it was issued.",
  "no-optional-authentication": "A request without a valid token gets through.",
  "no-silent-verification-failure": "A token that fails its check leaves no trace.",
  "no-ineffective-option": "A setting of the check is written in a way that has no effect.",
  "require-expiration": "Tokens are issued that never expire.",
  "no-long-lifetime": "Tokens are issued that live longer than the maximum.",
  "no-invalid-lifetime": "Tokens are issued whose lifetime is not what was meant.",
  "require-audience": "Tokens are issued that do not say for which service they are.",
  "require-issuer": "Tokens are issued that do not say who issued them.",
  "require-jti": "Tokens are issued without an identifier to follow or revoke them by.",
  "require-issued-at": "Tokens are issued without the time at which they were issued.",
  "require-revocation-check": "A token is accepted without asking whether it was withdrawn.",
  "no-sensitive-payload":
    "A secret or personal data stands in a payload that every holder can read.",
  "no-token-logging": "Tokens or keys are written to a log.",
  "no-token-in-url": "A token stands in an address, which histories and logs keep.",
  "no-token-in-web-storage": "A token is kept where every script of the page can read it.",
  "require-secure-cookie": "A cookie that carries a token lacks the attributes that protect it.",
  "no-insecure-transport":
    "A token or a verification key travels unencrypted, from a server whose certificate nobody checked, or to a page of any origin.",
  "no-hardcoded-token": "A token stands in the code.",
  "no-handmade-jwt": "Tokens are made or checked with code of the program's own.",
} as const;

export type RuleName = keyof typeof findings;

export const ruleNames = Object.keys(findings) as readonly RuleName[];

export function isRuleName(name: string): name is RuleName {
  return Object.hasOwn(findings, name);
}
