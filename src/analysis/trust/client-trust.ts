import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { roleName } from "../answers/function-roles.ts";
import { initOf, readsOf } from "../files/variables.ts";
import type { Use } from "../flow/use.ts";
import type { Operation } from "../operations/operations.ts";
import {
  calleeName,
  dottedPath,
  enclosingFunction,
  isFunction,
  isLiteral,
  memberName,
  parentOf,
  rootOf,
  statementsIn,
  textOf,
  unwrap,
} from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { isAskedForBesideOthers } from "./claim-shapes.ts";
import { claimPath, isNullCheck, plainName } from "./claim-path.ts";
import { saysRights } from "./rights.ts";
import { isOnList } from "./searched-claims.ts";

function isOfRights(name: string): boolean {
  return saysRights(name) || /^access$/iu.test(name);
}

/** Those that are true or false themselves. */
const ANSWERS = /^(?:is|admin$|access$)/iu;

/**
 * A client shows what it likes; whoever holds it can show otherwise. What stays wrong there is an
 * access rule that rests on claims nobody verified, outside of what is drawn.
 *
 * @returns the claim that such a rule rests on
 */
export function clientClaim(core: Core, operation: Operation, found: Use): string | undefined {
  const use: Use =
    isOnList(found) && !isOfCallback(found.by) ? { ...found, kind: "compare" } : found;
  // Whether there is an object says nothing of what is in it.
  if (use.boxes.length > 0) return undefined;
  const path = claimPath(operation, use.path);
  const [subject, ...more] = path ?? [];
  if (subject !== undefined && more.length === 0 && isOneSubject(use, subject)) return subject;
  const claim = path?.find((name) => isOfRights(plainName(name) ?? ""));
  if (claim === undefined || (use.kind !== "compare" && use.kind !== "test")) return undefined;
  if (use.kind === "compare" && isNullCheck(use)) return undefined;
  if (use.kind === "test" && !ANSWERS.test(plainName(claim) ?? "")) {
    if (isAskedForBesideOthers(core, use.node, (name) => !isOfRights(name))) return undefined;
  }
  for (let node = parentOf(use.node); node !== undefined; node = parentOf(node)) {
    if (node.type.startsWith("JSX")) return undefined;
  }
  return leadsSomewhere(core, use) || isShown(core, use, claim) ? undefined : claim;
}

/** `menu.filter((item) => item.roles.includes(claims.role))`: what is chosen so is shown. */
function isOfCallback(test: Node): boolean {
  const owner = enclosingFunction(test);
  const call = owner === undefined ? undefined : parentOf(owner);
  return (
    call?.type === "CallExpression" &&
    /\.(?:filter|some|every|find\w*|map|flatMap)$/u.test(calleeName(call))
  );
}

/**
 * `if (claims.email === "boss@shop.example") return props.children;`: a component shows what stands in it to one
 * whom the code names, which is a right of his.
 */
function isOneSubject({ kind, by, node }: Use, claim: string): boolean {
  if (kind !== "compare" || by.type !== "BinaryExpression" || !/^(?:_id|sub|email)$/u.test(claim))
    return false;
  const other = unwrap(by.left) === unwrap(node) ? by.right : by.left;
  if (!textOf(other) || !/^===?$/u.test(by.operator)) return false;
  const branch = parentOf(by);
  if (branch?.type !== "IfStatement" && branch?.type !== "ConditionalExpression") return false;
  const [first] = statementsIn(branch.consequent) ?? [branch.consequent];
  const shown = first?.type === "ReturnStatement" ? first.argument : first;
  return shown != null && dottedPath(shown)?.at(-1) === "children";
}

/**
 * `claims.role || "user"`, `claims.roles.length > 0 ? claims.roles[0] : null`, `setIsAdmin(claims.role ===
 * "admin")`, a variable that only decides what is drawn: no access rule, whatever comes of it.
 */
