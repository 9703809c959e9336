import parseMs from "ms";
import type { StringValue } from "ms";
import type { Core } from "./core.ts";
import { handmadeDecode } from "./handmade.ts";
import { propertyOf } from "./members.ts";
import { merged } from "./objects.ts";
import { storedValue } from "./stored.ts";
import { memberName } from "./syntax.ts";
import type { CallNode, Node } from "./syntax.ts";
import {
  asNumber,
  choice,
  literal,
  map,
  numberOf,
  possibilities,
  stringOf,
  unknown,
} from "./value.ts";
import type { EntityValue, Value } from "./value.ts";
import { table } from "./table.ts";

/**
 * What well-known functions of Node.js, the web platform and everyday packages do with values:
 * bytes, keys, randomness, files, time, objects.
 */
export function evaluatePlatformCall(
  core: Core,
  target: Value,
  node: CallNode,
  callee: Node,
): Value | undefined {
  // Most calls are none of these: their arguments are not looked at.
  const given = (): Value[] =>
    node.arguments.map((argument) =>
      argument.type === "SpreadElement" ? unknown(argument, "spread") : core.evaluate(argument),
    );
  if (target.type === "global" || target.type === "module") {
    const name = nameOf(target);
    const handler = FUNCTIONS[name] ?? FUNCTIONS[afterFirst(name)];
    const result = handler?.({ core, node, given: given(), name });
    if (result !== undefined) return result;
    if (target.type === "module" && CONFIGURATION.test(target.specifier)) {
      return configuration(node, given());
    }
  }
  return callee.type === "MemberExpression" ? evaluateMethod(core, node, callee, given) : undefined;
}

interface Call {
  readonly core: Core;
  readonly node: CallNode;
  readonly given: readonly Value[];
  readonly name: string;
}

type Handler = (call: Call) => Value | undefined;

/** `crypto.randomBytes` for both the global and the module; `fs/promises` members by their own. */
function nameOf(target: Extract<Value, { type: "global" | "module" }>): string {
  if (target.type === "global") {
    const [first, ...rest] = target.path;
    const isHost =
      first === "globalThis" || first === "window" || first === "self" || first === "global";
    return (isHost ? rest : target.path).join(".");
  }
  const path = target.path.filter((part) => part !== "default");
  return [target.specifier, ...path].join(".");
}

/** `webcrypto.subtle…` and `crypto.webcrypto.…` are the same functions one level down. */
function afterFirst(name: string): string {
  const dot = name.indexOf(".");
  return dot === -1 ? name : name.slice(dot + 1);
}

const first = ({ given }: Call): Value | undefined => given[0];

const bytes: Handler = ({ node, given }) => {
  const [of, encoding] = given;
  return of === undefined
    ? undefined
    : map(of, (one) =>
        one.type === "bytes" || one.type === "generated" || one.type === "file"
          ? one
          : { type: "bytes", node, of: one, encoding: (encoding && stringOf(encoding)) ?? "utf8" },
      );
};

const utf8: Handler = ({ node, given }) => {
  const [of] = given;
  return of === undefined
    ? undefined
    : map(of, (one) => ({ type: "bytes", node, of: one, encoding: "utf8" }));
};

const base64: Handler = ({ node, given }) => {
  const [of] = given;
  return of === undefined
    ? undefined
    : map(of, (one) => ({ type: "bytes", node, of: one, encoding: "base64" }));
};

const random =
  (bits: (given: readonly Value[]) => number | undefined, strong = true): Handler =>
  ({ node, given, name }) => ({
    type: "generated",
    node,
    bits: bits(given),
    generator: name,
    strong,
  });

const bytesAsked = (given: readonly Value[]): number | undefined => {
  const count = given[0] === undefined ? undefined : numberOf(given[0]);
  return count === undefined ? undefined : count * 8;
};

const uuid = random(() => 122);

const file: Handler = ({ node, given }) => ({ type: "file", node, path: given[0] });

