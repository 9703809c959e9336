import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import { initOf } from "../files/variables.ts";
import { dottedPath, isFunction, memberName, staticKey, unwrap, walk } from "../syntax.ts";
import type { ClassNode, FunctionNode, Node } from "../syntax.ts";
import { may, possibilities, stringOf, truthiness } from "../values/value.ts";

/**
 * What does a NestJS guard made with `AuthGuard("jwt")` do with a request whose token is refused?
 *
 * Where the token is forged, expired or not there, passport does not throw: it calls
 * `handleRequest(null, false, info)`, and whatever that returns without throwing lets the request
 * through (@nestjs/passport 10 to 12 with passport-jwt 4). So the body is run in thought with these
 * arguments. A test that nobody can decide makes the whole undecided, unless both ways lead to the
 * same end.
 */
export interface LenientGuard {
  readonly guard: ClassNode;
  /** The method that lets the request through. */
  readonly method: TSESTree.MethodDefinition;
  /** Which tokens pass. */
  readonly tokens: readonly TokenState[];
}

type TokenState = "forged" | "expired";

/** What a method is told about the request. */
interface Scenario {
  /** Names of the parameters that are falsy. */
  readonly falsy: ReadonlySet<string>;
  /** The parameter that holds the reason, an Error. */
  readonly info: string | undefined;
  /** The names that the error has as a class and as `name`. */
  readonly error: readonly string[];
  readonly message: string;
}

/** Where the body ends: behind it, with an answer that lets the request through or stops it. */
type End = "goes-on" | "lets-through" | "stops" | "undecided";

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