function isShown(core: Core, use: Use, claim: string): boolean {
  const { file } = core;
  const written = (node: Node): string => file.text.slice(...node.range);
  let from: Node = use.kind === "compare" || use.by.type === "UnaryExpression" ? use.by : use.node;
  let at = parentOf(from);
  while (at?.type === "LogicalExpression" || at?.type === "ChainExpression") {
    from = at;
    at = parentOf(at);
  }
  if (at?.type === "ConditionalExpression" && at.test === from) {
    const results = [at.consequent, at.alternate];
    return (
      results.every(isLiteral) ||
      results.some((one) => written(one).includes(claim) || written(one) === written(use.node))
    );
  }
  if (use.kind === "test" && at !== undefined && isDefault(from) && !isAsked(at, from)) return true;
  if (at?.type === "CallExpression") return /(?:^|\.)set[A-Z]\w*$|^useState$/u.test(calleeName(at));
  if (at?.type === "ReturnStatement" || isBodyOf(from, at))
    return use.kind === "test" || !isGuard(core, from);
  if (at?.type !== "VariableDeclarator") return false;
  const reads = readsOf(file, at.id);
  return reads.length > 0 && reads.every((read) => isInJsx(read));
}

/** `const isAdmin = () => claims.role === "admin"` */
function isBodyOf(node: Node, owner: Node | undefined): boolean {
  return owner?.type === "ArrowFunctionExpression" && owner.body === node;
}

/** Functions whose answer lets somebody in; what others answer may only choose what is drawn. */
const GUARDS =
  /guard|activate|protect|requir|authori[sz]e|middleware|beforeEach|allow|access|permit/iu;

function isGuard(core: Core, node: Node): boolean {
  for (let owner = enclosingFunction(node); owner !== undefined; owner = enclosingFunction(owner)) {
    const name = roleName(core, owner);
    if (name !== undefined) return GUARDS.test(name);
  }
  return true;
}

/** `claims.role ?? null`: what stands in for the claim decides nothing. */
function isDefault(node: Node): boolean {
  return node.type === "LogicalExpression" && node.operator !== "&&";
}

/** Does the parent ask whether it is so, rather than take it as a value? */
function isAsked(parent: Node, node: Node): boolean {
  return (
    ((parent.type === "IfStatement" || parent.type === "ConditionalExpression") &&
      parent.test === node) ||
    parent.type === "UnaryExpression" ||
    parent.type === "BinaryExpression"
  );
}

function isInJsx(node: Node): boolean {
  for (let at = parentOf(node); at !== undefined; at = parentOf(at)) {
    if (at.type.startsWith("JSX")) return true;
    if (at.type.endsWith("Statement") || isFunction(at)) return false;
  }
  return false;
}

const MOVES = /\b(?:navigate\w*|push|replace|redirect|router|history|location|Navigate)\b/u;
const TURNS_AWAY =
  /log-?_?in|sign-?_?in|unauthori|forbidden|denied|40[13]|not-?_?(?:allowed|found)|error|throw|return false/iu;

/** Functions by which a client asks a server, where it still is the server that decides. */
const ASKS =
  /(?:^|\.)(?:load|fetch|get|request|query|list|refetch)(?:[A-Z]\w*)?$|^(?:axios|api|http|client)\w*\./u;

/** `if (role === "seller") loadShop(sub).then(setRows); else loadOrders(sub).then(setRows);` */
function onlyAsks(core: Core, branch: Node): boolean {
  if (TURNS_AWAY.test(core.fileOf(branch).text.slice(...branch.range))) return false;
  const statements = branch.type === "BlockStatement" ? branch.body : [branch];
  return (
    statements.length > 0 &&
    statements.every((statement) => {
      if (statement.type !== "ExpressionStatement") return false;
      let call = unwrap(statement.expression);
      // `load(sub).then(show).catch(log)`
      while (call.type === "CallExpression") {
        const callee = unwrap(call.callee);
        const isThen =
          callee.type === "MemberExpression" &&
          /^(?:then|catch|finally)$/u.test(memberName(callee) ?? "");
        if (!isThen) return ASKS.test(calleeName(call));
        call = unwrap(callee.object);
      }
      return false;
    })
  );
}