const key =
  (kind: "secret" | "private" | "public" | undefined): Handler =>
  ({ node, given }) => {
    const [of, encoding] = given;
    if (of === undefined) return undefined;
    return map(of, (one) => {
      const material = one.type === "object" ? (one.properties.get("key")?.value ?? one) : one;
      const coded = encoding === undefined ? undefined : stringOf(encoding);
      return {
        type: "key",
        node,
        kind,
        of: coded === undefined ? material : { type: "bytes", node, of: material, encoding: coded },
        typed: true,
      };
    });
  };

const generateKeyPair: Handler = ({ core, node, given }) => {
  const [, options] = given;
  const length =
    options?.type === "object" ? propertyOf(core, options, "modulusLength", node) : undefined;
  const bits = length === undefined ? undefined : numberOf(length);
  return {
    type: "key",
    node,
    kind: undefined,
    of: undefined,
    typed: true,
    ...(bits === undefined ? {} : { bits }),
  };
};

const identity: Handler = (call) => first(call);

const assign: Handler = ({ node, given }) => merged(node, given);

/** lodash's `defaults` lets the first object that has a key win. */
const defaults: Handler = ({ node, given }) => merged(node, [...given].reverse());

const without =
  (keeps: (listed: boolean) => boolean): Handler =>
  ({ node, given }) => {
    const [object, ...names] = given;
    const listed = new Set(
      names
        .flatMap((name) => (name.type === "array" ? name.elements : [name]))
        .map((name) => stringOf(name)),
    );
    if (object?.type !== "object") {
      // `pick(user, ["id"])`: what the object holds is out of sight, which keys are left is not.
      const isOpen = !keeps(true) || keeps(false) || listed.has(undefined);
      return isOpen ? unknown(node, "object out of sight") : picked(node, listed);
    }
    if (listed.has(undefined)) return { ...object, node, open: true };
    const properties = new Map([...object.properties].filter(([name]) => keeps(listed.has(name))));
    return { ...object, node, properties };
  };

function picked(node: CallNode, names: ReadonlySet<string | undefined>): Value {
  const properties = new Map<string, { value: Value; node: Node; certain: boolean }>();
  for (const name of names) {
    if (name === undefined) continue;
    properties.set(name, { value: unknown(node, "object out of sight"), node, certain: true });
  }
  return { type: "object", node, properties, open: false };
}

const now: Handler = ({ node }) => ({ type: "time", node, unit: "ms", offset: 0 });

const rounded =
  (round: (value: number) => number): Handler =>
  ({ node, given }) => {
    const [value] = given;
    if (value === undefined) return undefined;
    return map(value, (one) => {
      if (one.type === "time") return asNumber(one, node);
      const number = numberOf(one);
      return number === undefined ? unknown(node, "number") : literal(node, round(number));
    });
  };

const number: Handler = ({ node, given }) => {
  const [value] = given;
  if (value === undefined) return undefined;
  return map(value, (one) => {
    if (one.type === "time") return asNumber(one, node);
    if (one.type === "environment") return { ...one, node };
    if (one.type !== "literal" || one.value === undefined) return unknown(node, "number");
    const read = Number.parseFloat(String(one.value));
    return literal(node, read);
  });
};

const derived =
  (how: "hash" | "kdf" | "response" | "path" | "url"): Handler =>
  ({ node, given }) => ({ type: "derived", node, how, from: given });

const joinedPath: Handler = ({ node, given }) => {
  const parts = given.map((part) => stringOf(part));
  if (parts.every((part) => part !== undefined)) return literal(node, parts.join("/"));
  return { type: "template", node, parts: given };
};

const promisified: Handler = ({ given }) => {
  const [base] = given;
  if (base?.type === "entity") return { ...base, promisified: true } satisfies EntityValue;
  return base?.type === "function" || base?.type === "module" ? base : undefined;
};

const reads: Handler = ({ node, given }) => {
  const [name, fallback] = given;
  const read: Value = {
    type: "environment",
    node,
    name: name === undefined ? undefined : (stringOf(name) ?? "*"),
    source: "process",
  };
  return fallback === undefined ? read : choice(node, [read, fallback]);
};

const runtimeConfig: Handler = ({ node }) => ({
  type: "environment",
  node,
  name: undefined,
  source: "config",
});

