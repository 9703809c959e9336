/**
 * The vocabulary in which libraries are described.
 *
 * A library is data: which modules and exports it has, and for each callable what it does with a
 * token, where its arguments stand, what its options mean in our terms, what it checks by itself
 * and how a failure shows. Facts come from running the libraries; the version ranges say for which
 * releases they hold.
 */

/** What a call does. */
export type Kind =
  /** Makes a token. */
  | "sign"
  /** Checks a token's signature. */
  | "verify"
  /** Reads a token's payload without checking anything. */
  | "decode"
  /** Reads a token's header without checking anything. */
  | "header"
  /** Makes a token with `alg: none`. */
  | "unsecured-sign"
  /** Accepts a token with `alg: none`. */
  | "unsecured-verify"
  /** Builds a request handler that verifies. */
  | "middleware"
  /** Builds a passport-like strategy that verifies. */
  | "strategy"
  /** Registers a module or plugin with options for later sign and verify calls. */
  | "module"
  /** Makes a key from given material. */
  | "key"
  /** Generates a key. */
  | "generate-key"
  /** Makes a set of trusted keys. */
  | "key-set"
  /** Picks the key that the token itself carries. */
  | "embedded-key"
  /** Sets a claim or header field on a builder. */
  | "setter"
  /** Says where a request carries its token. */
  | "extractor"
  /** Makes an object or function whose calls are operations. */
  | "create";

/**
 * Where something stands in a call: `"0"` is the first argument, `"0.secret"` a property of it,
 * `"new.0"` the first argument of the `new` expression that made the receiver.
 */
export type Position = string;

export type ParameterRole = "token" | "key" | "payload" | "options" | "callback" | "algorithm";

/** What an option means, whatever a library calls it. */
export type OptionRole =
  | "algorithm"
  | "algorithms"
  | "allowWeakKeys"
  | "audience"
  | "clock"
  | "clockTolerance"
  | "complete"
  /** Take the key that the token itself carries. */
  | "embeddedKey"
  | "expiresAt"
  | "header"
  | "ignoreExpiration"
  | "ignoreNotBefore"
  | "issuedAt"
  | "issuer"
  | "jti"
  | "jwksUri"
  | "key"
  | "keyId"
  | "lifetime"
  | "maxAge"
  | "noTimestamp"
  | "nonce"
  | "notBefore"
  | "onExpired"
  | "optional"
  | "payload"
  | "requiredClaims"
  | "revocation"
  | "subject"
  /** A failure is thrown rather than shown in the result. */
  | "throwOnFailure"
  | "tokenSource"
  | "type"
  | "verification";

/** A value for which a library skips the check without a word. */
export type SkippedWhen =
  | "undefined"
  | "null"
  | "empty"
  | "empty-list"
  | "false"
  | "zero"
  | "regexp"
  /** Where a list alone is read. */
  | "text"
  | "not-string-or-array";

/** How a duration or point in time is written. */
export type TimeGrammar =
  /** number: seconds; string: the `ms` package, where a bare number is milliseconds. */
  | "seconds-or-ms-string"
  /** number: milliseconds; string: the `ms` package. */
  | "milliseconds-or-ms-string"
  /** number: absolute epoch seconds; string: jose's own relative grammar; Date: absolute. */
  | "jose-expiration"
  /** number: seconds; string: jose's own grammar. */
  | "jose-duration"
  /** number: seconds. */
  | "seconds"
  /** number: milliseconds. */
  | "milliseconds"
  /** number: absolute epoch seconds (the `exp` claim, RFC 7519 section 4.1.4). */
  | "epoch-seconds"
  /** number: absolute epoch milliseconds. */
  | "epoch-milliseconds";

export interface OptionModel {
  readonly role: OptionRole;
  /**
   * The library does not read this name here. `meant` names the option that it does read, so that
   * a message can say so; without it the check does not exist.
   */
  readonly ignored?: { readonly meant?: string; readonly why?: string };
  readonly skippedWhen?: readonly SkippedWhen[];
  /** A list is read, a single text is not. */
  readonly listOnly?: true;
  readonly grammar?: TimeGrammar;
  /** Which strings turn a number option into something else than its author meant. */
  readonly stringBreaks?: "never-expires" | "throws";
  /** `false` when only the value `true` switches it on; by default every truthy value does. */
  readonly anyTruthy?: boolean;
  /** The release range for which this holds, as a semver range. Absent: all. */
  readonly versions?: string;
  /** A value that switches the check off, such as `false` for hapi's `verify.exp`. */
  readonly offWhen?: readonly (string | number | boolean | null)[];
}

/** What happens when the verification fails. */
export type Failure =
  | "throws"
  | "rejects"
  | "returns-false"
  | "returns-null"
  | "returns-undefined"
  | "returns-result"
  | "responds";

/** Which algorithms a verification takes when none are named. */
export type AlgorithmDefault =
  /** Those that fit the kind of key. */
  | "by-key"
  /** The one that the token's own header names. */
  | "by-header"
  /** The call fails without a list. */
  | "required"
  /** The library or the key fixes one. */
  | "fixed";

