import type { Failure } from "../../libraries/types.ts";
import type { Core } from "../core.ts";
import { usesOf } from "../flow/flow.ts";
import type { Use } from "../flow/use.ts";
import type { Operation } from "../operations/operations.ts";
import { parentOf, statementsIn, wrapped } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { truthiness } from "../values/value.ts";
import { isLogged, isLogStatement } from "../logging.ts";

/**
 * Verifications that never throw: whether the token is good stands in what they give, and where
 * nobody looks at it every token passes.
 */
export interface ResultBypass {
  readonly kind:
    /** Nothing at all is done with the result. */
    | "result-dropped"
    /** The result as a whole decides, which is an object whatever it says. */
    | "object-as-verdict"
    /** The claims are read, which a forged token has too, and the verdict is not. */
    | "claims-without-verdict"
    /** Claims are read off a result that is `false` for a forged token, and nobody tests it. */
    | "untested-false";
  readonly node: Node;
}

/** How a failure of this call shows, after the options that change it. */
export function failureOf(operation: Operation): Failure | undefined {
  const { failure } = operation.entity;
  const isLoud = operation
    .settings("throwOnFailure")
    .some((setting) => truthiness(setting.value) !== false);
  return isLoud ? (operation.promise ? "rejects" : "throws") : failure;
}

const IN_RESULT: ReadonlySet<Failure | undefined> = new Set<Failure>([
  "returns-false",
  "returns-null",
  "returns-undefined",
  "returns-result",
]);

/** What a program that goes by the result of a verification does not look at. */
export function resultBypass(core: Core, operation: Operation): ResultBypass | undefined {
  const { callback, entity, node, wrapper } = operation;
  if (callback !== undefined || wrapper !== undefined || !IN_RESULT.has(failureOf(operation))) {
    return undefined;
  }
  const all = usesOf(core, node);
  // To write the verdict down is not to go by it.
  const uses = all.filter((use) => !isLogged(use.by) && !isOnlyTold(use));
  // Without a token a client looks at the session that it holds, and renews it.
  const isOfToken = entity.parameters?.token === undefined || operation.token !== undefined;
  const isDropped =
    uses.length === 0
      ? all.length > 0 || isHeldUnread(core, node)
      : uses.every((use) => use.kind === "discard" && use.path.length === 0);
  if (isDropped && isOfToken) return { kind: "result-dropped", node };
  const { verdict } = entity;
  if (failureOf(operation) === "returns-false") return untested(uses);
  if (verdict === undefined) return undefined;
  const isLookedAt = uses.some(
    ({ path: [first] }) => first !== undefined && verdict.members.includes(first),
  );
  // Whoever is given the whole result may look at its verdict.
  const isHandedOn = uses.some(
    ({ kind, path }) => path.length === 0 && kind !== "test" && kind !== "discard",
  );
  if (isLookedAt || isHandedOn) return undefined;
  const whole = uses.find(({ kind, path }) => kind === "test" && path.length === 0);
  if (whole !== undefined) return { kind: "object-as-verdict", node: whole.node };
  const claims = uses.find(
    ({ path: [first] }) => first !== undefined && verdict.claimsAnyway?.includes(first) === true,
  );
  return claims === undefined ? undefined : { kind: "claims-without-verdict", node: claims.node };
}

/** `if (!isValid) console.log("invalid");`: it is written down, and the code goes on. */
function isOnlyTold({ kind, by }: Use): boolean {
  let at: Node | undefined = by;
  while (at?.type === "UnaryExpression") at = parentOf(at);
  if (kind !== "test" || at?.type !== "IfStatement" || at.alternate !== null) return false;
  return (statementsIn(at.consequent) ?? [at.consequent]).every(isLogStatement);
}

/** `const isValid = await verify(token)`, and nobody asks. */
function isHeldUnread(core: Core, node: Node): boolean {
  let outer = wrapped(node);
  if (outer.parent?.type === "AwaitExpression") outer = wrapped(outer.parent);
  const holder = outer.parent;
  if (holder?.type !== "VariableDeclarator" || holder.id.type !== "Identifier") return false;
  const variable = core.fileOf(node).variableOf(holder.id);
  const isExported = holder.parent.parent.type === "ExportNamedDeclaration";
  return variable !== undefined && !isExported && !variable.references.some((one) => one.isRead());
}

/**
 * `false.sub` is `undefined` rather than an error, so the code goes on for somebody without a name.
 * A test of the result or of anything read off it ends that.
 */
function untested(uses: readonly Use[]): ResultBypass | undefined {
  const isLookedAt = uses.some(
    ({ kind, path }) => kind === "test" || kind === "compare" || path.length === 0,
  );
  const read = uses.find(({ path }) => path.length > 0);
  return isLookedAt || read === undefined ? undefined : { kind: "untested-false", node: read.node };
}
