import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import type { SourceFile } from "../files/source-file.ts";
import { readsOf } from "../files/variables.ts";
import { conditionsAt } from "../flow/conditions.ts";
import { isLogCall } from "../logging.ts";
import {
  calleeName,
  isFunction,
  isNullish,
  isWritten,
  memberName,
  parentOf,
  rootOf,
  staticKey,
} from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { possibilities } from "../values/value.ts";
import { importSource } from "../values/whole-files.ts";
import { LEVELS } from "./taken-loggers.ts";

/** `import { log } from "./logger"`, `import { auth_log } from "./debug.js"`: a function that by its name and its module's writes a log. */
export function isLoggerByName(file: SourceFile, callee: TSESTree.Identifier): boolean {
  const source = importSource(file.variableOf(callee))?.value;
  if (source === undefined || !LOG_MODULE.test(source)) return false;
  return LOG_FUNCTION.test(callee.name) || ENDS_IN_LOG.test(callee.name);
}

/** `./logger`, `@acme/app-log`, `../logging/writer.js`, `./debug` */
const LOG_MODULE =
  /(?:(?:^|[/_-])(?:log(?:s|ger|ging)?|debug)|[a-z]Log(?:s|ger|ging)?)(?:\.\w+)?(?:$|\/)/u;

/** `info`, `logMessage` */
const LOG_FUNCTION = new RegExp(`^(?:log|${LEVELS}|log_?(?:${LEVELS}|message|event))$`, "iu");

/** `auth_log`, `httpLog`, and no `dialog` */
const ENDS_IN_LOG = /_log$|[a-z]Log$/u;

/**
 * Does a function of another file, which a call gives something, write it down whatever it is: `note(token)`, where that is
 * `(text) => console.info(text)`? What it writes only under a condition that is not about what it is given, a setting decides.
 *
 * @returns which arguments it writes, and undefined where it is no such function
 */
export function writtenElsewhere(
  core: Core,
  call: CallNode,
): ((argument: Node, boxes: readonly string[]) => boolean) | undefined {
  const owners = possibilities(core.evaluate(call.callee)).flatMap((one) =>
    one.type === "function" && isFunction(one.node) ? [one.node] : [],
  );
  const [owner] = owners;
  if (owner === undefined || owners.length > 1 || core.fileOf(owner) === core.file)
    return undefined;
  return (argument, boxes) => {
    const parameter = parameterFor(owner, call, argument);
    return parameter !== undefined && writes(core, owner, parameter, boxes);
  };
}

function parameterFor({ params }: FunctionNode, call: CallNode, argument: Node): Node | undefined {
  const position = call.arguments.findIndex((one) => one === argument);
  const parameter = params[position] ?? params.at(-1);
  if (position < 0 || parameter === undefined) return undefined;
  return params[position] === undefined && parameter.type !== "RestElement" ? undefined : parameter;
}

/** @param boxes the properties of what is given under which the value stands */
function writes(
  core: Core,
  owner: FunctionNode,
  parameter: Node,
  boxes: readonly string[],
): boolean {
  const isRest = parameter.type === "RestElement";
  return namesIn(isRest ? parameter.argument : parameter).some(({ name, path, without }) => {
    if (!isRest && !path.every((part, index) => boxes[index] === part)) return false;
    const rest = isRest ? boxes : boxes.slice(path.length);
    if (rest[0] !== undefined && without.includes(rest[0])) return false;
    return isWrittenDown(core, owner, name, rest, MAX_NAMES);
  });
}

/** How many variables lie between a parameter and a log. */
const MAX_NAMES = 2;

interface Bound {
  readonly name: Node;
  /** Where in the parameter it stands. */
  readonly path: readonly string[];
  /** What has been taken out beside it. */
  readonly without: readonly string[];
}

