/**
 * The vocabulary in which libraries are described.
 *
 * A library is data: which modules and exports it has, and for each callable what it does with a
 * token, where its arguments stand, what its options mean in our terms, what it checks by itself
 * and how a failure shows. Facts come from running the libraries; the version ranges say for which
 * releases they hold.
 */

import type { Decoration, Registration, Scheme } from "./framework-types.ts";
import type { OptionModel, OptionRole, TimeGrammar } from "./option-types.ts";

export type { Decoration, Registration, Scheme };
export type {
  Leniency,
  OptionModel,
  OptionRole,
  RevocationHook,
  SkippedWhen,
  TimeGrammar,
} from "./option-types.ts";

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
 * `"0.useFactory()"` what the function there returns, `"0.useClass.new()"` an instance of the class,
 * `"0.get(name)"` what the file puts there by `set("name", …)`,
 * `"new.0"` the first argument of the call or `new` expression that made the receiver or function,
 * `"calls.0"` the first argument of every call of the function that this call returns,
 * `"chain.update.0"` the first argument of the one call of `update` on the same builder.
 */
export type Position = string;

export type ParameterRole = "token" | "key" | "payload" | "options" | "callback" | "algorithm";

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
  /**
   * When an HMAC token made with the public key's text passes: with a list that mixes both families,
   * with bytes of the key alone, or with a list of HMAC algorithms alone.
   */
  readonly confusion?: "always" | "bytes-only" | "hmac-list" | "never";
  /** What an empty key does. */
  readonly emptyKey?: "accepted" | "refused" | "empty-bytes-accepted";
  /** What a key that is `undefined` or `null` does. */
  readonly missingKey?: "accepted" | "refused";
  /** What a call with no argument for the key does, where that differs from `undefined`. */
  readonly absentKey?: "accepted";
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

