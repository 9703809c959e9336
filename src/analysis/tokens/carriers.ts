import type { TSESTree } from "@typescript-eslint/utils";
import type { Analysis } from "../analysis.ts";
import { readersOf } from "../flow/bindings.ts";
import { boxesAround, isTakenAway } from "../flow/fields.ts";
import type { Carrier } from "../flow/use.ts";
import { databaseCall, isSavedRecord } from "../payloads/database-calls.ts";
import { declaratorOf, initOf, readsOf } from "../files/variables.ts";
import { dottedPath, memberName, parentOf, rootOf, textOf, unwrap, wrapped } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { readsOfState } from "./states.ts";
import { isMeantFor } from "./source.ts";
import type { Source } from "./source.ts";
import { isAuthHeader } from "./words.ts";

/**
 * Calls that hand a value on in a way of their own: the state of React, Vue and Solid, lists, parameters
 * of addresses and forms, and records of a database.
 */
export function carriersOf(
  analysis: Analysis,
  call: CallNode,
  argument: Node,
  source: Source,
): Carrier[] {
  const callee = unwrap(call.callee);
  if (isLinkMadeOf(call, argument)) return [{ node: call, boxes: [] }];
  if (call.type === "NewExpression" && isSavedRecord(analysis.core, call)) {
    return [{ node: call, boxes: [] }];
  }
  const path = dottedPath(callee)?.join(".") ?? "";
  if (INSPECTS.test(path)) return [{ node: call, boxes: [], isShown: true }];
  if (callee.type === "Identifier") {
    const state = stateSetBy(analysis, callee);
    if (state !== undefined) return carriedBy(analysis, state, []);
    if (/^(?:shallowRef|ref)$/u.test(callee.name)) return [{ node: call, boxes: ["value"] }];
    if (/^(?:reactive|readonly|toRaw|observable)$/u.test(callee.name))
      return [{ node: call, boxes: [] }];
    if (/^URL(?:SearchParams)?$/u.test(callee.name)) return [{ node: call, boxes: ["(query)"] }];
    return [];
  }
  if (callee.type !== "MemberExpression") return [];
  const name = memberName(callee) ?? "";
  if (call.type === "CallExpression" && makesRecord(analysis, call, name)) {
    return [{ node: call, boxes: [] }];
  }
  // `request.clone({ setHeaders })` of Angular gives a request with what it is told.
  if (name === "clone" && /req(?:uest)?$/iu.test(dottedPath(callee.object)?.at(-1) ?? "")) {
    return [{ node: call, boxes: [] }];
  }
  if (DRESSES.test(path)) return [{ node: call, boxes: [] }];
  if (/^(?:qs|querystring|queryString|querystringify)\.(?:stringify|encode)$/u.test(path)) {
    return [{ node: call, boxes: ["(query)"] }];
  }
  if (/^(?:push|unshift)$/u.test(name)) {
    const list = unwrap(callee.object);
    return list.type === "Identifier"
      ? carriedBy(analysis, list, ["*"])
      : carriedAround(analysis, list, "*");
  }
  // `user.tokens = user.tokens.concat({ token })`
  if (name === "concat" && call.arguments.includes(argument as CallNode["arguments"][number])) {
    return [{ node: call, boxes: argument.type === "ArrayExpression" ? [] : ["*"] }];
  }
  // `config.headers.setAuthorization(…)` of axios
  if (name === "setAuthorization" && call.arguments[0] === argument) {
    return carriedAround(analysis, unwrap(callee.object), "Authorization");
  }
  const state = readsOfState(analysis, call);
  if (state.length > 0) return state;
  if (/^(?:append|set)$/u.test(name) && call.arguments[1] === argument) {
    const [field] = call.arguments;
    const holder = unwrap(callee.object);
    const header = textOf(field) ?? "";
    if (isMeantFor(analysis, source, header)) return [];
    const isHeader = isAuthHeader(header) && /headers$/iu.test(dottedPath(holder)?.at(-1) ?? "");
    // Whoever takes what `headers.set("Authorization", …)` answers has new headers: Angular's stay as they are.
    const answer: Carrier[] = isHeader ? [{ node: call, boxes: [header] }] : [];
    if (isHeader && isAnswerTaken(call)) return answer;
    if (holder.type === "MemberExpression" && memberName(holder) === "searchParams")
      return carriedBy(analysis, unwrap(holder.object), ["(query)"]);
    if (holder.type !== "Identifier")
      return isHeader ? [...answer, ...carriedAround(analysis, holder, header)] : [];
    if (isQuery(analysis, holder)) return carriedBy(analysis, holder, ["(query)"]);
    return isHeader ? [...answer, ...carriedBy(analysis, holder, [header])] : [];
  }
  return [];
}