const FUNCTIONS: Readonly<Record<string, Handler | undefined>> = table({
  // Bytes and text
  "Buffer.from": bytes,
  Buffer: bytes,
  "Uint8Array.from": identity,
  Uint8Array: identity,
  TextEncoder: ({ node }) => ({ type: "global", node, path: ["TextEncoder#"] }),
  "TextEncoder#.encode": utf8,
  "util.TextEncoder": ({ node }) => ({ type: "global", node, path: ["TextEncoder#"] }),
  "crypto.createHash": ({ node }) => ({ type: "derived", node, how: "hash", from: [] }),
  "crypto.createHmac": ({ node, given }) => ({
    type: "derived",
    node,
    how: "hash",
    from: given.slice(1),
  }),
  atob: base64,
  "base64url.decode": base64,
  "base64url.toBuffer": base64,
  "jose.base64url.decode": base64,
  String: ({ node, given }) => {
    const [of] = given;
    if (of === undefined) return undefined;
    return map(of, (one) =>
      one.type === "literal"
        ? literal(node, String(one.value))
        : { type: "template", node, parts: [one] },
    );
  },
  Number: number,
  parseInt: number,
  "Number.parseInt": number,
  parseFloat: number,
  encodeURIComponent: identity,
  decodeURIComponent: identity,
  // Objects
  "Object.assign": assign,
  "Object.freeze": identity,
  "Object.seal": identity,
  structuredClone: identity,
  "JSON.parse": ({ core, node, given }) => {
    const decoded = handmadeDecode(core, node);
    if (decoded === undefined) {
      // A configuration file, a key in a variable: the origin stays.
      const [text] = given;
      return text?.type === "file" || text?.type === "environment" || text?.type === "claims"
        ? text
        : undefined;
    }
    const { token, part } = decoded;
    return { type: "claims", node, verified: false, call: node, token, part, path: [] };
  },
  "lodash.merge": assign,
  "lodash.assign": assign,
  "lodash.extend": assign,
  "lodash.cloneDeep": identity,
  "lodash.clone": identity,
  "lodash.defaults": defaults,
  "lodash.defaultsDeep": defaults,
  "lodash.omit": without((listed) => !listed),
  "lodash.pick": without((listed) => listed),
  "_.merge": assign,
  "_.extend": assign,
  "_.assign": assign,
  "_.defaults": defaults,
  "_.omit": without((listed) => !listed),
  "_.pick": without((listed) => listed),
  // Randomness
  "crypto.randomBytes": random(bytesAsked),
  "crypto.pseudoRandomBytes": random(bytesAsked, false),
  "crypto.randomUUID": uuid,
  "uuid.v4": uuid,
  "uuid.v1": random(() => 60, false),
  uuid,
  "uuid/v4": uuid,
  "nanoid.nanoid": random((given) =>
    given[0] === undefined ? 126 : (numberOf(given[0]) ?? 0) * 6 || undefined,
  ),
  "Math.random": random(() => 52, false),
  // Keys
  "crypto.createSecretKey": key("secret"),
  "crypto.createPrivateKey": key("private"),
  "crypto.createPublicKey": key("public"),
  "crypto.generateKeyPairSync": generateKeyPair,
  "crypto.generateKeyPair": generateKeyPair,
  "crypto.scryptSync": derived("kdf"),
  "crypto.pbkdf2Sync": derived("kdf"),
  // The name of the hash comes first.
  "crypto.hkdfSync": ({ node, given }) => ({
    type: "derived",
    node,
    how: "kdf",
    from: given.slice(1),
  }),
  // One key in another notation.
  "rsa-pem-from-mod-exp": identity,
  // Files
  "fs.readFileSync": file,
  "fs.readFile": file,
  "fs.promises.readFile": file,
  "fs/promises.readFile": file,
  "fs-extra.readFileSync": file,
  "fs-extra.readFile": file,
  "Deno.readTextFile": file,
  "Deno.readTextFileSync": file,
  "Bun.file": file,
  "path.join": joinedPath,
  "path.resolve": joinedPath,
  // Time
  "Date.now": now,
  Date: ({ node, given }) => {
    const [at] = given;
    if (at === undefined) return { type: "time", node, unit: "ms", offset: 0, date: true };
    return at.type === "time" && at.unit === "ms" ? { ...at, node, date: true } : undefined;
  },
  "Math.floor": rounded(Math.floor),
  "Math.round": rounded(Math.round),
  "Math.ceil": rounded(Math.ceil),
  "Math.trunc": rounded(Math.trunc),
  ms: ({ node, given }) => {
    const text = given[0] === undefined ? undefined : stringOf(given[0]);
    if (text === undefined || text === "" || text.length > 100) return undefined;
    return literal(node, parseMs(text as StringValue));
  },
  // The network
  fetch: derived("response"),
  "node-fetch": derived("response"),
  axios: derived("response"),
  "axios.get": derived("response"),
  "axios.post": derived("response"),
  got: derived("response"),
  "got.get": derived("response"),
  "request-promise": derived("response"),
  "superagent.get": derived("response"),
  "needle.get": derived("response"),
  URL: ({ node, given }) => {
    const [of] = given;
    return of === undefined ? undefined : { type: "derived", node, how: "url", from: given };
  },
  // Adapters
  "util.promisify": promisified,
  "es6-promisify.promisify": promisified,
  "es6-promisify": promisified,
  "bluebird.promisify": promisified,
  "Promise.promisify": promisified,
  pify: promisified,
  // A class made of another one's behaviour.
  "@nestjs/passport.PassportStrategy": identity,
  "react.useMemo": ({ core, given }) =>
    given[0]?.type === "function" ? core.evaluate(given[0].node.body) : undefined,
  // The environment
  "Deno.env.get": reads,
  "Bun.env.get": reads,
  // Nuxt imports it by itself.
  useRuntimeConfig: runtimeConfig,
  "#imports.useRuntimeConfig": runtimeConfig,
});

