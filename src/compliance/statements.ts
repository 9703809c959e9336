/**
 * The two articles that this package started from, statement by statement: what each says in
 * short, what is precise, which rules show it in code, and which questions are left to people.
 *
 * Every statement has an answer, a rule or an entry of the checklist.
 */
import type { ChecklistId } from "./checklist.ts";
import type { RuleName } from "./findings.ts";

export interface Statement {
  readonly id: string;
  readonly article: ArticleId;
  /** What the article says, in short. */
  readonly claim: string;
  /** What is precise. */
  readonly precise: string;
  /** `wrong` and `imprecise` are about the claim as it stands. */
  readonly verdict: "right" | "imprecise" | "wrong";
  /** The controls that the article names or means, by framework; those of 2013 in its numbers. */
  readonly controls: Readonly<Record<string, readonly string[]>>;
  /** What code shows. */
  readonly rules: readonly RuleName[] | "all";
  /** What only people can answer. */
  readonly checklist: readonly ChecklistId[];
}

export const articles = {
  iso27001: {
    title: "JWT-based authentication for ISO 27001",
    publisher: "hoop.dev",
    framework: "iso27001-2022",
  },
  soc2: {
    title: "Web tokens for SOC 2",
    publisher: "hoop.dev",
    framework: "soc2",
  },
} as const;

export type ArticleId = keyof typeof articles;