function namesIn(pattern: Node, path: readonly string[] = []): Bound[] {
  switch (pattern.type) {
    case "Identifier":
      return [{ name: pattern, path, without: [] }];
    case "AssignmentPattern":
      return namesIn(pattern.left, path);
    case "ObjectPattern": {
      const keys = pattern.properties.map((one) =>
        one.type === "Property" ? (staticKey(one.key, one.computed) ?? "") : "",
      );
      return pattern.properties.flatMap((one, index) =>
        one.type === "Property"
          ? namesIn(one.value, [...path, keys[index] ?? ""])
          : [{ name: one.argument, path, without: keys }],
      );
    }
    default:
      return [];
  }
}

/** Does a name that is given nothing else go into a log as it is, or in a text or an object that shows it? */
function isWrittenDown(
  core: Core,
  owner: FunctionNode,
  name: Node,
  boxes: readonly string[],
  hops: number,
): boolean {
  const file = core.fileOf(owner);
  const references = file.variableOf(name)?.references ?? [];
  if (references.some((one) => one.isWrite() && one.init !== true)) return false;
  // `delete copy.token`
  if (readsOf(file, name).some((read) => isChanged(read))) return false;
  return readsOf(file, name).some((read) => reachesLog(core, owner, read, boxes, hops));
}

function reachesLog(
  core: Core,
  owner: FunctionNode,
  read: Node,
  boxes: readonly string[],
  hops: number,
): boolean {
  let left = boxes;
  let isShown = false;
  for (let from = read, at = parentOf(read); at !== undefined; from = at, at = parentOf(at)) {
    switch (at.type) {
      case "MemberExpression":
        if (at.object !== from || left[0] === undefined || memberName(at) !== left[0]) return false;
        left = left.slice(1);
        break;
      case "TemplateLiteral":
      case "BinaryExpression":
        // An object in a text is no more than that.
        if (left.length > 0 || (at.type === "BinaryExpression" && at.operator !== "+"))
          return false;
        break;
      case "SpreadElement":
        if (at.parent.type === "ObjectExpression" && isOverwritten(at.parent, at, left[0]))
          return false;
        break;
      case "CallExpression":
        if (at.callee === from) return false;
        if (isLogCall(at)) {
          // A logger may be told to leave fields of objects out.
          const isPlain = left.length === 0 || isShown || rootName(at) === "console";
          return isPlain && conditionsAt(at).every(({ test }) => isAbout(core, test, owner));
        }
        if (!SHOWS.test(calleeName(at)) || at.arguments[0] !== from) return false;
        if (at.arguments[1] !== undefined && !isNullish(at.arguments[1])) return false;
        isShown = true;
        left = [];
        break;
      case "VariableDeclarator":
        return (
          hops > 0 &&
          at.id.type === "Identifier" &&
          isWrittenDown(core, owner, at.id, left, hops - 1)
        );
      case "Property":
      case "ObjectExpression":
      case "ArrayExpression":
      case "ChainExpression":
      case "TSAsExpression":
      case "TSNonNullExpression":
        break;
      default:
        return false;
    }
  }
  return false;
}

function isChanged(read: Node): boolean {
  const member = parentOf(read);
  return (
    member?.type === "MemberExpression" &&
    member.object === read &&
    (isWritten(member) || parentOf(member)?.type === "UnaryExpression")
  );
}

const SHOWS = /^(?:(?:JSON\.)?stringify|(?:util\.)?inspect|String)$/u;

/** `{ ...data, token: undefined }` */
function isOverwritten(
  { properties }: TSESTree.ObjectExpression,
  spread: Node,
  name: string | undefined,
): boolean {
  const from = properties.findIndex((one) => one === spread);
  return properties
    .slice(from + 1)
    .some((one) => one.type === "Property" && staticKey(one.key, one.computed) === name);
}

function rootName({ callee }: CallNode): string | undefined {
  const root = rootOf(callee);
  return root.type === "Identifier" ? root.name : undefined;
}

/** `if (data) console.info(data)` */
function isAbout(core: Core, test: Node, owner: FunctionNode): boolean {
  const root = rootOf(test);
  const [definition] = core.fileOf(owner).variableOf(root)?.defs ?? [];
  return definition?.type === "Parameter" && definition.node === owner;
}
