import type { TSESTree } from "@typescript-eslint/utils";
import type { Decoration } from "../../libraries/types.ts";
import type { Core } from "../core.ts";
import type { SourceFile } from "../files/source-file.ts";
import {
  contains,
  dottedPath,
  enclosingFunction,
  isFunction,
  memberName,
  parentOf,
  staticKey,
  unwrap,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { returnArguments } from "./classes.ts";
import { madeBy } from "./made-by.ts";
import { isServices } from "./strapi.ts";

/**
 * Is an object one of a framework's own: its server, a request, a reply, the context of a handler?
 *
 * By where it comes from (`fastify()`), by its type, or by the name and place that the framework
 * gives it (`async function plugin(fastify, options)`, `(request, reply) => …`) in a file that shows
 * the framework. A name alone never counts.
 *
 * @param made where the object was written: a call, a parameter, a member
 */
export function isFrameworkObject(
  core: Core,
  made: Node,
  { framework, on, of }: Pick<Decoration, "framework" | "of" | "on">,
): boolean {
  switch (framework) {
    case "fastify":
      return on === "server" ? isFastify(core, made) : isFastifyHandlers(core, made, on);
    case "egg":
      return isEggApplication(core, made);
    case "elysia":
      return isElysiaContext(core, made);
    case "strapi":
      return of !== undefined && isServices(made, of);
  }
}

type Framework = Exclude<Decoration["framework"], "strapi">;

const SHOWS: Readonly<Record<Framework, RegExp>> = {
  fastify:
    /["'`](?:@fastify\/[\w-]+|fastify(?:-[\w-]+)?)["'`]|\bFastify(?:Instance|Request|Reply|Plugin\w*)\b/u,
  egg: /["'`](?:egg|egg-[\w-]+|midway)["'`]|\b(?:app|ctx|this)\.(?:app\.)?config\.jwt\b|\bextends\s+app\.(?:Controller|Service|Subscription|BaseContextClass)\b/u,
  elysia: /["'`](?:elysia|@elysiajs\/[\w-]+)["'`]/u,
};

const shown = new WeakMap<SourceFile, Map<Framework, boolean>>();

function shows(file: SourceFile, framework: Framework): boolean {
  let answers = shown.get(file);
  if (answers === undefined) {
    answers = new Map<Framework, boolean>();
    shown.set(file, answers);
  }
  let answer = answers.get(framework);
  if (answer === undefined) answers.set(framework, (answer = SHOWS[framework].test(file.text)));
  return answer;
}

/** What people call the server where the framework does not name it. */
const SERVER = /^(?:_?app|_?server|_?instance|_?fastify\w*|\w*Fastify|api|f)$/u;

function isFastify(core: Core, made: Node): boolean {
  switch (made.type) {
    case "CallExpression":
      return madeBy(core, made)?.specifier === "fastify";
    case "ThisExpression":
      return shows(core.fileOf(made), "fastify");
    case "MemberExpression": {
      const name = memberName(made);
      // `request.server`, `this.fastify`.
      if (name === "fastify") return true;
      return name !== undefined && SERVER.test(name) && shows(core.fileOf(made), "fastify");
    }
    default: {
      const name = nameAt(made);
      if (name === undefined) return false;
      if (/^fastify/iu.test(name) || /\bFastifyInstance\b/u.test(typeText(core, made))) return true;
      return SERVER.test(name) && (shows(core.fileOf(made), "fastify") || isPlugin(core, made));
    }
  }
}

/** `module.exports = async function (app) { app.decorate(…) }`: methods that Fastify alone has. */
function isPlugin(core: Core, parameter: Node): boolean {
  const variable = core.fileOf(parameter).variableOf(parameter);
  return (
    variable?.references.some((reference) => {
      const use: Node = reference.identifier;
      const parent = parentOf(use);
      return (
        parent?.type === "MemberExpression" &&
        parent.object === use &&
        /^(?:decorate(?:Request|Reply)?|addHook|register|route)$/u.test(memberName(parent) ?? "") &&
        parent.parent.type === "CallExpression"
      );
    }) ?? false
  );
}

const HANDLER_NAMES = {
  request: /^_?(?:req|request|r)$/u,
  reply: /^_?(?:reply|rep|res|response)$/u,
  context: /^(?:c|ctx|context)$/u,
  server: SERVER,
  // Of these the name alone says nothing.
  services: /^$/u,
} as const;

/** The pair `(request, reply)` is Fastify's own habit; Express says `res`. */
function isFastifyHandlers(core: Core, made: Node, on: Decoration["on"]): boolean {
  const name = nameAt(made);
  if (/\bFastify(?:Request|Reply)\b/u.test(typeText(core, made))) return true;
  if (name === undefined || !HANDLER_NAMES[on].test(name)) return false;
  if (shows(core.fileOf(made), "fastify")) return true;
  const owner = ownerOf(made);
  const [, second] = owner?.params ?? [];
  const other = second === undefined ? undefined : nameAt(second);
  return other !== undefined && /^_?(?:reply|rep)$/u.test(other);
}

/**
 * `this.app`, `const { app } = this`, `ctx.app`, and the parameter that Egg's files export a function of:
 * `(app) => class extends app.Controller`, `(options, app) => async (ctx, next) => …`.
 */
function isEggApplication(core: Core, made: Node): boolean {
  const file = core.fileOf(made);
  const path = eggPath(made);
  if (path !== undefined) {
    if (!/^(?:this\.(?:ctx\.)?|ctx\.)app$/u.test(path)) return false;
    return shows(file, "egg") || (/\bctx\b/u.test(file.text) && !shows(file, "fastify"));
  }
  return nameAt(made) === "app" && (shows(file, "egg") || isOfEggMiddleware(core, made));
}

/** As it is read: `this.app` of that and of `const { app } = this`. */
function eggPath(made: Node): string | undefined {
  if (made.type === "MemberExpression") return dottedPath(made)?.join(".") ?? "";
  if (made.type !== "Property") return undefined;
  const declarator = made.parent.parent;
  const from = declarator.type === "VariableDeclarator" ? declarator.init : null;
  const name = staticKey(made.key, made.computed);
  return from === null ? "" : [...(dottedPath(from) ?? []), name].join(".");
}

/** The second parameter of `(options, app) => async (ctx, next) => …` */
function isOfEggMiddleware(core: Core, made: Node): boolean {
  const owner = ownerOf(made);
  if (owner?.params[1] !== made) return false;
  return returnArguments(core, owner).some((given) => {
    const handler = unwrap(given);
    return isFunction(handler) && handler.params.map((one) => nameAt(one)).join() === "ctx,next";
  });
}

/** The first parameter of a handler, as a whole or taken apart. */
function isElysiaContext(core: Core, made: Node): boolean {
  if (!shows(core.fileOf(made), "elysia")) return false;
  const owner = ownerOf(made);
  const [first] = owner?.params ?? [];
  return first !== undefined && contains(first, made);
}

/** The function of which the node is a parameter, or a part of one. */
function ownerOf(node: Node): FunctionNode | undefined {
  const owner = enclosingFunction(node);
  return owner?.params.some((parameter) => contains(parameter, node)) === true ? owner : undefined;
}

/** The name of a parameter, a variable or an import. */
function nameAt(node: Node): string | undefined {
  switch (node.type) {
    case "Identifier":
      return node.name;
    case "AssignmentPattern":
      return nameAt(node.left);
    case "ImportSpecifier":
    case "ImportDefaultSpecifier":
      return node.local.name;
    case "TSParameterProperty":
      return nameAt(node.parameter);
    default:
      return undefined;
  }
}

function typeText(core: Core, node: Node): string {
  const annotation = annotationOf(node);
  return annotation === undefined ? "" : core.fileOf(node).text.slice(...annotation.range);
}

function annotationOf(node: Node): TSESTree.TSTypeAnnotation | undefined {
  if ("typeAnnotation" in node && node.typeAnnotation?.type === "TSTypeAnnotation") {
    return node.typeAnnotation;
  }
  const parent = parentOf(node);
  return parent !== undefined && !isFunction(parent) && parent.type === "AssignmentPattern"
    ? annotationOf(parent)
    : undefined;
}
