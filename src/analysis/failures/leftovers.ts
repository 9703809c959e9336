import type { TSESTree } from "@typescript-eslint/utils";
import type { Scope } from "@typescript-eslint/utils/ts-eslint";
import type { Core } from "../core.ts";
import { inside } from "../files/inside.ts";
import { declaratorOf, initOf, readsOf } from "../files/variables.ts";
import { isSaidByClient } from "../network/request.ts";
import { bases, calleeName, contains, enclosingFunction, isFunction, parentOf } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { isLogged } from "../logging.ts";
import { handlingOf } from "../answers/results.ts";

/**
 * `let id = req.body.id; try { id = verify(token).sub; } catch (error) { log(error); } find(id);`: where
 * the token is refused, what anybody wrote into the request takes the place of what the token says.
 *
 * @returns what the request says
 */
export function saidByRequest(
  core: Core,
  verification: CallNode,
  { block, handler, range }: TSESTree.TryStatement,
): Node | undefined {
  if (handler === null || handlingOf(core, handler.body).kind !== "falls-through") return undefined;
  const owner = enclosingFunction(verification);
  if (owner === undefined) return undefined;
  const file = core.fileOf(verification);
  const { assignments, calls } = file.index;
  // Who is asked for something else behind it, has shown who he is.
  const asksMore = calls.some(
    (call) =>
      call.range[0] > range[1] && contains(owner, call) && OTHER_PROOF.test(calleeName(call)),
  );
  if (asksMore) return undefined;
  for (const { left, right, operator } of assignments) {
    if (operator !== "=" || left.type !== "Identifier" || !contains(block, left)) continue;
    if (!comesFrom(core, right, verification)) continue;
    const variable = file.variableOf(left);
    if (asksVerdict(core, variable, { block, range })) continue;
    const isUsed = readsOf(file, left).some(
      (read) => read.range[0] > range[1] && enclosingFunction(read) === owner && !isLogged(read),
    );
    if (!isUsed) continue;
    const others = assignments.filter(
      (one) => contains(handler.body, one) && file.variableOf(one.left) === variable,
    );
    const first = declaratorOf(file, left);
    const kept = first?.id.type === "Identifier" && first.range[1] <= range[0] ? [first.init] : [];
    // What the handler writes is what it is then.
    const values = others.length > 0 ? others.map((one) => one.right) : kept;
    const said = values.find((value) => isSaidByClient(core, value));
    if (said !== undefined) return said;
  }
  return undefined;
}

/** `ok = true` beside it, and `if (!ok) …` behind: whether the token was good is asked after all. */
function asksVerdict(
  core: Core,
  variable: Scope.Variable | undefined,
  { block, range }: Pick<TSESTree.TryStatement, "block" | "range">,
): boolean {
  const file = core.fileOf(block);
  return inside(file.index.assignments, block).some(({ left }) => {
    if (left.type !== "Identifier") return false;
    if (file.variableOf(left) === variable) return false;
    return readsOf(file, left).some((read) => read.range[0] > range[1] && isAsked(read));
  });
}

function isAsked(read: Node): boolean {
  for (let from = read, at = parentOf(read); at !== undefined; from = at, at = parentOf(at)) {
    if (at.type === "IfStatement" || at.type === "ConditionalExpression") return at.test === from;
    if (isFunction(at) || at.type.endsWith("Statement")) return false;
  }
  return false;
}

const OTHER_PROOF = /passw|bcrypt|argon|compare|verif|authenticat|otp|check/iu;

/** How many variables a value is followed back through. */
const MAX_HOPS = 4;

/** `payload?.email ?? email` of `const payload = ticket.getPayload()`, and that of the verification. */
function comesFrom(core: Core, written: Node, verification: CallNode, hops = MAX_HOPS): boolean {
  if (contains(written, verification)) return true;
  return bases(written).some((base) => {
    const init = hops === 0 ? undefined : initOf(core.fileOf(base), base);
    return init !== undefined && comesFrom(core, init, verification, hops - 1);
  });
}