/** Packages whose look-ups come from outside the program. */
const CONFIGURATION =
  /^(?:config|nconf|@nestjs\/config|envalid|env-var|env-sanitized|dotenv|convict|getenv|@t3-oss\/env-\w+)(?:\.|$)/u;

function configuration(node: CallNode, given: readonly Value[]): Value {
  const [name, fallback] = given;
  const read: Value = {
    type: "environment",
    node,
    name: name === undefined ? undefined : (stringOf(name) ?? undefined),
    source: "config",
  };
  return fallback === undefined || fallback.type === "object" || fallback.type === "function"
    ? read
    : choice(node, [read, fallback]);
}

/** Methods that are called on texts, bytes, dates and services. */
function evaluateMethod(
  core: Core,
  node: CallNode,
  callee: Extract<Node, { type: "MemberExpression" }>,
  given: () => Value[],
): Value | undefined {
  const name = memberName(callee);
  if (name === undefined) return undefined;
  const receiver = core.evaluate(callee.object);
  if (name === "get" || name === "getOrThrow") {
    const configured = serviceLookup(callee.object, receiver, node, given, name);
    const stored = name === "get" ? storedValue(core, callee.object, node) : undefined;
    if (stored !== undefined) {
      return configured === undefined ? stored : choice(node, [configured, stored]);
    }
    if (configured !== undefined) return configured;
  }
  const results = possibilities(receiver).map((one) =>
    HAS_METHODS.has(one.type) ? methodOf(one, name, node, given()) : undefined,
  );
  if (results.every((result) => result === undefined)) return undefined;
  return choice(
    node,
    results.map((result) => result ?? unknown(node, "method")),
  );
}

/** The values whose methods `methodOf` knows. */
const HAS_METHODS: ReadonlySet<Value["type"]> = new Set<Value["type"]>([
  "array",
  "bytes",
  "claims",
  "derived",
  "environment",
  "file",
  "generated",
  "key",
  "literal",
  "template",
  "time",
]);

