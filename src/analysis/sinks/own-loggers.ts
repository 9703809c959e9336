import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import type { SourceFile } from "../files/source-file.ts";
import { conditionsAt } from "../flow/conditions.ts";
import { usesIn } from "../flow/flow.ts";
import { isLogCall } from "../logging.ts";
import { calleeName, isFunction, rootOf } from "../syntax.ts";
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

function writes(
  core: Core,
  owner: FunctionNode,
  parameter: Node,
  boxes: readonly string[],
): boolean {
  const given = parameter.type === "RestElement" ? parameter.argument : parameter;
  return usesIn(core, given).some(({ kind, by, path, form }) => {
    if (kind !== "argument" || by.type !== "CallExpression" || !isLogCall(by)) return false;
    // A logger may be told to leave fields of objects out.
    if (boxes.length > 0 && !calleeName(by).startsWith("console.") && form !== "shown")
      return false;
    // `${data}` shows no more of an object than that it is one.
    if (boxes.length > 0 && form === "joined") return false;
    const isRest = parameter.type === "RestElement";
    return (
      (isRest || path.every((part, index) => boxes[index] === part)) &&
      conditionsAt(by).every(({ test }) => isAbout(core, test, owner))
    );
  });
}

/** `if (data) console.info(data)` */
function isAbout(core: Core, test: Node, owner: FunctionNode): boolean {
  const root = rootOf(test);
  const [definition] = core.fileOf(owner).variableOf(root)?.defs ?? [];
  return definition?.type === "Parameter" && definition.node === owner;
}