/** Edits after which the same tokens pass as before: the releases that were seen to, as semver ranges. */
export interface ShownEqual {
  /** All algorithms that fit the kind of key, where none are listed. */
  readonly listedByKey?: string;
  /** All of HMAC, where none are listed and the key is a secret. */
  readonly listedForSecret?: string;
  /** The one that the key is bound to, where none are listed. */
  readonly listedForBoundKey?: string;
  /** A list without `none`, where a key is given. */
  readonly withoutNone?: string;
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
  readonly failure?: Failure;
  /** `{ whenFunction }`: only where a function stands at that position, such as one that finds keys. */
  readonly promise?: boolean | { readonly whenFunction: Position };
  readonly checks?: Checks;
  /** What differs where nothing stands at a position: defaults that any options there replace. */
  readonly without?: { readonly at: Position; readonly checks: Checks };
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
   * somewhere out of sight, a position such as `"new.0"` where the same names stand there, a
   * registration where the program registers the library once, perhaps in another file.
   */
  readonly inherits?: boolean | Position | Registration;
  /**
   * A plugin: a framework's method of one of these names calls it. `app.register(plugin, options)`
   * is `plugin(app, options)`, and positions are those of the latter.
   */
  readonly pluginOf?: readonly string[];
  /** What it verifies keeps somebody signed in for days. */
  readonly isSession?: true;
  /** Where the size of a generated key stands, in bits. */
  readonly size?: Position;
  /** Settings that stand as arguments of their own: `verifyIdToken(token, checkRevoked)`. */
  readonly arguments?: Readonly<Record<Position, OptionModel>>;
  /** For the failure `"returns-result"`. */
  readonly verdict?: Verdict;
  /** Whose keys verify: a provider's that signs for every app, or those of one's own account there. Absent: given ones. */
  readonly issuedBy?: "public-provider" | "own-tenant";
  /** It makes no token with `alg: none`, whatever it is told. */
  readonly refusesNone?: true;
  /** Verifies with the secret that signs, where no other algorithm is named. */
  readonly sharesKeys?: true;
  /** It is called on an object that keeps the key, and is the token where it is a text. */
  readonly onKeyHolder?: true;
  readonly shownEqual?: ShownEqual;
  /** For `decode`: the member of the same object that verifies, with the token at the same position. */
  readonly verifiedBy?: string;
  /** A lifetime counts from the clock, not from an `iat` of the payload. */
  readonly countsFromClock?: true;
  /** The lifetime in seconds of a token for which none is named. */
  readonly defaultLifetime?: number;
  /** Claims that a token gets without being asked for. Absent: nobody has looked. */
  readonly adds?: readonly OptionRole[];
  /** What is made can be read by nobody but the holder of the key. */
  readonly encrypts?: true;
  /**
   * Payload and header are JSON texts, or may be: `JSON.stringify(x)` counts as `x`; `"alone"`: what else is signed
   * need not be a token.
   */
  readonly jsonText?: true | "alone";
  /** Where one of these is given, only the keys of issuers that the program knows are fetched. */
  readonly restrictedBy?: readonly Position[];
  /** The key that is made is a PEM text, which libraries cannot tell from a secret. */
  readonly keyAsText?: true;
  /** Only instances that the program makes: a `TokenSet` of the library's own holds verified claims. */
  readonly onlyMadeHere?: true;
  /** Members that are passed on unread, such as `.unless()` on a middleware. */
  readonly passthrough?: readonly string[];
  /** What its callback returns is what the call gives, for it is called at once. */
  readonly givesCallback?: boolean;
  /** What holds for some releases only, merged over the rest. */
  readonly variants?: readonly { readonly versions: string; readonly entity: Partial<Entity> }[];
  /** Members of the error that hold the claims of a token whose signature nobody has found good. */
  readonly refusedClaims?: readonly string[];
  /** Result property under which the claims stand, such as `payload`. */
  readonly claimsAt?: string;
  /** Result property under which the protected header stands. */
  readonly headerAt?: string;
  /** With this option the result nests claims under `payload` and the header under `header`. */
  readonly completeOption?: string;
  /** What a function given as the key receives, by position; `["header"]` if not given. */
  readonly resolver?: readonly ("header" | "payload" | "whole" | "other")[];
  /** Takes a token from the query string unless the option for its source is `false`. */
  readonly queryByDefault?: true;
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

/** A type whose objects are options of the entity at a path. */
export interface OptionsType {
  readonly path: string;
  /** Not the objects themselves, but what the method of this name returns. */
  readonly madeBy?: string;
}

export interface Library {
  /** The package's name in the registry. */
  readonly name: string;
  /** Packages with the same interface. */
  readonly compatible?: readonly string[];
  /** The release assumed when none is known. */
  readonly current: string;
  /** The program keeps the package among its own files: which release, where the copy says so. */
  readonly copied?: { readonly version: string | undefined };
  /**
   * By entity path: the newest release with which code that uses it runs, assumed instead where
   * nothing says which one is installed.
   */
  readonly assumed?: Readonly<Record<string, string>>;
  /** By entity path: calls with something at one of these positions start with that release alone. */
  readonly shown?: Readonly<
    Record<string, { readonly at: readonly Position[]; readonly release: string }>
  >;
  /** What it gives are keys from an address that the program names, or looks them up there. */
  readonly looksUpKeys?: true;
  /** The releases whose behaviour was checked. */
  readonly verified: readonly string[];
  readonly modules: readonly ModuleEntry[];
  /** What a page finds under a name once it has loaded the script: the path by the name. */
  readonly globals?: Readonly<Record<string, string>>;
  /**
   * Entities by path: `"verify"`, `"JWT.verify"`; `"SignJWT#"` is an instance of `SignJWT`, and
   * `"SignJWT#.sign"` its method.
   */
  readonly entities: Readonly<Record<string, Entity>>;
  /** Members of an instance path that hold another instance, when read without a call. */
  readonly members?: Readonly<Record<string, string>>;
  readonly decorations?: readonly Decoration[];
  /** Instance paths that hold more of their kind under names of the program's own. */
  readonly namespaces?: readonly string[];
  readonly schemes?: readonly Scheme[];
  /** By the names under which the library exports them. */
  readonly optionsTypes?: Readonly<Record<string, OptionsType>>;
  /**
   * Options of the entity at `path` that show whose they are: the list in the option `list` holds something
   * of the library's own modules, whose specifiers begin with `from`.
   */
  readonly optionsList?: { readonly path: string; readonly list: string; readonly from: string };
  /** The names under which settings of the program hold options of the entity at `path`, one inside of the other. */
  readonly optionsUnder?: { readonly path: string; readonly names: readonly [string, string] };
}
