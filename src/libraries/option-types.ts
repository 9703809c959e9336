/** What the options of libraries mean, and the values that these read otherwise than their authors meant. */

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
  /** The cookie in which the library looks for the token. */
  | "tokenCookie"
  | "tokenSource"
  | "type"
  /** Whether the signature is checked at all: `offWhen` and `anyTruthy` say what switches it off. */
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
  /** A token that lacks this claim passes the check, unless the required claims name it. */
  readonly missingClaimPasses?: string;
  /** Whatever is given, other than nothing or `false`, switches the check off. */
  readonly offWhenGiven?: true;
  /** It has no effect where the option of this name is given, too. */
  readonly unless?: string;
  /** It holds where it is not written, too: the library has a value of its own. */
  readonly hasDefault?: true;
  /** For `optional`: which values let whom through. */
  readonly lets?: readonly Leniency[];
  /** For `tokenCookie`: the member that names it, where an object is given. */
  readonly namedAt?: string;
  /** For `tokenCookie`: under which name a request of the framework holds all of them, if not `cookies`. */
  readonly jar?: string;
  /** For `revocation`: how the program's own function says that a token was withdrawn. */
  readonly hook?: RevocationHook;
}

/** A switch that lets requests through without a good token. */
export interface Leniency {
  /** `true` and `false` stand for all that is as true or as false, except `undefined`. */
  readonly when: string | boolean;
  /** Only requests without a token, or those with a forged or expired one, too. */
  readonly whom: "missing" | "forged";
}

export interface RevocationHook {
  /** What it gives for a withdrawn token; `"not-valid"`: an object whose `isValid` is false. */
  readonly refusesWith: "truthy" | "falsy" | "not-valid";
  /** The position of the callback by which it answers; absent: it answers by what it returns. */
  readonly callback?: number;
  /** Where earlier releases gave it a callback; nothing stands there now. */
  readonly formerCallback?: number;
}
