import { calledName } from "../files/source-file.ts";
import type { SourceFile } from "../files/source-file.ts";
import { declaratorOf } from "../files/variables.ts";
import { dottedPath, memberName, staticKey, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";

/** Methods of loggers. */
export const LEVELS =
  "trace|debug|info|notice|warn|warning|error|fatal|verbose|silly|http|log|critical|alert|emerg";

const LEVEL = new RegExp(`^(?:${LEVELS})$`, "u");

/** Names that loggers go by where their making is out of sight. */
export const LOGGER_NAME =
  /^(?:_?(?:[lL]og|[lL]ogger|LOG|LOGGER|winston|pino|bunyan)|\w*[a-z](?:Logger|Log)|\$log)$/u;

/** `const debug = makeLogger("tokens").debug`, `const { debug } = logger`: a method of what is a logger by its name. */
export function isTakenOffLogger(file: SourceFile, name: Node): boolean {
  const declarator = declaratorOf(file, name);
  if (declarator === undefined) return false;
  const init = unwrap(declarator.init);
  if (declarator.id.type === "Identifier")
    return (
      init.type === "MemberExpression" &&
      LEVEL.test(memberName(init) ?? "") &&
      isLogger(init.object)
    );
  const [declared] = file.variableOf(name)?.identifiers ?? [];
  const property = declared?.parent;
  return (
    property?.type === "Property" &&
    property.parent === declarator.id &&
    LEVEL.test(staticKey(property.key, property.computed) ?? "") &&
    isLogger(init)
  );
}

/** `logger`, `makeLogger("tokens")` */
function isLogger(written: Node): boolean {
  const node = unwrap(written);
  return node.type === "CallExpression"
    ? /(?:^|[a-z_])[lL]ogger$/u.test(calledName(node) ?? "")
    : LOGGER_NAME.test(dottedPath(node)?.at(-1) ?? "");
}
