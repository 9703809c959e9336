import type {
  AlgorithmDefault,
  Checks,
  Entity,
  Failure,
  Kind,
  Leniency,
  Library,
  ModuleEntry,
  OptionModel,
  OptionRole,
  ParameterRole,
  Registration,
  RevocationHook,
  ShownEqual,
  SkippedWhen,
  TimeGrammar,
  Verdict,
} from "../../libraries/types.ts";
import {
  amount,
  flag,
  inside,
  isRecord,
  listOf,
  mapOf,
  matching,
  objectOf,
  oneOf,
  oneOrMore,
  primitive,
  refuse,
  text,
} from "./checked-data.ts";
import type { Check } from "./checked-data.ts";

/**
 * Libraries that a program describes itself, such as a company's package or a module behind a path
 * alias, in the vocabulary of `libraries/types.ts`. The lists below are that vocabulary at run time:
 * the compiler sees to it that none of its words is missing.
 */

type Words<Word extends string> = Readonly<Record<Word, true>>;
type Fields<Shape> = Readonly<Record<keyof Shape, Check>>;

const KINDS: Words<Kind> = {
  sign: true,
  verify: true,
  decode: true,
  header: true,
  "unsecured-sign": true,
  "unsecured-verify": true,
  middleware: true,
  strategy: true,
  module: true,
  key: true,
  "generate-key": true,
  "key-set": true,
  "embedded-key": true,
  setter: true,
  extractor: true,
  create: true,
};

const PARAMETERS: Words<ParameterRole> = {
  token: true,
  key: true,
  payload: true,
  options: true,
  callback: true,
  algorithm: true,
};

const ROLES: Words<OptionRole> = {
  algorithm: true,
  algorithms: true,
  allowWeakKeys: true,
  audience: true,
  clock: true,
  clockTolerance: true,
  complete: true,
  embeddedKey: true,
  expiresAt: true,
  header: true,
  ignoreExpiration: true,
  ignoreNotBefore: true,
  issuedAt: true,
  issuer: true,
  jti: true,
  jwksUri: true,
  key: true,
  keyId: true,
  lifetime: true,
  maxAge: true,
  noTimestamp: true,
  nonce: true,
  notBefore: true,
  onExpired: true,
  optional: true,
  payload: true,
  requiredClaims: true,
  revocation: true,
  subject: true,
  throwOnFailure: true,
  tokenCookie: true,
  tokenSource: true,
  type: true,
  verification: true,
};

const SKIPPED: Words<SkippedWhen> = {
  undefined: true,
  null: true,
  empty: true,
  "empty-list": true,
  false: true,
  zero: true,
  regexp: true,
  text: true,
  "not-string-or-array": true,
};

const GRAMMARS: Words<TimeGrammar> = {
  "seconds-or-ms-string": true,
  "milliseconds-or-ms-string": true,
  "jose-expiration": true,
  "jose-duration": true,
  seconds: true,
  milliseconds: true,
  "epoch-seconds": true,
  "epoch-milliseconds": true,
};

const FAILURES: Words<Failure> = {
  throws: true,
  rejects: true,
  "returns-false": true,
  "returns-null": true,
  "returns-undefined": true,
  "returns-result": true,
  responds: true,
};

const ALGORITHM_DEFAULTS: Words<AlgorithmDefault> = {
  "by-key": true,
  "by-header": true,
  required: true,
  fixed: true,
};

const position = matching(
  /^(?:(?:new|calls|chain\.\w+)\.)?\d+(?:\.[\w$]+(?:\(\w*\))?)*$/u,
  'a position such as "0", "1.secret" or "new.0"',
);

/** `{}` and `true` as one check: whatever the value is, one of the checks has to take it. */
function either(needed: string, ...checks: readonly Check[]): Check {
  return (value, at) => {
    const isTaken = checks.some((check) => {
      try {
        check(value, at);
        return true;
      } catch {
        return false;
      }
    });
    if (!isTaken) refuse(at, needed, value);
  };
}

const registration = objectOf({ from: text, at: position } satisfies Fields<Registration>, [
  "from",
  "at",
]);

const LENIENCY: Fields<Leniency> = {
  when: either("a text, true or false", text, flag),
  whom: oneOf({ missing: true, forged: true }),
};

const HOOK: Fields<RevocationHook> = {
  refusesWith: oneOf({ truthy: true, falsy: true, "not-valid": true }),
  callback: amount,
  formerCallback: amount,
};

const OPTION: Fields<OptionModel> = {
  role: oneOf(ROLES),
  ignored: objectOf({ meant: text, why: text }),
  skippedWhen: listOf(oneOf(SKIPPED)),
  listOnly: flag,
  grammar: oneOf(GRAMMARS),
  stringBreaks: oneOf({ "never-expires": true, throws: true }),
  anyTruthy: flag,
  versions: text,
  offWhen: listOf(primitive),
  missingClaimPasses: text,
  offWhenGiven: flag,
  unless: text,
  hasDefault: flag,
  namedAt: text,
  jar: text,
  lets: listOf(objectOf(LENIENCY, ["when", "whom"])),
  hook: objectOf(HOOK, ["refusesWith"]),
};

const option = objectOf(OPTION, ["role"]);

const CHECKS: Fields<Checks> = {
  algorithms: oneOf(ALGORITHM_DEFAULTS),
  expiration: oneOf({ "if-present": true, required: true, never: true }),
  audience: oneOf({ option: true, never: true, required: true }),
  issuer: oneOf({ option: true, never: true, required: true }),
  none: oneOf({
    never: true,
    "when-listed": true,
    "when-listed-and-no-key": true,
    "when-no-key": true,
    always: true,
  }),
  confusion: oneOf({ always: true, "bytes-only": true, "hmac-list": true, never: true }),
  emptyKey: oneOf({ accepted: true, refused: true, "empty-bytes-accepted": true }),
  missingKey: oneOf({ accepted: true, refused: true }),
  absentKey: oneOf({ accepted: true }),
};

