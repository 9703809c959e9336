import type { Analysis } from "../analysis.ts";
import { isClientFile } from "../client.ts";
import { isCommandLine } from "../command-line.ts";
import type { Core } from "../core.ts";
import { roleName } from "../answers/function-roles.ts";
import type { SourceFile } from "../files/source-file.ts";
import { readsOf } from "../files/variables.ts";
import { conditionsAt } from "../flow/conditions.ts";
import type { Condition } from "../flow/conditions.ts";
import { usesOf } from "../flow/flow.ts";
import type { Operation } from "../operations/operations.ts";
import {
  contains,
  enclosingFunction,
  isNullish,
  isWritten,
  parentOf,
  textOf,
  unwrap,
  wrapped,
} from "../syntax.ts";
import type { FunctionNode, Node } from "../syntax.ts";
import { hasWithin } from "../within.ts";
import { claimPath } from "./claim-path.ts";
import {
  asksForNone,
  isAskedForNone,
  isForDevelopment,
  isNamedInText,
  settingAt,
} from "./environments.ts";

/** A function that gives claims which nobody has verified where it has no key. */
export interface KeylessDecode {
  readonly operation: Operation;
  /** The variable of the environment that holds the key. */
  readonly key: string;
}

/**
 * `if (!process.env.KEY) return jwt.decode(token); return jwt.verify(token, process.env.KEY);`: where nobody has set
 * the key, whoever calls the function is given the claims of any token, in the same form as those that were verified.
 *
 * Where somebody else in the file asks whether the key is missing, the program may refuse to start without it.
 */
export function keylessDecodes({ core, file, operations }: Analysis): KeylessDecode[] {
  return operations.flatMap((operation) => {
    const owner = operation.kind === "decode" ? enclosingFunction(operation.node) : undefined;
    if (owner === undefined || isClientFile(file) || isCommandLine(file)) return [];
    if (isForDevelopment(core, operation.node)) return [];
    if (TELLS.test(roleName(core, owner) ?? "")) return [];
    const conditions = conditionsAt(operation.node, owner);
    const missing = conditions.find((one) => isMissing(one.test, one.holds));
    const key = missing === undefined ? undefined : settingIn(core, missing.test);
    if (missing === undefined || key === undefined || !isGiven(core, operation, owner)) return [];
    // `!process.env.KEY && process.env.BEHIND_GATEWAY === "1"`: somebody has chosen that.
    if (conditions.some((one) => isChosen(core, one, key))) return [];
    const isVerified = operations.some(
      (one) =>
        one.kind === "verify" &&
        one.key !== undefined &&
        settingIn(core, one.key.node) === key &&
        isGiven(core, one, owner),
    );
    return isVerified && !isAskedElsewhere(core, missing.test, key) ? [{ operation, key }] : [];
  });
}

/** What a function is called that gives claims to be told of: `subjectForLog(token)`. */
const TELLS = /log(?!in|on|_?out|_?in)|debug|trace|metric|inspect|preview|story/iu;

/** Is another setting made there? */
function isChosen(core: Core, { test, holds }: Condition, key: string): boolean {
  const isMade = test.type !== "BinaryExpression" || !test.operator.startsWith("!");
  return (
    holds === isMade &&
    hasWithin(core, test, (one) => {
      const name = settingIn(core, one);
      return name !== undefined && name !== key;
    })
  );
}

/** `!key`, `key === undefined`, where it holds; `key` where it does not */
function isMissing(test: Node, holds: boolean): boolean {
  if (test.type !== "BinaryExpression") return !holds;
  return asksForNone(test) && holds === test.operator.startsWith("=");
}

/** The variable of the environment that an expression gives as it is, or that a comparison asks for. */
function settingIn(core: Core, written: Node): string | undefined {
  const node = unwrap(written);
  if (node.type === "BinaryExpression")
    return settingIn(
      core,
      isNullish(node.right) || textOf(node.right) === "" ? node.left : node.right,
    );
  return settingAt(core, node)?.name;
}

/** Is what an operation says what the function gives? */
function isGiven(core: Core, operation: Operation, owner: FunctionNode): boolean {
  return usesOf(core, operation.node).some(
    (use) =>
      use.kind === "return" &&
      use.by === owner &&
      use.boxes.length === 0 &&
      claimPath(operation, use.path)?.length === 0,
  );
}

/** `if (!process.env.KEY) throw …` at another place, `requireSettings("KEY")`; `config.get("KEY")` may refuse as well. */
function isAskedElsewhere(core: Core, test: Node, key: string): boolean {
  const file = core.fileOf(test);
  const members = file.index.membersNamed.get(key) ?? [];
  const held = members.flatMap((one) => {
    const by = parentOf(wrapped(one));
    return by?.type === "VariableDeclarator" ? readsOf(file, by.id) : [];
  });
  return (
    isNamedInText(file, key) ||
    mayBeRequiredBy(core, file, key) ||
    [...members, ...held].some(
      (one) => !contains(test, one) && (isWritten(one) || isAskedForNone(one)),
    )
  );
}

/**
 * `import { config } from "./config"`: the settings of a program may be looked at there, and it may stop without the key.
 * Where they are in sight, they would have to name it.
 */
function mayBeRequiredBy(core: Core, file: SourceFile, key: string): boolean {
  return file.statements.some((one) => {
    if (one.type !== "ImportDeclaration" || !SETTINGS.test(one.source.value)) return false;
    if (!core.isOwn(file, one.source.value)) return false;
    const settings = core.resolve(file, one.source);
    return settings === undefined || settings.code.includes(key);
  });
}

const SETTINGS = /(?:^|[/._-])(?:config(?:uration)?|env(?:ironment)?|settings)(?:[/._-]|$)/iu;
