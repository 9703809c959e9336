import { initOf } from "../files/variables.ts";
import type { Core } from "../core.ts";
import { isSaidByClient } from "../network/request.ts";
import { calleeName, dottedPath, isLiteral, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";

/** Names that a program makes up itself, so that nobody who asks can choose that of somebody else. */

const DRAWS =
  /(?:^|\.)(?:randomUUID|random(?:Bytes|Int)?|getRandomValues|uuid(?:v\d)?|v[1-7]|nanoid|customAlphabet|cuid2?|createId|ulid)$/iu;

/** Is a text drawn, at least in part: `randomUUID()`, `"p_" + Math.random().toString(36)`, and a name that holds one? */
export function isDrawn(core: Core, written: Node): boolean {
  const name = unwrap(written);
  const init = name.type === "Identifier" ? initOf(core.fileOf(name), name) : undefined;
  return hasWithin(
    core,
    init ?? name,
    (one) => one.type === "CallExpression" && DRAWS.test(calleeName(one)),
  );
}

/**
 * Is something of the server's own joined to a name before it is used: `identity = `${identity}-${suffix()}``,
 * `identity += "#" + ++next`? Where the name is written anew without what the client says, the other way still holds that.
 */
export function isMadeUnlike(core: Core, written: Node): boolean {
  const name = unwrap(written);
  const file = core.fileOf(name);
  const variable = name.type === "Identifier" ? file.variableOf(name) : undefined;
  return (variable?.references ?? []).some(({ identifier, init }) => {
    const by = identifier.parent;
    if (init === true || by.type !== "AssignmentExpression" || by.left !== identifier) return false;
    const parts = partsOf(unwrap(by.right));
    const isOwn = parts.some((one) => isOfServer(core, one, isSaid));
    return isOwn && (by.operator === "+=" || (by.operator === "=" && parts.some(isSaid)));
  });

  function isSaid(part: Node): boolean {
    return hasWithin(
      core,
      part,
      (one) =>
        isSaidByClient(core, one) ||
        (one.type === "Identifier" && file.variableOf(one) === variable),
    );
  }
}

/** `suffix()`, `++next`; a text of the code and a setting are the same for all. */
function isOfServer(core: Core, part: Node, isSaid: (node: Node) => boolean): boolean {
  return (
    !isLiteral(part) &&
    !isSaid(part) &&
    !/^(?:literal|environment)$/u.test(core.evaluate(part).type) &&
    dottedPath(part)?.[0] !== "process"
  );
}

/** What a text is joined of, and the text itself where it is not. */
function partsOf(node: Node): readonly Node[] {
  if (node.type === "TemplateLiteral") return node.expressions.flatMap((one) => partsOf(one));
  if (node.type === "BinaryExpression" && node.operator === "+")
    return [node.left, node.right].flatMap((one) => partsOf(unwrap(one)));
  return [node];
}
