import parseMs from "ms";
import type { StringValue } from "ms";
import type { Core } from "../core.ts";
import type { CallNode, Node } from "../syntax.ts";
import { table } from "../table.ts";
import { DATE_FUNCTIONS } from "./dates.ts";
import { DURATION_FUNCTIONS } from "./durations.ts";
import { handmadeDecode } from "./handmade.ts";
import { propertyOf } from "./members.ts";
import { merged } from "./objects.ts";
import { PROMISIFIERS } from "./promisified.ts";
import { asNumber, choice, literal, map, numberOf, stringOf, unknown } from "./value.ts";
import type { KeyKind, Value } from "./value.ts";

interface Call {
  readonly core: Core;
  readonly node: CallNode;
  readonly given: readonly Value[];
  readonly name: string;
}

type Handler = (call: Call) => Value | undefined;

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

/** The kind of key that Web Crypto's formats hold; a JSON Web Key says so itself. */
function importedKind(format: string | undefined, algorithm: string): KeyKind | undefined {
  if (format === "pkcs8") return "private";
  if (format === "spki") return "public";
  // Points of curves are raw, too.
  return format === "raw" && /^(?:HMAC|AES|PBKDF2|HKDF)/iu.test(algorithm) ? "secret" : undefined;
}

const importKey: Handler = ({ core, node, given }) => {
  const [format, of, algorithm] = given;
  if (format === undefined || of === undefined || algorithm === undefined) return undefined;
  const named = algorithm.type === "object" ? propertyOf(core, algorithm, "name", node) : algorithm;
  const kind = importedKind(stringOf(format), stringOf(named) ?? "");
  return map(of, (one) => ({ type: "key", node, kind, of: one, typed: true }));
};

const generateKey: Handler = ({ core, node, given }) => {
  const [, options] = given;
  const length =
    options?.type === "object" ? propertyOf(core, options, "modulusLength", node) : undefined;
  const bits = length === undefined ? undefined : numberOf(length);
  return {
    type: "key",
    node,
    kind: undefined,
    of: undefined,
    // `privateKeyEncoding: { type: "pkcs8", format: "pem" }` gives texts.
    typed: !(options?.type === "object" && options.properties.has("privateKeyEncoding")),
    ...(bits === undefined ? {} : { bits }),
  };
};

const identity: Handler = (call) => first(call);

const assign: Handler = ({ node, given }) => merged(node, given);

/** `_.defaultTo(process.env.KEY, "changeme")` */
const otherwise: Handler = ({ node, given: [value, fallback] }) =>
  value === undefined || fallback === undefined ? value : choice(node, [value, fallback]);

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
  (how: "hash" | "kdf" | "path" | "url"): Handler =>
  ({ node, given }) => ({ type: "derived", node, how, from: given });

/** The address comes first, also where it is one of the options: `request({ uri })`. */
const response: Handler = ({ node, given }) => {
  const [first] = given;
  const options = first?.type === "object" ? first.properties : undefined;
  const address = options?.get("url") ?? options?.get("uri");
  const from = address === undefined ? given : [address.value, ...given];
  return { type: "derived", node, how: "response", from };
};

/** The name of the hash comes first. */
const digest: Handler = ({ node, given }) => ({
  type: "derived",
  node,
  how: "hash",
  from: given.slice(1, 2),
});

const joinedPath: Handler = ({ node, given }) => {
  const parts = given.map((part) => stringOf(part));
  if (parts.every((part) => part !== undefined)) return literal(node, parts.join("/"));
  return { type: "template", node, parts: given };
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

/** What functions of the platform and of everyday packages make of their arguments, by name. */
export const FUNCTIONS: Readonly<Record<string, Handler | undefined>> = table({
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
  "crypto.hash": digest,
  "subtle.digest": digest,
  "crypto.subtle.digest": digest,
  "webcrypto.subtle.digest": digest,
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
  // Of a claim it shows that it went through here.
  encodeURIComponent: ({ node, given: [of] }) =>
    of === undefined
      ? undefined
      : map(of, (one) => (one.type === "claims" ? { ...one, node } : one)),
  decodeURIComponent: identity,
  // Objects
  "Object.assign": assign,
  // A promise stands for what it gives, as one of an async function does.
  "Promise.resolve": identity,
  "Object.freeze": identity,
  "Object.seal": identity,
  structuredClone: identity,
  "JSON.parse": ({ core, node, given }) => {
    const decoded = handmadeDecode(core, node);
    if (decoded === undefined) {
      // A configuration file, a key in a variable, what a server answers: the origin stays.
      const [text] = given;
      const isAnswer = text?.type === "derived" && text.how === "response";
      return isAnswer || /^(?:file|environment|claims)$/u.test(text?.type ?? "") ? text : undefined;
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
  "lodash.defaultTo": otherwise,
  "_.defaultTo": otherwise,
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
  "subtle.importKey": importKey,
  "crypto.subtle.importKey": importKey,
  "webcrypto.subtle.importKey": importKey,
  "subtle.generateKey": generateKey,
  "crypto.subtle.generateKey": generateKey,
  "webcrypto.subtle.generateKey": generateKey,
  "crypto.generateKeySync": generateKey,
  "crypto.generateKeyPairSync": generateKey,
  "crypto.generateKeyPair": generateKey,
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
  ...DATE_FUNCTIONS,
  ...DURATION_FUNCTIONS,
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
  fetch: response,
  "node-fetch": response,
  axios: response,
  "axios.get": response,
  "axios.post": response,
  got: response,
  "got.get": response,
  "request-promise": response,
  "superagent.get": response,
  "needle.get": response,
  URL: ({ node, given }) => {
    const [of] = given;
    return of === undefined ? undefined : { type: "derived", node, how: "url", from: given };
  },
  // Adapters
  ...PROMISIFIERS,
  // A class made of another one's behaviour.
  "@nestjs/passport.PassportStrategy": identity,
  // The function that makes a part of the configuration, under a name.
  "@nestjs/config.registerAs": ({ given }) => given[1],
  "react.useMemo": ({ core, given }) =>
    given[0]?.type === "function" ? core.evaluate(given[0].node.body) : undefined,
  // The environment
  "Deno.env.get": reads,
  "Bun.env.get": reads,
  // Nuxt imports it by itself.
  useRuntimeConfig: runtimeConfig,
  "#imports.useRuntimeConfig": runtimeConfig,
});
