import type { Analysis } from "../../analysis/analysis.ts";
import { familyOf, namedAlgorithms } from "../../analysis/keys/algorithms.ts";
import { keyMaterials } from "../../analysis/keys/keys.ts";
import type { KeyMaterial } from "../../analysis/keys/keys.ts";
import { constructedOperations, isKnownToClass } from "../../analysis/operations/constructed.ts";
import type { Instructions } from "../../analysis/operations/declared.ts";
import { handmadeSignatures } from "../../analysis/operations/handmade-signature.ts";
import { byObject } from "../../analysis/memo.ts";
import { dottedPath, parentOf, staticKey, textOf } from "../../analysis/syntax.ts";
import type { Node } from "../../analysis/syntax.ts";
import { namedKeys } from "../../analysis/tokens/named-keys.ts";
import { propertyOf } from "../../analysis/values/members.ts";
import { map, possibilities } from "../../analysis/values/value.ts";
import type { Value } from "../../analysis/values/value.ts";

/** A key that the program gives to a JWT operation, or to a function that makes one. */
export interface KeyUse {
  /** Undefined where a key is only made, for use elsewhere. */
  readonly operation: Instructions | undefined;
  /** How the code calls what takes the key, such as `jwt.sign`. */
  readonly name: string;
  /** The expression of the key. */
  readonly node: Node;
  readonly value: Value;
  readonly materials: readonly KeyMaterial[];
  /** The signature algorithms that are named for it; none where the library decides. */
  readonly algorithms: readonly string[];
  /** The position alone says that a public key stands there. */
  readonly isPublicPosition: boolean;
}

/** Every key in the linted file that is used in a JWT operation or made by a JWT library. */
export const keyUses = byObject((analysis: Analysis): readonly KeyUse[] => {
  const handmade = handmadeSignatures(analysis).flatMap(({ operation }) => operation ?? []);
  const told: readonly Instructions[] = [
    ...analysis.operations,
    ...analysis.declared,
    ...constructedOperations(analysis.core),
    ...handmade,
  ];
  return [...told.flatMap((one) => usesIn(analysis, one)), ...imports(analysis)];
});

function usesIn(analysis: Analysis, operation: Instructions): KeyUse[] {
  const { key, name } = operation;
  const algorithms = algorithmsOf(analysis, operation);
  const use = (node: Node, value: Value, option: string): KeyUse => ({
    operation,
    name,
    node,
    value,
    materials: keyMaterials(analysis.core, value),
    algorithms,
    isPublicPosition: option === "publicKey",
  });
  const settings = operation.settings("key");
  if (settings.length > 0) {
    return settings.map((setting) => use(setting.valueNode, setting.value, setting.name));
  }
  return key === undefined ? [] : [use(key.node, key.value, "")];
}

/** The name of what holds a key; that of a default says nothing. */
function settingName(key: Node): string | undefined {
  const name = holderName(key);
  return name === "default" ? undefined : name;
}

/** `signJWT(claims, env.JWT_SECRET || "changeme")` */
function takerName(key: Node): string | undefined {
  const call = parentOf(key);
  return call?.type === "CallExpression" ? dottedPath(call.callee)?.join(".") : undefined;
}

/**
 * Keys that the file only names as such: whatever signs with them is out of sight, and so is the
 * algorithm.
 */
export const namedKeyUses = byObject((analysis: Analysis): readonly KeyUse[] =>
  namedKeys(analysis).flatMap(({ name, node }) => {
    if (isKnownToClass(analysis.core, node)) return [];
    const value = analysis.evaluate(node);
    return {
      operation: undefined,
      name: settingName(node) ?? takerName(node) ?? name,
      node,
      value,
      materials: keyMaterials(analysis.core, value).map((one) => ({
        ...one,
        kind: one.kind ?? "secret",
      })),
      algorithms: [],
      isPublicPosition: false,
    };
  }),
);

/** The algorithms that an operation names, by option or in the header that it writes. */
function algorithmsOf(analysis: Analysis, operation: Instructions): string[] {
  const values = [...operation.settings("algorithm"), ...operation.settings("algorithms")].map(
    (setting) => setting.value,
  );
  for (const header of operation.settings("header")) {
    values.push(map(header.value, (one) => propertyOf(analysis.core, one, "alg", header.node)));
  }
  return [...new Set(values.flatMap((value) => namedAlgorithms(value).map(({ name }) => name)))];
}

/** `importPKCS8(pem, "RS256")`, `importJWK({ … })`: keys made for use elsewhere. */
function imports(analysis: Analysis): KeyUse[] {
  return [...analysis.candidates].flatMap((call) => {
    const [argument] = call.arguments;
    if (argument === undefined || argument.type === "SpreadElement") return [];
    const makesKey = possibilities(analysis.evaluate(call.callee)).some(
      (one) => one.type === "entity" && one.library.entities[one.path]?.kind === "key",
    );
    if (!makesKey) return [];
    const value = analysis.evaluate(call);
    return [
      {
        operation: undefined,
        name: analysis.file.text.slice(...call.callee.range),
        node: argument,
        value,
        materials: keyMaterials(analysis.core, value),
        algorithms: [],
        isPublicPosition: false,
      },
    ];
  });
}

/** Is the key used with HMAC, as far as the named algorithms say? */
export function mayBeHmac({ algorithms }: KeyUse): boolean {
  return algorithms.length === 0 || algorithms.some((name) => familyOf(name) === "hmac");
}

/**
 * Does the operation check signatures with a public key, so that what is written there is no secret?
 * A name never makes a key, and yet nobody calls a secret `PUBLIC_KEY`.
 */
export function checksWithPublicKey(use: KeyUse, written: Node): boolean {
  const { operation, isPublicPosition } = use;
  if (isPublicPosition) return true;
  const verifies = operation !== undefined && VERIFYING.has(operation.kind);
  return (
    verifies &&
    (!mayBeHmac(use) || (PUBLIC_NAME.test(holderName(written) ?? "") && mayBePublicKey(written)))
  );
}

/** The shortest public key, of an elliptic curve in base64, takes more characters than this. */
const MIN_PUBLIC_KEY = 40;

/** `const cert = "hunter2"` is a password by whatever name. */
function mayBePublicKey(written: Node): boolean {
  const text = textOf(written);
  return text === undefined || text.length >= MIN_PUBLIC_KEY;
}

const PUBLIC_NAME = /pub(?:lic)?_?key|public_?pem|certificate|^cert$/iu;

const VERIFYING: ReadonlySet<string> = new Set(["verify", "middleware", "strategy"]);

/** The name of the variable, property or parameter that holds the value. */
export function holderName(written: Node): string | undefined {
  for (let node: Node = written, depth = 0; depth < 6; depth += 1) {
    const parent = parentOf(node);
    if (parent === undefined) return undefined;
    switch (parent.type) {
      case "VariableDeclarator":
        return parent.id.type === "Identifier" ? parent.id.name : undefined;
      case "Property":
      case "PropertyDefinition":
        return staticKey(parent.key, parent.computed);
      case "AssignmentPattern":
        return parent.left.type === "Identifier" ? parent.left.name : undefined;
      case "AssignmentExpression":
        return dottedPath(parent.left)?.at(-1);
      case "CallExpression":
      case "NewExpression":
        // `new TextEncoder().encode("key")` is held by what holds the bytes.
        if (parent.arguments.length !== 1) return undefined;
        node = parent;
        break;
      default:
        node = parent;
    }
  }
  return undefined;
}
