import type { TSESTree } from "@typescript-eslint/utils";
import { onlyCounts } from "../answers/counting-guards.ts";
import {
  calleeName,
  decoratorsOf,
  dottedPath,
  enclosingClass,
  propertyValue,
  textOf,
} from "../syntax.ts";
import type { FunctionNode } from "../syntax.ts";

/**
 * Methods that a framework calls for a request, as their decorators say: `@Post("login") login(@Body() dto)` of
 * Nest, `@Mutation() login(@Args("input") input)` of a resolver.
 */

/** What names the requests that a method is called for … */
const ROUTES = /^(?:Get|Post|Put|Patch|All|Query|Mutation|SubscribeMessage)$/u;

/** … what else is said of such methods and their classes, and asks for nothing … */
const ASKS_NOTHING =
  /^(?:(?:Json|Rest)?Controller|Resolver|WebSocketGateway|Injectable|Service|Route|Tags|OperationId|Http_?Code|Header|Redirect|Render|Version|ContentType|SuccessResponse|Example|Response\w*|Api(?!Bearer|Security|Cookie|OAuth|Basic)\w*|Skip(?:Throttle|Csrf)|Throttle|RateLimit|UseFilters|Serialize\w*)$/u;

/** … or says that nobody has to sign in before … */
const IS_PUBLIC =
  /^(?:(?:Is)?Public\w*|Allow(?:Anonymous|Unauth\w*)|(?:No|Skip|Bypass)(?:Jwt)?Auth\w*)$/u;

/** … interceptors that see to the answer … */
const ANSWERS = /serializ|transform|logg|cache|timeout|files?interceptor|response/iu;

/** … pipes that look at the form of what comes … */
const FORMS = /^(?:\w*Validation\w*|Parse\w+|Trim\w*|Joi\w*|Zod\w*|Yup\w*)Pipe$/u;

/** … and where their parameters come from; what another decorator hands over may be who has signed in. */
const PARAMETERS =
  /^(?:(?:Message)?Body|ConnectedSocket|Query|QueryParams?|Param|Params|Args?|Res|Response|Req|Request|Ip|RealIP|Headers?|HostParam|Next|Context|Ctx|Info|Parent|Root|UserAgent)$/u;

/** By which paths requests reach a method without passing anything else, as far as the file tells. */
export interface OpenPaths {
  readonly paths: readonly string[];
  /** It says that nobody has to sign in before. Other methods may stand behind a guard of the application. */
  readonly isPublic: boolean;
}

/** @returns undefined where something may have asked before */
export function openPaths(
  owner: FunctionNode,
  member: TSESTree.MethodDefinition,
): OpenPaths | undefined {
  const around = decoratorsOf(enclosingClass(member) ?? {});
  const own = decoratorsOf(member);
  const routes = own.filter((one) => ROUTES.test(nameOf(one)));
  const isOpen =
    routes.length > 0 &&
    [...around, ...own].every((one) => routes.includes(one) || asksNothing(one)) &&
    owner.params.every((one) => {
      const given = decoratorsOf(one);
      return given.length > 0 && given.every((each) => PARAMETERS.test(nameOf(each)));
    });
  if (!isOpen) return undefined;
  const [prefix = ""] = around.map(pathOf).filter((one) => one !== "");
  return {
    paths: routes.map((one) => `/${prefix}/${pathOf(one)}`.replaceAll(/\/+/gu, "/")),
    isPublic: [...around, ...own].some((one) => IS_PUBLIC.test(nameOf(one))),
  };
}

function asksNothing(decorator: TSESTree.Decorator): boolean {
  const name = nameOf(decorator);
  if (ASKS_NOTHING.test(name) || IS_PUBLIC.test(name)) return true;
  const { expression } = decorator;
  const given = expression.type === "CallExpression" ? expression.arguments : [];
  const names = given.map((one) =>
    dottedPath(one.type === "CallExpression" || one.type === "NewExpression" ? one.callee : one),
  );
  const isEach = (meant: RegExp): boolean => names.every((one) => meant.test(one?.at(-1) ?? ""));
  if (name === "UseInterceptors") return isEach(ANSWERS);
  if (name === "UsePipes") return isEach(FORMS);
  return onlyCounts(decorator);
}

function nameOf({ expression }: TSESTree.Decorator): string {
  const name =
    expression.type === "CallExpression"
      ? calleeName(expression)
      : expression.type === "Identifier"
        ? expression.name
        : "";
  return name.split(".").at(-1) ?? "";
}

/** `auth` of `@Controller("auth")` and `@Controller({ path: "auth" })` */
function pathOf({ expression }: TSESTree.Decorator): string {
  const [first] = expression.type === "CallExpression" ? expression.arguments : [];
  if (first?.type !== "ObjectExpression") return textOf(first) ?? "";
  return textOf(propertyValue(first, "path")) ?? "";
}
