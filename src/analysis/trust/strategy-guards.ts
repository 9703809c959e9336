import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import { initOf } from "../files/variables.ts";
import { memberName, staticKey, unwrap } from "../syntax.ts";
import type { CallNode, ClassNode, FunctionNode, Node } from "../syntax.ts";
import { may, possibilities, stringOf } from "../values/value.ts";
import { endOfRefused, REFUSALS } from "./refused-runs.ts";
import type { Scenario } from "./refused-runs.ts";

/**
 * What does a NestJS guard made with `AuthGuard("jwt")` do with a request whose token is refused?
 *
 * Where the token is forged, expired or not there, passport does not throw: it calls
 * `handleRequest(null, false, info)`, and whatever that returns without throwing lets the request
 * through (@nestjs/passport 10 to 12 with passport-jwt 4). So the body is run in thought with these
 * arguments.
 */
export interface LenientGuard {
  readonly guard: ClassNode;
  /** The method that lets the request through. */
  readonly method: TSESTree.MethodDefinition;
  /** Which tokens pass. */
  readonly tokens: readonly TokenState[];
}

type TokenState = "forged" | "expired";

/** How deep guards of a program extend each other. */
const MAX_PARENTS = 4;

/** The guards of the file that let requests with a forged or expired token through. */
export function lenientGuards(core: Core): LenientGuard[] {
  return core.file.index.classes.flatMap((guard) => {
    if (!isStrategyGuard(core, guard, MAX_PARENTS)) return [];
    for (const [name, tokensOf] of METHODS) {
      const method = methodOf(guard, name);
      if (method?.value.type !== "FunctionExpression") continue;
      const tokens = tokensOf(core, method.value);
      if (tokens.length > 0) return [{ guard, method, tokens }];
    }
    return [];
  });
}

type Judge = (core: Core, owner: FunctionNode) => readonly TokenState[];

const METHODS: readonly (readonly [name: string, tokensOf: Judge])[] = [
  ["handleRequest", handled],
  ["canActivate", activated],
];

function methodOf(guard: ClassNode, name: string): TSESTree.MethodDefinition | undefined {
  return guard.body.body.find(
    (member): member is TSESTree.MethodDefinition =>
      member.type === "MethodDefinition" &&
      !member.static &&
      staticKey(member.key, member.computed) === name,
  );
}

/** Is it made by `AuthGuard("jwt")`, directly or through guards of the program's own? */
function isStrategyGuard(core: Core, guard: ClassNode, levels: number): boolean {
  const { superClass } = guard;
  if (superClass === null || levels === 0) return false;
  const written = unwrap(superClass);
  const made = initOf(core.fileOf(written), written) ?? written;
  if (made.type === "CallExpression") return isJwtGuard(core, made);
  return may(core.evaluate(superClass), (parent) => {
    if (parent.type !== "class" || parent.node === guard) return false;
    return isStrategyGuard(core, parent.node, levels - 1);
  });
}

function isJwtGuard(core: Core, call: TSESTree.CallExpression): boolean {
  const maker = core.evaluate(call.callee);
  const isMaker =
    maker.type === "module" &&
    maker.specifier === "@nestjs/passport" &&
    maker.path.join(".") === "AuthGuard";
  const [strategy] = call.arguments;
  if (!isMaker || strategy === undefined || strategy.type === "SpreadElement") return false;
  return possibilities(core.evaluate(strategy)).every((one) => {
    const names = one.type === "array" ? one.elements : [one];
    return names.length > 0 && names.every((name) => /jwt/iu.test(stringOf(name) ?? ""));
  });
}

function handled(core: Core, owner: FunctionNode): TokenState[] {
  const [error, user, info] = owner.params.map((parameter) => nameOf(parameter));
  const falsy = new Set([error, user].filter((name) => name !== undefined));
  return REFUSALS.flatMap(({ token, ...refusal }) =>
    letsThrough(core, owner, { ...refusal, falsy, info }) ? [token] : [],
  );
}

/** `super.canActivate(…)` has thrown, and the catch goes on. */
function activated(core: Core, owner: FunctionNode): TokenState[] {
  const asksParent = inside(core.fileOf(owner).index.calls, owner).some(isParentCall);
  if (!asksParent) return [];
  const refusal = { error: ["Error", "UnauthorizedException"], message: "Unauthorized" };
  const scenario = { ...refusal, falsy: new Set<string>(), info: undefined };
  return letsThrough(core, owner, scenario) ? ["forged", "expired"] : [];
}

function nameOf(parameter: Node): string | undefined {
  const target = parameter.type === "AssignmentPattern" ? parameter.left : parameter;
  return target.type === "Identifier" ? target.name : undefined;
}

function letsThrough(core: Core, owner: FunctionNode, scenario: Scenario): boolean {
  if (owner.body.type !== "BlockStatement") return false;
  const isActivation = functionKey(owner) === "canActivate";
  const end = endOfRefused(core, owner.body, scenario, {
    returned: (argument, truthOf) => {
      if (!isActivation) return "lets-through";
      // What `canActivate` returns decides.
      const answer = argument === null ? false : truthOf(argument);
      return answer === undefined ? "undecided" : answer ? "lets-through" : "stops";
    },
    // The parent's answer to a refused token is to throw, so the handler decides.
    caught: ({ block, handler, finalizer }) =>
      isActivation && handler !== null && finalizer === null && asksParentIn(core, block)
        ? handler.body
        : undefined,
  });
  return end === "lets-through" || (end === "goes-on" && !isActivation);
}

function asksParentIn(core: Core, block: Node): boolean {
  return inside(core.fileOf(block).index.calls, block).some(isParentCall);
}

function functionKey(owner: FunctionNode): string | undefined {
  const { parent } = owner;
  return parent.type === "MethodDefinition" ? staticKey(parent.key, parent.computed) : undefined;
}

/** `super.canActivate(context)`. */
function isParentCall(node: CallNode): boolean {
  const callee = unwrap(node.callee);
  return (
    callee.type === "MemberExpression" &&
    callee.object.type === "Super" &&
    memberName(callee) === "canActivate"
  );
}