/** What passport-jwt says of a token that is forged, and of one that has expired. */
const REFUSALS = [
  { token: "forged", error: ["Error", "JsonWebTokenError"], message: "invalid signature" },
  {
    token: "expired",
    error: ["Error", "JsonWebTokenError", "TokenExpiredError"],
    message: "jwt expired",
  },
] as const;

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
  const end = endOf(owner.body);
  return end === "lets-through" || (end === "goes-on" && !isActivation);

  function endOf(node: Node): End {
    switch (node.type) {
      case "BlockStatement":
        return endOfAll(node.body);
      case "ThrowStatement":
        return "stops";
      case "ReturnStatement":
        return endOfReturn(node.argument);
      case "IfStatement":
        return endOfIf(node);
      case "VariableDeclaration":
        return node.declarations.every(({ init }) => init === null || isHarmless(init))
          ? "goes-on"
          : "undecided";
      case "ExpressionStatement":
        return isHarmless(node.expression) ? "goes-on" : "undecided";
      case "TryStatement":
        return endOfTry(node);
      default:
        return "undecided";
    }
  }

  function endOfAll(statements: readonly Node[]): End {
    for (const statement of statements) {
      const end = endOf(statement);
      if (end !== "goes-on") return end;
    }
    return "goes-on";
  }

  function endOfIf({ test, consequent, alternate }: TSESTree.IfStatement): End {
    if (!isHarmless(test)) return "undecided";
    const answer = truthOf(test);
    const otherwise = (): End => (alternate === null ? "goes-on" : endOf(alternate));
    if (answer === true) return endOf(consequent);
    if (answer === false) return otherwise();
    const ends = [endOf(consequent), otherwise()];
    return ends[0] === ends[1] ? (ends[0] ?? "undecided") : "undecided";
  }

  /** The parent's answer to a refused token is to throw, so the handler decides. */
  function endOfTry({ block, handler, finalizer }: TSESTree.TryStatement): End {
    if (!isActivation || handler === null || finalizer !== null) return "undecided";
    return asksParentIn(block) ? endOf(handler.body) : "undecided";
  }

  function asksParentIn(block: Node): boolean {
    return inside(core.fileOf(block).index.calls, block).some(isParentCall);
  }

  function endOfReturn(argument: Node | null): End {
    if (argument !== null && !isHarmless(argument)) return "undecided";
    if (!isActivation) return "lets-through";
    // What `canActivate` returns decides.
    const answer = argument === null ? false : truthOf(argument);
    return answer === undefined ? "undecided" : answer ? "lets-through" : "stops";
  }

  /** Does it throw nothing? Calls that nobody can see into may, unless frameworks and logs are asked. */
  function isHarmless(expression: Node): boolean {
    let harmless = true;
    walk(expression, core.fileOf(expression).visitorKeys, (node) => {
      if (isFunction(node)) return false;
      if (node.type === "CallExpression" && !HARMLESS.test(calledName(node))) harmless = false;
      if (node.type === "NewExpression" && !/(?:Error|Exception|Date)$/u.test(calledName(node)))
        harmless = false;
      return harmless;
    });
    return harmless;
  }

  function truthOf(written: Node): boolean | undefined {
    const node = unwrap(written);
    switch (node.type) {
      case "Identifier":
        if (scenario.falsy.has(node.name)) return false;
        return node.name === scenario.info ? true : truthiness(core.evaluate(node));
      case "UnaryExpression": {
        const answer = node.operator === "!" ? truthOf(node.argument) : undefined;
        return answer === undefined ? undefined : !answer;
      }
      case "LogicalExpression": {
        const left = truthOf(node.left);
        if (node.operator === "??") {
          return left === true ? true : undefined;
        }
        const decides = node.operator === "||";
        if (left === decides) return decides;
        const right = truthOf(node.right);
        if (right === decides) return decides;
        return left === undefined || right === undefined ? undefined : !decides;
      }
      case "MemberExpression":
        return falsyMember(node);
      case "BinaryExpression":
        return comparison(node);
      default:
        return truthiness(core.evaluate(node));
    }
  }

  /** `user?.id` of a user that is `false`. */
  function falsyMember(node: TSESTree.MemberExpression): boolean | undefined {
    const [root, member, ...rest] = dottedPath(node) ?? [];
    if (root !== undefined && scenario.falsy.has(root)) return false;
    const isText = root === scenario.info && rest.length === 0;
    return isText && (member === "message" || member === "name") ? true : undefined;
  }

  function comparison({ left, operator, right }: TSESTree.BinaryExpression): boolean | undefined {
    const [root, member, ...rest] = dottedPath(left) ?? [];
    if (root === undefined || rest.length > 0) return undefined;
    if (operator === "instanceof") {
      if (root !== scenario.info || member !== undefined) return undefined;
      return scenario.error.includes(dottedPath(right)?.at(-1) ?? "");
    }
    const isSame = operator === "===" || operator === "==";
    if (!isSame && operator !== "!==" && operator !== "!=") return undefined;
    const equal = isEqual(root, member, operator.length === 2, core.evaluate(right));
    return equal === undefined ? undefined : equal === isSame;
  }

  function isEqual(
    root: string,
    member: string | undefined,
    isLoose: boolean,
    other: ReturnType<Core["evaluate"]>,
  ): boolean | undefined {
    if (other.type !== "literal") return undefined;
    if (root === scenario.info) {
      const text = typeof other.value === "string" ? other.value : undefined;
      if (member === undefined) return text === undefined ? false : undefined;
      if (text === undefined) return undefined;
      if (member === "name") return scenario.error.at(-1) === text;
      return member === "message" ? scenario.message === text : undefined;
    }
    // The user is `false` and the error `null`: only what both are equal to is known.
    const isNothing = other.value === null || other.value === undefined;
    return scenario.falsy.has(root) && !isNothing && !isLoose && typeof other.value !== "boolean"
      ? false
      : undefined;
  }
}

function functionKey(owner: FunctionNode): string | undefined {
  const { parent } = owner;
  return parent.type === "MethodDefinition" ? staticKey(parent.key, parent.computed) : undefined;
}

/** Questions to the framework, and notes in a log. */
const HARMLESS =
  /(?:^|\.)(?:switchTo\w+|getRequest|getResponse|getContext|getHandler|getClass|getType|getArgs|getArgByIndex|getAllAndOverride|getAllAndMerge|create|log|info|warn|error|debug|verbose|trace|includes|startsWith|endsWith|Boolean|String)$/u;

function calledName(node: CallLike): string {
  const callee = unwrap(node.callee);
  const path = dottedPath(callee);
  if (path !== undefined) return path.join(".");
  return callee.type === "MemberExpression" ? `.${memberName(callee) ?? ""}` : "";
}

type CallLike = TSESTree.CallExpression | TSESTree.NewExpression;

/** `super.canActivate(context)`. */
function isParentCall(node: CallLike): boolean {
  const callee = unwrap(node.callee);
  return (
    callee.type === "MemberExpression" &&
    callee.object.type === "Super" &&
    memberName(callee) === "canActivate"
  );
}