const VERDICT: Fields<Verdict> = { members: listOf(text), claimsAnyway: listOf(text) };

const SHOWN_EQUAL: Fields<ShownEqual> = {
  listedByKey: text,
  listedForSecret: text,
  listedForBoundKey: text,
  withoutNone: text,
};

const ENTITY: Fields<Entity> = {
  kind: oneOf(KINDS),
  parameters: objectOf(
    Object.fromEntries(Object.keys(PARAMETERS).map((name) => [name, oneOrMore(position)])),
  ),
  options: mapOf(oneOrMore(option)),
  rejectsUnknownOptions: flag,
  returns: text,
  failure: oneOf(FAILURES),
  promise: either(
    "true, false or { whenFunction: a position }",
    flag,
    objectOf({ whenFunction: position }, ["whenFunction"]),
  ),
  checks: objectOf(CHECKS),
  without: objectOf({ at: position, checks: objectOf(CHECKS) }, ["at", "checks"]),
  sets: oneOf(ROLES),
  grammar: oneOf(GRAMMARS),
  claims: mapOf(oneOf(ROLES)),
  keyKind: oneOf({ secret: true, public: true, private: true, certificate: true, input: true }),
  defaultAlgorithm: text,
  inherits: either("true, false, a position or a registration", flag, position, registration),
  pluginOf: listOf(text),
  isSession: flag,
  arguments: mapOf(option),
  verdict: objectOf(VERDICT, ["members"]),
  issuedBy: oneOf({ "public-provider": true, "own-tenant": true }),
  refusesNone: flag,
  sharesKeys: flag,
  onKeyHolder: flag,
  shownEqual: objectOf(SHOWN_EQUAL),
  verifiedBy: text,
  countsFromClock: flag,
  defaultLifetime: amount,
  adds: listOf(oneOf(ROLES)),
  encrypts: flag,
  jsonText: (value, at) => {
    (value === true ? flag : oneOf({ alone: true }))(value, at);
  },
  restrictedBy: listOf(position),
  keyAsText: flag,
  size: position,
  onlyMadeHere: flag,
  passthrough: listOf(text),
  givesCallback: flag,
  variants: (value, at) => {
    listOf(objectOf({ versions: text, entity: objectOf(ENTITY) }, ["versions", "entity"]))(
      value,
      at,
    );
  },
  refusedClaims: listOf(text),
  claimsAt: text,
  headerAt: text,
  completeOption: text,
  resolver: listOf(oneOf({ header: true, payload: true, whole: true, other: true })),
  signatureFirst: flag,
  queryByDefault: flag,
};

const moduleEntry = objectOf(
  { specifier: text, path: textOrNothing, default: textOrNothing } satisfies Fields<ModuleEntry>,
  ["specifier"],
);

const FIELDS = {
  name: text,
  modules: listOf((value, at) => {
    (typeof value === "string" ? text : moduleEntry)(value, at);
  }),
  compatible: listOf(text),
  current: matching(/^\d+\.\d+\.\d+/u, 'a version such as "1.0.0"'),
  verified: listOf(text),
  entities: mapOf(objectOf(ENTITY, ["kind"])),
  members: mapOf(text),
};

function textOrNothing(value: unknown, at: string): void {
  if (typeof value !== "string") refuse(at, "a text", value);
}

/**
 * The descriptions in `settings["jwt-audit"].libraries`: a list of libraries with a name each, or an
 * object of libraries by name.
 *
 * @throws TypeError that names the entry, what was written and what would be right
 */
export function readLibraries(written: unknown, at: string): Library[] {
  if (written === undefined) return [];
  if (Array.isArray(written)) {
    return written.map((one: unknown, index) => {
      const place = `${at}[${String(index)}]`;
      objectOf(FIELDS, ["name", "entities"])(one, place);
      return toLibrary(one as Partial<Library> & Pick<Library, "name" | "entities">, place);
    });
  }
  if (!isRecord(written)) refuse(at, "an object of libraries by name, or a list of them", written);
  return Object.entries(written).map(([name, one]) => {
    const place = inside(at, name);
    objectOf(FIELDS, ["entities"])(one, place);
    return toLibrary({ name, ...(one as Pick<Library, "entities">) }, place);
  });
}

type Described = Pick<Library, "name" | "entities"> & {
  readonly modules?: readonly (string | ModuleEntry)[];
  readonly current?: string;
  readonly verified?: readonly string[];
  readonly members?: Readonly<Record<string, string>>;
};

function toLibrary(described: Described, at: string): Library {
  const { name, entities, modules = [name], members = {} } = described;
  const { current = "1.0.0", verified = [] } = described;
  for (const [path, entity] of Object.entries(entities)) {
    const made = entity.returns;
    const isKnown =
      made === undefined ||
      made in entities ||
      [...Object.keys(entities), ...Object.keys(members)].some((other) =>
        other.startsWith(`${made}.`),
      );
    if (!isKnown) {
      throw new TypeError(
        `${inside(inside(at, "entities"), path)}.returns is "${made}", and no entity describes that or a member of it. Add one such as "${made}.verify".`,
      );
    }
  }
  return {
    ...described,
    name,
    entities,
    current,
    verified,
    modules: modules.map((module) =>
      typeof module === "string"
        ? { specifier: module, default: "default" in entities ? "default" : "" }
        : module,
    ),
  };
}