export const statements: readonly Statement[] = [
  {
    id: "I-1",
    article: "iso27001",
    claim: "JWTs are compact and self-contained, signed and sometimes encrypted.",
    precise:
      "A JWT may also be unsecured, with the algorithm none (RFC 7519 section 6). A signature shows who made it and that nobody changed it; it hides nothing.",
    verdict: "imprecise",
    controls: { "iso27001-2022": ["A.8.24"] },
    rules: ["no-none-algorithm", "no-sensitive-payload"],
    checklist: ["data-classification"],
  },
  {
    id: "I-2",
    article: "iso27001",
    claim: "Of the three parts, the signature makes sure that nobody tampered with the token.",
    precise:
      "Only if somebody verifies it, with an algorithm and a key that the program chose (RFC 8725 sections 3.1 and 3.3). An encrypted JWT has five parts.",
    verdict: "imprecise",
    controls: { "iso27001-2022": ["A.8.5", "A.8.24"] },
    rules: [
      "require-algorithms",
      "no-algorithm-confusion",
      "no-untrusted-key",
      "no-unverified-claims",
      "no-unchecked-verification",
    ],
    checklist: ["verified-upstream"],
  },
  {
    id: "I-3",
    article: "iso27001",
    claim: "Access control (A.9.1): permissions of roles can stand in the payload.",
    precise:
      "A.9.1 is about policy; enforcing it was A.9.4.1 and is A.8.3. A role in a token stays as it was until the token ends, and counts only in a token that was verified for this service.",
    verdict: "imprecise",
    controls: {
      "iso27001-2013": ["A.9.1.1", "A.9.1.2", "A.9.4.1"],
      "iso27001-2022": ["A.5.15", "A.8.3"],
    },
    rules: ["no-unverified-claims", "require-audience-check", "no-long-lifetime"],
    checklist: ["role-design", "stale-claims"],
  },
  {
    id: "I-4",
    article: "iso27001",
    claim:
      "Secure authentication (A.9.2): tokens replace session identifiers, are harder to tamper with, and spare the server its sessions.",
    precise:
      "A.9.2 is about managing the access of users; authentication was A.9.4.2 and is A.8.5. A random session identifier has nothing to tamper with, and a server without sessions cannot end one at once.",
    verdict: "imprecise",
    controls: {
      "iso27001-2013": ["A.9.2.1", "A.9.2.6", "A.9.4.2"],
      "iso27001-2022": ["A.5.16", "A.5.18", "A.8.5"],
    },
    rules: ["require-expiration", "require-jti", "require-revocation-check"],
    checklist: ["session-model", "revocation-store"],
  },
  {
    id: "I-5",
    article: "iso27001",
    claim:
      "Data integrity (A.10.1): hashing algorithms such as HMAC or RSA keep the payload intact.",
    precise:
      "A.10.1 is about cryptographic controls and is A.8.24. HMAC is a MAC and RSA a signature scheme; neither is a hash. With a MAC every verifier can also make tokens (RFC 7518 section 8.10).",
    verdict: "imprecise",
    controls: { "iso27001-2013": ["A.10.1.1"], "iso27001-2022": ["A.8.24"] },
    rules: [
      "no-none-algorithm",
      "no-algorithm-confusion",
      "no-disallowed-algorithm",
      "no-handmade-jwt",
    ],
    checklist: ["algorithm-policy"],
  },
  {
    id: "I-6",
    article: "iso27001",
    claim: "Audit logs (A.12.4): token use is logged, with times and identifiers from the claims.",
    precise:
      "Claims tell about the issue of a token, not about its use. Log identifier, subject and outcome, of refused tokens too, and never the token. Monitoring is A.8.16, new in 2022.",
    verdict: "imprecise",
    controls: {
      "iso27001-2013": ["A.12.4.1", "A.12.4.2", "A.12.4.4"],
      "iso27001-2022": ["A.8.15", "A.8.16", "A.8.17"],
    },
    rules: [
      "no-silent-verification-failure",
      "require-jti",
      "require-issued-at",
      "no-token-logging",
    ],
    checklist: ["log-handling", "alerting", "clock-sync"],
  },
  {
    id: "I-7",
    article: "iso27001",
    claim: "JWTs minimise hijacked sessions, replay and weaknesses of the server.",
    precise:
      "Whoever holds a bearer token can use it, again and again until it expires. Against that help tokens bound to their sender, identifiers that are remembered, and short lives.",
    verdict: "wrong",
    controls: { "iso27001-2013": ["A.9.4.2", "A.14.1.3"], "iso27001-2022": ["A.5.17", "A.8.5"] },
    rules: [
      "require-max-age",
      "require-expiration",
      "no-long-lifetime",
      "require-jti",
      "no-token-in-url",
      "no-token-in-web-storage",
      "require-secure-cookie",
    ],
    checklist: ["replay-protection"],
  },
  {
    id: "I-8",
    article: "iso27001",
    claim: "Strong algorithms: RS256 rather than the weaker HS256.",
    precise:
      "HS256 with a random key of 256 bits is not weaker. It suits a single party that signs and verifies. Where another party verifies, use a key pair, and rather PS256, ES256 or EdDSA than RS256.",
    verdict: "wrong",
    controls: { "iso27001-2013": ["A.10.1.1"], "iso27001-2022": ["A.8.24"] },
    rules: ["no-disallowed-algorithm", "no-algorithm-confusion", "no-weak-key"],
    checklist: ["algorithm-policy", "key-entropy"],
  },
  {
    id: "I-9",
    article: "iso27001",
    claim: "Tokens should live for a short time.",
    precise:
      "No standard gives one number; RFC 6750 section 5.3 says one hour or less. Many libraries look at exp only where it is there, so a token without it is good for ever.",
    verdict: "right",
    controls: {
      "iso27001-2013": ["A.9.2.6", "A.9.4.2"],
      "iso27001-2022": ["A.5.18", "A.8.5"],
    },
    rules: [
      "no-ignored-expiration",
      "require-max-age",
      "require-expiration",
      "no-long-lifetime",
      "no-invalid-lifetime",
    ],
    checklist: ["lifetime-settings"],
  },
  {
    id: "I-10",
    article: "iso27001",
    claim: "Compromised tokens can be revoked, by a denylist for example.",
    precise:
      "Right, and it brings back the state that I-4 wants to be rid of. List the identifier with its issuer, not the token or its hash: one token can be written in several ways.",
    verdict: "right",
    controls: { "iso27001-2013": ["A.9.2.6"], "iso27001-2022": ["A.5.18"] },
    rules: ["require-jti", "require-revocation-check"],
    checklist: ["revocation-store"],
  },
  {
    id: "I-11",
    article: "iso27001",
    claim: "Claims are validated, exp and aud among them.",
    precise:
      "Also the signature with a list of algorithms, the issuer, nbf, and the type or purpose (RFC 8725 sections 3.8 to 3.12).",
    verdict: "imprecise",
    controls: { "iso27001-2013": ["A.9.4.2"], "iso27001-2022": ["A.8.5"] },
    rules: [
      "require-algorithms",
      "no-unverified-claims",
      "no-ignored-expiration",
      "require-audience-check",
      "require-issuer-check",
      "require-type-check",
      "no-ineffective-option",
    ],
    checklist: ["verified-upstream", "clock-sync"],
  },
  {
    id: "I-12",
    article: "iso27001",
    claim: "SSL or TLS is everywhere.",
    precise:
      "SSL is obsolete: TLS 1.2 or newer. TLS ends at a proxy, and a token in an address is in its log, in the history and in the referrer all the same.",
    verdict: "imprecise",
    controls: {
      "iso27001-2013": ["A.13.1.1", "A.13.2.1", "A.14.1.2"],
      "iso27001-2022": ["A.5.14", "A.8.20", "A.8.26"],
    },
    rules: ["no-insecure-transport", "no-token-in-url", "require-secure-cookie"],
    checklist: ["tls-deployment"],
  },
  {
    id: "I-13",
    article: "iso27001",
    claim: "Private keys are protected.",
    precise:
      "And shared secrets: with HS256 the key that verifies also signs, in every service that has it.",
    verdict: "imprecise",
    controls: {
      "iso27001-2013": ["A.9.2.4", "A.10.1.2"],
      "iso27001-2022": ["A.5.17", "A.8.24"],
    },
    rules: ["no-hardcoded-key", "no-weak-key", "no-client-side-key", "no-hardcoded-token"],
    checklist: ["key-custody", "key-entropy", "key-rotation"],
  },
  {
    id: "I-14",
    article: "iso27001",
    claim: "Following the list brings the system in line with ISO 27001.",
    precise:
      "ISO/IEC 27001 certifies a management system. No technique is in line with it by itself; findings and runs are evidence for some of its controls.",
    verdict: "wrong",
    controls: { "iso27001-2022": ["A.5.36", "A.8.28", "A.8.29"] },
    rules: "all",
    checklist: ["risk-treatment", "operation-over-time", "scope-of-code"],
  },
  {
    id: "S-1",
    article: "soc2",
    claim: "A JWT is a digital key, a long string of three parts.",
    precise:
      "It is a statement that somebody signed, and whoever holds it can use it. The key is what signed it, and is kept apart.",
    verdict: "imprecise",
    controls: { soc2: ["CC6.1"] },
    rules: ["no-hardcoded-key", "no-hardcoded-token"],
    checklist: ["key-custody"],
  },
  {
    id: "S-2",
    article: "soc2",
    claim: "The signature is made with a secret key that the parties share.",
    precise:
      "With HS256. With RS256, PS256, ES256 or EdDSA the verifier has a public key only, and taking that for a secret lets everybody make tokens (RFC 8725 section 2.1).",
    verdict: "imprecise",
    controls: { soc2: ["CC6.1"] },
    rules: ["no-algorithm-confusion", "no-hardcoded-key", "no-client-side-key"],
    checklist: ["key-custody"],
  },
  {
    id: "S-3",
    article: "soc2",
    claim: "SOC 2 rests on the principles of security, availability and confidentiality.",
    precise:
      "Since 2017 there are five categories of criteria, and only those in scope count. None of them is about a kind of token.",
    verdict: "imprecise",
    controls: { soc2: ["CC4.1"] },
    rules: [],
    checklist: ["audit-scope"],
  },
  {
    id: "S-4",
    article: "soc2",
    claim: "Because of the signature, the information stays private.",
    precise:
      "The payload is base64url, which every holder can read. Confidential data has to be left out, or the token encrypted.",
    verdict: "wrong",
    controls: { soc2: ["CC6.7", "C1.1"] },
    rules: ["no-sensitive-payload"],
    checklist: ["data-classification"],
  },
  {
    id: "S-5",
    article: "soc2",
    claim: "JWTs prove an identity without further logins, which lowers the risk.",
    precise:
      "A token tells who logged in earlier, not who is there now, and fewer logins raise what a stolen one is worth. There is no single trust principle.",
    verdict: "imprecise",
    controls: { soc2: ["CC6.1", "CC6.2"] },
    rules: [
      "require-audience-check",
      "require-max-age",
      "no-optional-authentication",
      "no-long-lifetime",
      "require-revocation-check",
    ],
    checklist: ["identity-provider", "lifetime-settings"],
  },
  {
    id: "S-6",
    article: "soc2",
    claim: "One token works across services and scales, as SOC 2 requires.",
    precise:
      "No criterion asks for scaling; A1.1 asks for planned capacity, if availability is in scope. A token that works everywhere is a risk: each service needs an audience of its own (RFC 8725 section 2.7).",
    verdict: "wrong",
    controls: { soc2: ["CC6.1", "CC6.6", "A1.1"] },
    rules: ["require-audience-check", "require-type-check", "require-audience", "require-issuer"],
    checklist: ["capacity", "identity-provider"],
  },
  {
    id: "S-7",
    article: "soc2",
    claim: "A strong secret key is generated and stored securely.",
    precise:
      "From a secure generator, at least as long as the hash of the algorithm (RFC 7518 section 3.2), never a word, and outside the code.",
    verdict: "right",
    controls: { soc2: ["CC6.1"] },
    rules: ["no-hardcoded-key", "no-weak-key", "no-client-side-key"],
    checklist: ["key-custody", "key-entropy", "key-rotation"],
  },
  {
    id: "S-8",
    article: "soc2",
    claim:
      "The key parts, header, payload and signature, are stored securely so that tokens can be made.",
    precise:
      "These parts are the token, and none is a part of the key. Making a token takes the signing key alone. Stored tokens are a store of credentials: keep an identifier or a hash.",
    verdict: "wrong",
    controls: { soc2: ["CC6.1", "CC6.6"] },
    rules: [
      "no-token-logging",
      "no-token-in-url",
      "no-token-in-web-storage",
      "require-secure-cookie",
      "no-hardcoded-token",
    ],
    checklist: ["token-storage"],
  },
  {
    id: "S-9",
    article: "soc2",
    claim: "Validation covers the signature, the expiry and the claims of the user.",
    precise:
      "Also the list of algorithms, the audience, the issuer, nbf and the purpose, and the result has to be looked at.",
    verdict: "imprecise",
    controls: { soc2: ["CC6.1", "CC6.6"] },
    rules: [
      "no-none-algorithm",
      "require-algorithms",
      "no-untrusted-key",
      "no-unverified-claims",
      "no-unchecked-verification",
      "no-ignored-expiration",
      "require-audience-check",
      "require-issuer-check",
      "require-type-check",
      "no-ineffective-option",
    ],
    checklist: ["verified-upstream"],
  },
  {
    id: "S-10",
    article: "soc2",
    claim: "Token use is monitored, and suspicious activity logged.",
    precise:
      "That takes a log of refused tokens, an identifier to put events together by, and no token in the log.",
    verdict: "right",
    controls: { soc2: ["CC7.2", "CC7.3", "CC4.1"] },
    rules: [
      "no-silent-verification-failure",
      "require-jti",
      "require-issued-at",
      "no-token-logging",
    ],
    checklist: ["log-handling", "alerting"],
  },
  {
    id: "S-11",
    article: "soc2",
    claim: "With JWTs systems are secure, scalable and ready for SOC 2.",
    precise:
      "SOC 2 is a report on controls, over a period for type II, not a property of a product. Runs are evidence that changes were tested.",
    verdict: "wrong",
    controls: { soc2: ["CC7.1", "CC8.1"] },
    rules: "all",
    checklist: ["operation-over-time", "audit-scope", "scope-of-code"],
  },
];
