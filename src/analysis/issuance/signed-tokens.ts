import type { Analysis } from "../analysis.ts";
import type { Core } from "../core.ts";
import { named } from "../files/source-file.ts";
import type { SourceFile } from "../files/source-file.ts";
import { byName, byObject } from "../memo.ts";
import {
  broughtOrOwn,
  giverOf,
  importedOperations,
  madeThrough,
} from "../operations/made-tokens.ts";
import type { MadeToken } from "../operations/made-tokens.ts";
import type { Operation } from "../operations/operations.ts";
import { calleeName, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { possibilities, truthiness } from "../values/value.ts";
import type { ObjectValue, PropertyValue, Value } from "../values/value.ts";
import { importSource } from "../values/whole-files.ts";

/**
 * The calls of a file that give somebody a token, and what they say of him: those that sign, those of functions
 * that sign, and those of functions out of sight that are called for it (`generateToken(user.id)`).
 */
export interface SignedToken {
  readonly node: CallNode;
  /** What signs it, for a message. */
  readonly name: string;
  readonly claims: readonly SignedClaim[];
  /** What makes it: itself, or what stands in a function that it calls. */
  readonly made?: Operation;
  /** Nobody has seen what it does; it is called for it. */
  readonly isByName?: true;
  /** One of several payloads is signed. */
  readonly isChosen: boolean;
}

interface SignedClaim {
  /** Undefined for what is signed as a whole, or given to a function out of sight. */
  readonly name: string | undefined;
  /** Where its value is written, at the call and in the function that signs. */
  readonly nodes: readonly Node[];
  readonly isSubject?: true;
}

/** The linted file, or one that it imports. */
export type SigningFile = Pick<Analysis, "core" | "file" | "operations">;

/** The tokens of a file, worked out once for all that ask. */
export const signedTokens = byObject((analysis: SigningFile): readonly SignedToken[] => {
  const { core, file, operations } = analysis;
  const own = operations.filter(({ kind }) => kind === "sign");
  const imported = (file === core.file ? importedOperations(core) : []).filter(
    ({ kind, wrapper }) => kind === "sign" && wrapper === undefined,
  );
  return [
    ...own.flatMap((operation) => {
      const { node, payload, key, wrapper } = operation;
      const direct = ofMade(core, { operation, node, payload, key });
      const through = wrapper === undefined ? throughCalls(analysis, operation) : [];
      return [direct, ...through];
    }),
    ...imported.flatMap((operation) => throughCalls(analysis, operation)),
    ...named(file.index.called, makesToken).flatMap((call) => calledForIt(core, call) ?? []),
    ...named(file.index.called, signs)
      .filter((call) => isOfWrapper(file, call))
      .flatMap((call) => calledForIt(core, call) ?? []),
  ];
});

function throughCalls({ core, file }: SigningFile, operation: Operation): SignedToken[] {
  return madeThrough(core, operation)
    .filter(({ node }) => core.fileOf(node) === file)
    .map((made) => ofMade(core, made));
}

function ofMade(core: Core, { operation, node, payload }: MadeToken): SignedToken {
  const owner = giverOf(core, operation);
  const at = (written: Node, value: Value): Node =>
    node === operation.node || owner === undefined
      ? written
      : broughtOrOwn(core, owner, node, { node: written, value }).node;
  const values = payload === undefined ? [] : possibilities(payload.value);
  const whole = values.filter(({ type }) => type !== "object");
  return {
    node,
    name: operation.name,
    made: operation,
    claims: [
      ...operation.settings("subject").map(({ valueNode, value }) => ({
        name: "sub",
        nodes: [at(valueNode, value)],
        isSubject: true as const,
      })),
      ...(payload === undefined || whole.length === 0
        ? []
        : [{ name: undefined, nodes: [payload.node, ...whole.map((one) => one.node)] }]),
      ...values.flatMap((one) => (one.type === "object" ? claimsOf(one, at) : [])),
    ],
    // A default for what is missing is no choice: `req.body.user ?? ""`
    isChosen: values.filter((one) => truthiness(one) !== false).length > 1,
  };
}

/** Of objects in it, those that hold who somebody is. */
const HOLDS = /^(?:context|user|account|payload|data|profile|claims)$/iu;

function claimsOf(
  { properties }: ObjectValue,
  at: (written: Node, value: Value) => Node,
): SignedClaim[] {
  return [...properties].flatMap(([name, property]: [string, PropertyValue]) => {
    const { node, value } = property;
    if (value.type === "object") return HOLDS.test(name) ? claimsOf(value, at) : [];
    const written = node.type === "Property" ? [at(node.value, value)] : [];
    return [{ name, nodes: [...written, value.node] }];
  });
}

/** Names of functions that make somebody's token; those of links and of other services are made for something else. */
const MAKES =
  /^(?:generate|create|sign|issue|make|gen|build|get|send|set|encode)_?\w*(?:token|jwt)(?:s|response|andsetcookie|cookie)?$/iu;

/** … where the token has to say that it is one of a sign-in: `mintToken(address)` gives somebody a coin. */
const HANDS_OUT = /^(?:mint|give)_?\w*(?:jwt|(?:access|auth|id|login|session|user)_?token)s?$/iu;

const OTHER =
  /reset|verif|confirm|csrf|xsrf|invit|activat|e?mail|otp|push|fcm|device|api|unsub|download|upload|share|link|payment|card|stripe|bot|tokeniz|expir|decod|from|header|cookies?token|by/iu;

const makesToken = byName(
  (name): boolean => (MAKES.test(name) || HANDS_OUT.test(name)) && !OTHER.test(name),
);

/** What methods of a module of tokens are called that makes them. */
const signs = byName((name): boolean => /^(?:sign|issue|generate|encode)$/u.test(name));

/** `JWT.sign({ email })` of `import JWT from "../lib/jwt.js"`: what signs stands in a module of the program that is called so. */
function isOfWrapper(file: SourceFile, { callee }: CallNode): boolean {
  const method = unwrap(callee);
  if (method.type !== "MemberExpression" || method.object.type !== "Identifier") return false;
  return (
    WRAPPER.test(method.object.name) &&
    /^[.@~#]/u.test(importSource(file.variableOf(method.object))?.value ?? "")
  );
}

const WRAPPER = /^(?:jwt|tokens?)_?(?:utils?|service|helpers?|manager|lib|provider)?$/iu;

function calledForIt(core: Core, call: CallNode): SignedToken | undefined {
  if (call.type !== "CallExpression") return undefined;
  if (core.evaluate(call.callee).type !== "unknown") return undefined;
  const callee = unwrap(call.callee);
  const receiver = callee.type === "MemberExpression" ? [callee.object] : [];
  const given = call.arguments.flatMap((one): SignedClaim[] => {
    if (one.type === "SpreadElement") return [];
    const value = core.evaluate(one);
    return value.type === "object"
      ? claimsOf(value, (written) => written)
      : [{ name: undefined, nodes: [one] }];
  });
  return {
    node: call,
    // `admin.auth().createCustomToken`, whose object has no name
    name: calleeName(call).replace(/^\./u, ""),
    isByName: true,
    claims: [...receiver.map((one) => ({ name: undefined, nodes: [one] })), ...given],
    isChosen: false,
  };
}