/** `configService.get("JWT_SECRET", "fallback")`: NestJS and its like, by the service's name. */
function serviceLookup(
  object: Node,
  receiver: Value,
  node: CallNode,
  given: () => Value[],
  name: string,
): Value | undefined {
  const path =
    object.type === "MemberExpression"
      ? memberName(object)
      : object.type === "Identifier"
        ? object.name
        : undefined;
  const isService =
    path !== undefined &&
    /^_?(?:config|configService|configs?ervice|env|environment|cfg|settings)$/iu.test(path);
  const isModule = receiver.type === "module" && CONFIGURATION.test(receiver.specifier);
  if (!isService && !isModule) return undefined;
  if (receiver.type === "object" || receiver.type === "entity") return undefined;
  const [key, fallback] = given();
  const read: Value = {
    type: "environment",
    node,
    name: key === undefined ? undefined : (stringOf(key) ?? "*"),
    source: "config",
  };
  if (name === "getOrThrow" || fallback === undefined || fallback.type === "object") return read;
  return choice(node, [read, fallback]);
}

const TEXT_METHODS = new Set([
  "trim",
  "toString",
  "toLowerCase",
  "toUpperCase",
  "repeat",
  "slice",
  "substring",
  "substr",
  "padEnd",
  "padStart",
  "concat",
  "normalize",
  "replace",
  "replaceAll",
]);

function methodOf(
  receiver: Value,
  name: string,
  node: CallNode,
  given: readonly Value[],
): Value | undefined {
  if (receiver.type === "literal" && typeof receiver.value === "string" && TEXT_METHODS.has(name)) {
    return textMethod(receiver.value, name, node, given) ?? receiver;
  }
  switch (receiver.type) {
    case "literal":
      return name === "toString" ? literal(node, String(receiver.value)) : undefined;
    case "bytes":
      if (
        name === "toString" &&
        receiver.of.type === "literal" &&
        receiver.of.value !== undefined
      ) {
        return decodedText(receiver.of.value, receiver.encoding, given, node);
      }
      return TEXT_METHODS.has(name) || name === "subarray" ? receiver : undefined;
    case "environment":
    case "template":
    case "file":
      // A response's body, a key cut out of a file, a variable trimmed: the origin stays.
      return receiver;
    case "derived":
      return name === "update" ? { ...receiver, from: [...receiver.from, ...given] } : receiver;
    case "generated":
      // `Math.random().toString(36).slice(2)`, `randomBytes(16).toString("hex")`.
      return { ...receiver, node };
    case "time":
      return name === "getTime" || name === "valueOf" ? asNumber(receiver, node) : undefined;
    case "key":
      return name === "export" ? receiver : undefined;
    case "array":
      return name === "join" ? { type: "template", node, parts: receiver.elements } : undefined;
    case "claims":
      return { ...receiver, node };
    default:
      return undefined;
  }
}

/** Texts longer than this are not computed. */
const MAX_TEXT = 10_000;

function textMethod(
  text: string,
  name: string,
  node: CallNode,
  given: readonly Value[],
): Value | undefined {
  const plain = given.map((one) => (one.type === "literal" ? one.value : one));
  switch (name) {
    case "trim":
    case "toLowerCase":
    case "toUpperCase":
      return literal(node, text[name]());
    case "concat":
      return plain.every((part) => typeof part === "string")
        ? literal(node, text + plain.join(""))
        : undefined;
    case "repeat": {
      const [count] = plain;
      return typeof count === "number" && count >= 0 && text.length * count <= MAX_TEXT
        ? literal(node, text.repeat(count))
        : undefined;
    }
    case "slice":
    case "substring": {
      const [from, to] = plain;
      return typeof from === "number" && (to === undefined || typeof to === "number")
        ? literal(node, text[name](from, to))
        : undefined;
    }
    case "replace":
    case "replaceAll": {
      const [what, by] = plain;
      return typeof what === "string" && typeof by === "string"
        ? literal(node, text.replaceAll(what, by))
        : undefined;
    }
    default:
      return literal(node, text);
  }
}

function decodedText(
  value: string | number | boolean | bigint | null,
  encoding: string,
  given: readonly Value[],
  node: Node,
): Value | undefined {
  if (typeof value !== "string" || value.length > MAX_TEXT) return undefined;
  const asked = given[0] === undefined ? "utf8" : stringOf(given[0]);
  if (asked === undefined || !Buffer.isEncoding(encoding) || !Buffer.isEncoding(asked))
    return undefined;
  return literal(node, Buffer.from(value, encoding).toString(asked));
}
