import type { Core } from "../core.ts";
import { memberName, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { possibilities } from "./value.ts";
import { importSource } from "./whole-files.ts";

/** The package member that an expression is, or that made the object it holds. */
export interface Maker {
  readonly specifier: string;
  readonly path: readonly string[];
  /** The call that made it, which may stand in another file; undefined for the member itself. */
  readonly call: CallNode | undefined;
}

/** How many calls an object may be away from its package: `pino().child().child()`. */
const MAX_CALLS = 5;

export function madeBy(core: Core, expression: Node, depth = 0): Maker | undefined {
  if (depth > MAX_CALLS) return undefined;
  const value = core.evaluate(expression);
  for (const one of possibilities(value)) {
    if (one.type === "module") return { specifier: one.specifier, path: one.path, call: undefined };
    if (one.type === "entity") {
      return { specifier: one.library.name, path: one.path.split("."), call: one.made };
    }
    if (one.type !== "unknown") continue;
    const made = unwrap(one.node);
    if (made.type !== "CallExpression" && made.type !== "NewExpression") continue;
    const callee = unwrap(made.callee);
    const maker = madeBy(core, callee, depth + 1);
    if (maker !== undefined && isInjector(maker)) {
      const [of] = made.arguments;
      return of === undefined ? undefined : madeBy(core, of, depth + 1);
    }
    if (maker !== undefined) return { ...maker, call: maker.call ?? made };
    if (callee.type !== "MemberExpression" || memberName(callee) === undefined) continue;
    // A method of such an object gives another one.
    const owner = madeBy(core, callee.object, depth + 1);
    if (owner !== undefined) return owner;
  }
  return undefined;
}

/** `inject(CookieService)` of Angular gives one of these. */
function isInjector({ specifier, path, call }: Maker): boolean {
  return specifier === "@angular/core" && path.join(".") === "inject" && call === undefined;
}

/** The same, by what this file itself imports: other files are not opened to look what they hand on. */
export function madeHere(core: Core, expression: Node): Maker | undefined {
  let root = unwrap(expression);
  while (root.type === "MemberExpression") root = unwrap(root.object);
  const file = core.fileOf(root);
  const source = importSource(file.variableOf(root))?.value;
  return source !== undefined && core.isOwn(file, source) ? undefined : madeBy(core, expression);
}