/** Tokens that people are sent in a link; no request is authorized with one. */
const FOR_LINKS = /^(?:(?:confirm|verif|activat|reset|invit|magic)\w*?)_?token$/iu;

/** `const confirmationUrl = await mailConfirmation(person, confirmationToken)` */
function isLinkMadeOf(call: CallNode, argument: Node): boolean {
  const holder = parentOf(wrapped(call));
  return (
    FOR_LINKS.test(dottedPath(argument)?.at(-1) ?? "") &&
    holder?.type === "VariableDeclarator" &&
    /(?:url|link)$/iu.test(dottedPath(holder.id)?.at(-1) ?? "")
  );
}

/** Is more done with what a call answers, or a method of it answers, than to leave it? */
function isAnswerTaken(call: Node): boolean {
  let at = wrapped(call);
  for (;;) {
    const { parent } = at;
    if (parent?.type === "MemberExpression" && parent.object === at) at = wrapped(parent);
    else if (parent?.type === "CallExpression" && parent.callee === at) at = wrapped(parent);
    else break;
  }
  return !/^(?:ExpressionStatement|ArrowFunctionExpression|LogicalExpression|UnaryExpression)$/u.test(
    at.parent?.type ?? "",
  );
}

/** What prints a text in colours. */
const DRESSES = /^(?:chalk|colou?rs?|kleur|pc|picocolors|clc)\.[\w.]+$/u;

/** What makes a text of anything. */
const INSPECTS = /^(?:util\.)?(?:inspect|format)$/u;

const RECORDS = /^(?:create|save|find(?:One|OneBy|First|Unique)(?:OrThrow|OrFail)?)$/u;

/**
 * `Session.create({ user, token })`, `sessions.save(session)`: the record holds what it is made of, and
 * the one that `Session.findOne({ token })` finds what it was looked up by.
 */
function makesRecord({ core }: Analysis, call: TSESTree.CallExpression, name: string): boolean {
  return RECORDS.test(name) && databaseCall(core, call) !== undefined;
}

/** A variable made by `new URLSearchParams(…)`. */
function isQuery(analysis: Analysis, name: Node): boolean {
  const init = initOf(analysis.file, name);
  return init?.type === "NewExpression" && dottedPath(init.callee)?.at(-1) === "URLSearchParams";
}

function carriedBy(analysis: Analysis, name: Node, boxes: readonly string[]): Carrier[] {
  return readsOf(analysis.file, name).map((node) => ({ node, boxes }));
}

/** `user.tokens.push({ token })`, `config.headers.set(…)`: what holds the list or the headers, from there on. */
function carriedAround({ file }: Analysis, holder: Node, box: string): Carrier[] {
  const around = boxesAround(holder);
  const root = rootOf(holder);
  const variable = file.variableOf(root);
  if (around === undefined || variable === undefined) return [];
  return readersOf(variable, root)
    .filter((read) => read !== root && !isTakenAway(file, variable, around, root, read))
    .map((node) => ({ node, boxes: [box, ...around] }));
}

const STATES =
  /^(?:useState|useRecoilState|useAtom|useImmer|useStateWithCallback|createSignal|useSafeState)$/u;

/** `const [token, setToken] = useState()`: the state that a setter sets. */
function stateSetBy(analysis: Analysis, setter: Node): Node | undefined {
  const declarator = declaratorOf(analysis.file, setter);
  if (declarator?.id.type !== "ArrayPattern") return undefined;
  const [state, set] = declarator.id.elements;
  if (state?.type !== "Identifier" || set?.type !== "Identifier") return undefined;
  const init = unwrap(declarator.init);
  if (init.type !== "CallExpression" || !STATES.test(dottedPath(init.callee)?.at(-1) ?? ""))
    return undefined;
  return analysis.file.variableOf(set) === analysis.file.variableOf(setter) ? state : undefined;
}