/** `if (role === "admin") navigate("/admin")`: where a user begins is no access rule. */
function leadsSomewhere(core: Core, use: Use): boolean {
  if (use.by.type === "SwitchStatement")
    return use.by.cases.every(({ consequent }) => isStart(core, consequent));
  if (use.by.type === "IfStatement") return branchesOf(use.by).every(onlySetsState);
  let at: Node | undefined = use.by;
  let from: Node = at;
  while (at !== undefined && at.type !== "IfStatement" && at.type !== "ConditionalExpression") {
    if (at.type === "UnaryExpression" && at.operator === "!") return false;
    if (at.type === "BinaryExpression" && at.operator.startsWith("!")) return false;
    if (isFunction(at)) return false;
    from = at;
    at = parentOf(at);
  }
  if (at?.test !== from) return false;
  const branches = branchesOf(at);
  if (branches.every((branch) => onlyAsks(core, branch))) return true;
  if (branches.every((branch) => onlySetsState(branch))) return true;
  const taken = core.fileOf(at).text.slice(...at.consequent.range);
  return MOVES.test(taken) && !TURNS_AWAY.test(taken);
}

function branchesOf({
  consequent,
  alternate,
}: TSESTree.IfStatement | TSESTree.ConditionalExpression): Node[] {
  return alternate === null ? [consequent] : [consequent, alternate];
}

/** `router.navigate(["lessons"]); break;` of a case: none is turned away where each of them leads to a page. */
function isStart(core: Core, statements: readonly Node[]): boolean {
  const written = statements.map((one) => core.fileOf(one).text.slice(...one.range));
  const does = written.filter((_, at) => statements[at]?.type !== "BreakStatement");
  return does.every((one) => MOVES.test(one) && !TURNS_AWAY.test(one));
}

/** `if (isAdmin) setEditing(true);`: what a component holds of itself is drawn, and nothing more. */
function onlySetsState(branch: Node): boolean {
  const statements = statementsIn(branch) ?? [branch];
  return (
    statements.length > 0 &&
    statements.every((one) => {
      const call = one.type === "ExpressionStatement" ? unwrap(one.expression) : undefined;
      return (
        call?.type === "CallExpression" &&
        /^set[A-Z]/u.test(calleeName(call)) &&
        call.arguments.every((given) => isLiteral(unwrap(given)))
      );
    })
  );
}

/** Calls that give what was kept before, rather than what a server answers now. */
const KEPT = /(?:^|\.)(?:get\w*(?:Item|Cookie|Storage|Token)|get|read\w*|load\w*|retrieve\w*)$/iu;

/**
 * The token stands in what a function out of sight has just answered: `(await signIn(form)).token`,
 * `service.login(form).subscribe((answer) => decode(answer.token))`. A client has it from the server.
 */
export function isFresh(core: Core, { token }: Operation): boolean {
  const node = token === undefined ? undefined : unwrap(token.node);
  if (node?.type !== "MemberExpression") return false;
  const root = rootOf(node);
  const init = initOf(core.fileOf(root), root);
  if (init !== undefined) {
    const call = rootOf(init);
    return call.type === "CallExpression" && !KEPT.test(calleeName(call));
  }
  const [definition] = core.fileOf(root).variableOf(root)?.defs ?? [];
  const made = definition?.node as Node | undefined;
  if (!isFunction(made) || !made.params.some((parameter) => parameter === definition?.name))
    return false;
  let taker = parentOf(made);
  // `subscribe({ next: (answer) => … })`
  if (taker?.type === "Property") taker = parentOf(taker.parent);
  return taker?.type === "CallExpression" && /\.(?:then|subscribe)$/u.test(calleeName(taker));
}
