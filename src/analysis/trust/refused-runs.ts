import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { calleeName, dottedPath, isFunction, unwrap, walk } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { truthiness } from "../values/value.ts";

/**
 * What comes of a body that is told of a refused token: it is run in thought with what passport gives it. A test that
 * nobody can decide makes the whole undecided, unless both ways lead to the same end.
 */

/** What a function is told about the request. */
export interface Scenario {
  /** Names of the parameters that are falsy; `found.1` of one that holds all. */
  readonly falsy: ReadonlySet<string>;
  /** The parameter that holds the reason, an Error. */
  readonly info: string | undefined;
  /** The names that the error has as a class and as `name`. */
  readonly error: readonly string[];
  readonly message: string;
}

/** Where a body ends: behind it, with an answer that lets the request through or stops it. */
export type End = "goes-on" | "lets-through" | "stops" | "undecided";

type TruthOf = (written: Node) => boolean | undefined;

/** What ends a body, by what it is the body of. */
export interface Ways {
  /** Is the request let through by what a statement works out: `next()`? */
  readonly passes?: (expression: Node, truthOf: TruthOf) => boolean;
  /** What comes of `return argument`. */
  readonly returned: (argument: Node | null, truthOf: TruthOf) => End;
  /** What runs in the place of an attempt that a refused token has thrown in. */
  readonly caught?: (statement: TSESTree.TryStatement) => Node | undefined;
}

/** What passport-jwt 4 says of a token that is forged, and of one that has expired. */
export const REFUSALS = [
  { token: "forged", error: ["Error", "JsonWebTokenError"], message: "invalid signature" },
  {
    token: "expired",
    error: ["Error", "JsonWebTokenError", "TokenExpiredError"],
    message: "jwt expired",
  },
] as const;

/** The end that a body comes to. */
export function endOfRefused(core: Core, body: Node, scenario: Scenario, ways: Ways): End {
  return body.type === "BlockStatement" ? endOf(body) : endOfReturn(body);

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
        return endOfExpression(unwrap(node.expression));
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

  function endOfTry(statement: TSESTree.TryStatement): End {
    const instead = ways.caught?.(statement);
    return instead === undefined ? "undecided" : endOf(instead);
  }

  function endOfExpression(expression: Node): End {
    if (ways.passes?.(expression, truthOf) === true) return "lets-through";
    return isHarmless(expression) ? "goes-on" : "undecided";
  }

  function endOfReturn(argument: Node | null): End {
    if (argument !== null && ways.passes?.(unwrap(argument), truthOf) === true)
      return "lets-through";
    if (argument !== null && !isHarmless(argument)) return "undecided";
    return ways.returned(argument, truthOf);
  }

  /** Does it throw nothing? Calls that nobody can see into may, unless frameworks and logs are asked. */
  function isHarmless(expression: Node): boolean {
    let harmless = true;
    walk(expression, core.fileOf(expression).visitorKeys, (node) => {
      if (isFunction(node)) return false;
      if (isReadOfNothing(node)) harmless = false;
      if (node.type === "CallExpression" && !HARMLESS.test(calleeName(node))) harmless = false;
      if (node.type === "NewExpression" && !/(?:Error|Exception|Date)$/u.test(calleeName(node)))
        harmless = false;
      return harmless;
    });
    return harmless;
  }

  /** `user.team.id`, which throws where the user is `false` */
  function isReadOfNothing(node: Node): boolean {
    if (node.type !== "MemberExpression" || node.optional) return false;
    const read = unwrap(node.object);
    return read.type === "MemberExpression" && truthOf(read) === false;
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
    if (
      root !== undefined &&
      [root, `${root}.${member ?? ""}`].some((one) => scenario.falsy.has(one))
    )
      return false;
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

/** Questions to the framework, and notes in a log. */
const HARMLESS =
  /(?:^|\.)(?:switchTo\w+|getRequest|getResponse|getContext|getHandler|getClass|getType|getArgs|getArgByIndex|getAllAndOverride|getAllAndMerge|create|log|info|warn|error|debug|verbose|trace|includes|startsWith|endsWith|Boolean|String)$/u;