/** What a verification checks by itself. */
export interface Checks {
  readonly algorithms?: AlgorithmDefault;
  readonly expiration?: "if-present" | "required" | "never";
  readonly audience?: "option" | "never" | "required";
  readonly issuer?: "option" | "never" | "required";
  /** When a token with `alg: none` passes. */
  readonly none?: "never" | "when-listed" | "when-listed-and-no-key" | "when-no-key" | "always";
  /** When an HMAC token made with the public key's text passes a list that mixes both families. */
  readonly confusion?: "always" | "bytes-only" | "never";
  /** What an empty key does. */
  readonly emptyKey?: "accepted" | "refused" | "empty-bytes-accepted";
  /** What a key that is `undefined` or `null` does. */
  readonly missingKey?: "accepted" | "refused";
}

/** How a result object says that the verification has failed. */
export interface Verdict {
  /** Members of which each says so, such as `valid`, or `error` and `data`. */
  readonly members: readonly string[];
  /**
   * The claims are there after a failure, too, under these members: whoever reads them without a
   * look at the verdict reads a forged token. Absent: there is nothing to read then.
   */
  readonly claimsAnyway?: readonly string[];
}

export interface Entity {
  readonly kind: Kind;
  readonly parameters?: Readonly<Partial<Record<ParameterRole, Position | readonly Position[]>>>;
  /** Options by the name they are written with, dotted where they nest, relative to `options`. */
  readonly options?: Readonly<Record<string, OptionModel | readonly OptionModel[]>>;
  /** True when a name that is not in `options` makes the call fail loudly. */
  readonly rejectsUnknownOptions?: boolean;
  /** The entity that the call returns: an instance or a function. */
  readonly returns?: string;
  /** Members of the returned value that hold key material, such as `publicKey` of a key pair. */
  readonly failure?: Failure;
  readonly promise?: boolean;
  readonly checks?: Checks;
  /** For setters: the role of the first argument. */
  readonly sets?: OptionRole;
  /** The grammar of a setter's argument or of the `exp` claim. */
  readonly grammar?: TimeGrammar;
  /** Claims of the payload that count as options: `{ exp: "expiresAt" }`. */
  readonly claims?: Readonly<Record<string, OptionRole>>;
  /** Kind of key that a `key` entity makes; `"input"` keeps the kind of its argument. */
  readonly keyKind?: "secret" | "public" | "private" | "certificate" | "input";
  /** The algorithm used when none is named. */
  readonly defaultAlgorithm?: string;
  /**
   * Options that may also be set where the instance was made or its module registered: `true` for
   * somewhere out of sight, a position such as `"new.0"` where the same names stand there.
   */
  readonly inherits?: boolean | Position;
  /** Settings that stand as arguments of their own: `verifyIdToken(token, checkRevoked)`. */
  readonly arguments?: Readonly<Record<Position, OptionModel>>;
  /** For the failure `"returns-result"`. */
  readonly verdict?: Verdict;
  /**
   * Whose keys verify, where the library knows: those of a provider that signs for every app alike,
   * or those of the program's own account at one. Absent: the key that the program gives.
   */
  readonly issuedBy?: "public-provider" | "own-tenant";
  /** The lifetime in seconds of a token for which none is named. */
  readonly defaultLifetime?: number;
  /** Payload and header are JSON texts: `JSON.stringify(x)` counts as `x`. */
  readonly jsonText?: true;
  /** Where one of these is given, only the keys of issuers that the program knows are fetched. */
  readonly restrictedBy?: readonly Position[];
  /** The key that is made is a PEM text, which libraries cannot tell from a secret. */
  readonly keyAsText?: true;
  /**
   * True for instances that are what the description says only where the program makes them: a
   * `TokenSet` that the library hands out holds claims that it has verified.
   */
  readonly onlyMadeHere?: true;
  /** Members that are passed on unread, such as `.unless()` on a middleware. */
  readonly passthrough?: readonly string[];
  /** What holds for some releases only, merged over the rest. */
  readonly variants?: readonly { readonly versions: string; readonly entity: Partial<Entity> }[];
  /** Result property under which the claims stand, such as `payload`. */
  readonly claimsAt?: string;
  /** Result property under which the protected header stands. */
  readonly headerAt?: string;
  /** With this option the result nests claims under `payload` and the header under `header`. */
  readonly completeOption?: string;
  /** What a function given as the key receives, by position; `["header"]` if not given. */
  readonly resolver?: readonly ("header" | "payload" | "whole" | "other")[];
  /** A failure about expiry proves that the signature was good. */
  readonly signatureFirst?: boolean;
}

export interface ModuleEntry {
  /** As written in an import, without a version or registry prefix. */
  readonly specifier: string;
  /** The entity path that the module's namespace stands for; `""` is the library's root. */
  readonly path?: string;
  /** What the default import (and `module.exports`) is: a path, or the namespace itself. */
  readonly default?: string;
}

export interface Library {
  /** The package's name in the registry. */
  readonly name: string;
  /** Packages with the same interface. */
  readonly compatible?: readonly string[];
  /** The release assumed when none is known. */
  readonly current: string;
  /** The releases whose behaviour was checked. */
  readonly verified: readonly string[];
  readonly modules: readonly ModuleEntry[];
  /**
   * Entities by path: `"verify"`, `"JWT.verify"`; `"SignJWT#"` is an instance of `SignJWT`, and
   * `"SignJWT#.sign"` its method.
   */
  readonly entities: Readonly<Record<string, Entity>>;
  /** Members of an instance path that hold another instance, when read without a call. */
  readonly members?: Readonly<Record<string, string>>;
}
