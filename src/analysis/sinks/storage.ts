import type { TSESTree } from "@typescript-eslint/utils";
import type { Analysis } from "../analysis.ts";
import { declaratorOf, initOf, objectAt } from "../files/variables.ts";
import { conditionsAt } from "../flow/conditions.ts";
import { dottedPath, isNullish, memberName, propertyValue, textOf, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { constantName, tellingKey } from "../tokens/stored.ts";
import { madeBy } from "../values/made-by.ts";
import type { Maker } from "../values/made-by.ts";
import { possibilities, stringOf } from "../values/value.ts";
import { importSource } from "../values/whole-files.ts";
import { declaredType } from "../values/declared-types.ts";
import { injectedBehind, injectedIn } from "./injected-storage.ts";
import { helperWrites } from "./named-helpers.ts";
import { scriptHoles } from "./page-scripts.ts";
import { isTakenBack, pairIn } from "./cookie-pairs.ts";
import { hookOf, keptBy, toldBy } from "./storage-hooks.ts";
import { clientOf, encrypts, hidesCookie } from "./storage-packages.ts";
import type { Client } from "./storage-packages.ts";

/** A place in which what a program keeps can be read by every script of the page, or on the device. */
export interface StorageWrite {
  readonly node: Node;
  readonly where: "storage" | "cookie" | "device";
  /** How the code calls it: `localStorage`, `document.cookie`. */
  readonly name: string;
  /** The name under which it is kept, where it is known. */
  readonly key: string | undefined;
  /** What is kept; undefined where it stands inside a text. */
  readonly value: Node | undefined;
}

/** Every write to such a place in the file. */
export function storageWrites(analysis: Analysis): StorageWrite[] {
  const { calls, assignments } = analysis.file.index;
  const found: StorageWrite[] = [];
  for (const call of calls) {
    const write = ofCall(analysis, call);
    if (write !== undefined) found.push(write);
    else found.push(...ofPairs(analysis, call));
  }
  found.push(...helperWrites(analysis));
  for (const assignment of assignments) {
    const write = ofAssignment(analysis, assignment);
    if (write !== undefined) found.push(write);
  }
  for (const { value, does, name, key } of scriptHoles(analysis.file)) {
    if (does === "posts") continue;
    found.push({ node: value, where: does === "stores" ? "storage" : "cookie", name, key, value });
  }
  return found.map((write) =>
    write.where === "device" && isOnWeb(analysis, write.node)
      ? { ...write, where: "storage" }
      : write,
  );
}

/** `Platform.OS === "web"`: there the storage of a device is the page's `localStorage`. */
function isOnWeb({ file }: Analysis, node: Node): boolean {
  if (!file.index.names.has("Platform")) return false;
  return conditionsAt(node).some(({ test, holds }) => {
    if (test.type !== "BinaryExpression" || !/^[!=]==?$/u.test(test.operator)) return false;
    const isAsked =
      dottedPath(test.left)?.join(".") === "Platform.OS" && textOf(test.right) === "web";
    return isAsked && holds === test.operator.startsWith("=");
  });
}

/** By its name, or what the variable is made of: told before anything is evaluated. */
function mayBeStorage({ file }: Analysis, node: Node): boolean {
  if (node.type === "MemberExpression") {
    const name = memberName(node) ?? "";
    return (
      name.endsWith("Storage") ||
      (/stor(?:e|age)$/iu.test(name) && /\b(?:\w+S|S)torage\b/u.test(file.text))
    );
  }
  // `storage().setItem(…)`, which chooses between the two.
  if (node.type === "CallExpression") return /(?:local|session)Storage/u.test(file.text);
  if (node.type !== "Identifier") return false;
  if (/^(?:local|session)Storage$/u.test(node.name)) return true;
  const [definition] = file.variableOf(node)?.defs ?? [];
  const made = definition?.node as Node | undefined;
  return (
    made !== undefined &&
    importSource(file.variableOf(node)) === undefined &&
    /(?:local|session)Storage/u.test(file.text.slice(...made.range))
  );
}

/** `window.localStorage` and `localStorage` of the browser, not a class of that name. */
function webStorage(analysis: Analysis, node: Node): string | undefined {
  if (!mayBeStorage(analysis, unwrap(node))) return undefined;
  const path = dottedPath(node)?.join(".") ?? "";
  if (INJECTED_WINDOW.test(path)) return path.replace(/^\$window\./u, "");
  const names = possibilities(analysis.evaluate(node)).map((value) => {
    if (value.type !== "global") return undefined;
    const own = value.path.filter(
      (part) => !/^(?:window|globalThis|self|top|parent|global)$/u.test(part),
    );
    return own.length === 1 && /^(?:local|session)Storage$/u.test(own[0] ?? "")
      ? own[0]
      : undefined;
  });
  if (names.every((name) => name !== undefined)) return names[0];
  const type = declaredType(node);
  const isOwn =
    type?.name === "Storage" && importSource(analysis.file.variableOf(type)) === undefined;
  return isOwn ? path : undefined;
}

/** `$window` of AngularJS, and what classes of Angular keep the window under. */
const INJECTED_WINDOW =
  /(?:^\$window|\.[$_]?win(?:dow)?(?:Ref)?(?:\.nativeWindow)?)\.(?:local|session)Storage$/u;

function ofAssignment(
  analysis: Analysis,
  assignment: TSESTree.AssignmentExpression,
): StorageWrite | undefined {
  const { left, right } = assignment;
  if (left.type !== "MemberExpression" || assignment.operator !== "=") return undefined;
  const path = dottedPath(left)?.join(".");
  if (path !== undefined && /^(?:(?:window|globalThis|self)\.)?document\.cookie$/u.test(path)) {
    if (isTakenBack(analysis, right)) return undefined;
    return {
      node: assignment,
      where: "cookie",
      name: "document.cookie",
      ...pairIn(analysis, right),
    };
  }
  const kept = keptBy(analysis, left);
  if (kept !== undefined) return ofHook(analysis, kept, assignment, right);
  const injected = injectedBehind(left);
  const name =
    injected === undefined
      ? webStorage(analysis, left.object)
      : (dottedPath(left.object)?.join(".") ?? "");
  if (name === undefined) return undefined;
  const key =
    memberName(left) ?? (left.computed ? stringOf(analysis.evaluate(left.property)) : undefined);
  return { node: assignment, where: injected?.where ?? "storage", name, key, value: right };
}

function ofCall(analysis: Analysis, call: CallNode): StorageWrite | undefined {
  const callee = unwrap(call.callee);
  if (callee.type === "Identifier") return ofFunction(analysis, call, callee);
  if (callee.type !== "MemberExpression") return undefined;
  const method = memberName(callee);
  if (method === undefined) return undefined;
  if (method === "setItem") {
    const name = webStorage(analysis, callee.object);
    if (name !== undefined) return written(analysis, call, { where: "storage" }, name);
  }
  if (isObjectStore(analysis, callee.object) && /^(?:put|add)$/u.test(method)) {
    const [value, key] = call.arguments;
    const named = key === undefined ? undefined : stringOf(analysis.evaluate(key));
    return { node: call, where: "storage", name: "IndexedDB", key: named, value };
  }
  if (method === "cookie" && /^(?:\$|jQuery)$/u.test(dottedPath(callee.object)?.join(".") ?? "")) {
    return call.arguments.length < 2
      ? undefined
      : written(analysis, call, { where: "cookie" }, "$.cookie");
  }
  if (
    !/^(?:set(?:Item|Cookie|Storage(?:Sync)?)?|store|save|put(?:Object)?|add|update)$/u.test(method)
  )
    return undefined;
  const name = dottedPath(callee)?.join(".") ?? method;
  const injected = injectedIn(analysis.file, call);
  if (injected !== undefined) return written(analysis, call, injected, name);
  if (method === "update" && isOfEditor(analysis, callee.object))
    return written(analysis, call, { where: "device" }, name);
  if (method.startsWith("setStorage") && isUniApp(analysis, callee.object))
    return written(analysis, call, { where: "storage" }, name);
  const maker =
    madeBy(analysis.core, callee.object) ??
    ofDeclared(analysis, callee.object) ??
    ofTaken(analysis, callee.object);
  if (maker !== undefined) {
    const client = clientOf(maker);
    if (!client?.method.test(method)) return undefined;
    if (maker.call !== undefined && encrypts(maker.call)) return undefined;
    if (client.isOfServer === true && hidesCookie(analysis.file, call)) return undefined;
    return client.holdsOne === true
      ? ofStore(analysis, call, maker.call, name)
      : written(analysis, call, client, name);
  }
  return isCookieJar(analysis, callee.object)
    ? written(analysis, call, { where: "cookie" }, name)
    : undefined;
}

/** `this.storage` of `constructor(private storage: Storage)`, where the package of the type is not there. */
function ofDeclared({ file }: Analysis, receiver: Node): Maker | undefined {
  const type = declaredType(receiver);
  const source = type === undefined ? undefined : importSource(file.variableOf(type))?.value;
  if (type === undefined || source === undefined) return undefined;
  const maker = { specifier: source, path: [type.name], call: undefined };
  return clientOf(maker) === undefined ? undefined : maker;
}

/** `const { cookies } = useCookies()` of vue3-cookies: what the call gives is taken out of it. */
function ofTaken({ core, file }: Analysis, receiver: Node): Maker | undefined {
  const declarator = declaratorOf(file, receiver);
  return declarator === undefined ? undefined : madeBy(core, declarator.init);
}

/** `persisted("token", null).set(token)`: the key stands where the store is made. */
function ofStore(
  analysis: Analysis,
  node: CallNode,
  maker: CallNode | undefined,
  name: string,
): StorageWrite | undefined {
  const [key] = maker?.arguments ?? [];
  if (key === undefined || node.arguments.length !== 1) return undefined;
  const [value] = node.arguments;
  return { node, where: "storage", name, key: stringOf(analysis.evaluate(key)), value };
}

/** `context.globalState` of an extension of VS Code, which has `context.secrets` beside it. */
function isOfEditor(analysis: Analysis, receiver: Node): boolean {
  const holder = dottedPath(receiver)?.at(-1) ?? "";
  return (
    /^(?:global|workspace)State$/u.test(holder) &&
    (analysis.file.text.includes('"vscode"') || analysis.file.text.includes("'vscode'"))
  );
}

/** `uni` of uni-app, which every file has. */
function isUniApp({ file }: Analysis, receiver: Node): boolean {
  const node = unwrap(receiver);
  return node.type === "Identifier" && node.name === "uni" && file.variableOf(node) === undefined;
}

/** `AsyncStorage.multiSet([["token", token], ["name", name]])` */
function ofPairs(analysis: Analysis, call: CallNode): StorageWrite[] {
  const callee = unwrap(call.callee);
  const [list] = call.arguments;
  if (callee.type !== "MemberExpression" || list?.type !== "ArrayExpression") return [];
  if (!/^multi(?:Set|Merge)$/u.test(memberName(callee) ?? "")) return [];
  const maker = madeBy(analysis.core, callee.object);
  if (maker === undefined || clientOf(maker)?.where !== "device") return [];
  const name = dottedPath(callee)?.join(".") ?? "multiSet";
  const whole: StorageWrite = { node: call, where: "device", name, key: undefined, value: list };
  const pairs = list.elements.flatMap((pair) => {
    const [key, value] = pair?.type === "ArrayExpression" ? pair.elements : [];
    if (key == null || value == null) return [];
    return [{ ...whole, key: stringOf(analysis.evaluate(key)) ?? constantName(key), value }];
  });
  return [...pairs, whole];
}

/** A service of Angular, and js-cookie from a script tag. */
function isCookieJar(analysis: Analysis, receiver: Node): boolean {
  const node = unwrap(receiver);
  const holder = dottedPath(node)?.at(-1) ?? "";
  if (holder === "Cookies") {
    return node.type === "Identifier" && analysis.file.variableOf(node) === undefined;
  }
  return /^_?cookieService$/u.test(holder) && importsFrom(analysis, /ngx-cookie/u);
}

/** `transaction.objectStore("tokens")` of the browser's IndexedDB, or the variable that holds one. */
function isObjectStore(analysis: Analysis, written: Node): boolean {
  const { file } = analysis;
  if (!file.index.names.has("objectStore")) return false;
  const node = unwrap(written);
  if (node.type === "CallExpression") {
    const callee = unwrap(node.callee);
    return callee.type === "MemberExpression" && memberName(callee) === "objectStore";
  }
  if (node.type !== "Identifier") return false;
  const made = initOf(file, node);
  return made?.type === "CallExpression" && isObjectStore(analysis, made);
}

/** Functions that come from a package, and setters that its hooks give. */
function ofFunction(
  analysis: Analysis,
  call: CallNode,
  callee: Extract<Node, { type: "Identifier" }>,
): StorageWrite | undefined {
  const source = importSource(analysis.file.variableOf(callee))?.value;
  if (source !== undefined) {
    // Told from the name of the package, before its file is looked for.
    const client = clientOf({ specifier: source, path: [] });
    if (client === undefined) return undefined;
    const member = madeBy(analysis.core, callee)?.path.at(-1) ?? "default";
    const isKeeping =
      client.method.test(member) || (client.isFunction === true && member === "default");
    return isKeeping ? written(analysis, call, client, callee.name) : undefined;
  }
  const hook = hookOf(analysis, callee);
  if (hook === undefined) return undefined;
  const name = dottedPath(hook.callee)?.at(-1) ?? "";
  if (name === "useCookies") return written(analysis, call, { where: "cookie" }, callee.name);
  return ofHook(analysis, hook, call, call.arguments[0]);
}

/** @param value what is written, to the place that the hook was told to keep it in */
function ofHook(
  analysis: Analysis,
  hook: CallNode,
  node: Node,
  value: Node | undefined,
): StorageWrite {
  const name = dottedPath(hook.callee)?.at(-1) ?? "";
  const [key] = toldBy(hook);
  return {
    node,
    where: name === "useCookie" ? "cookie" : "storage",
    name,
    key: key === undefined ? undefined : stringOf(analysis.evaluate(key)),
    value,
  };
}

function written(
  analysis: Analysis,
  call: CallNode,
  { where, behindContext }: Pick<Client, "where" | "behindContext">,
  name: string,
): StorageWrite | undefined {
  const [context] = call.arguments;
  if (behindContext === true && (context === undefined || !isNullish(context))) return undefined;
  const [first, second] = behindContext === true ? call.arguments.slice(1) : call.arguments;
  if (first === undefined || first.type === "SpreadElement") return undefined;
  if (second === undefined) {
    // `Preferences.set({ key, value })`
    const options = objectAt(analysis.file, first);
    if (options === undefined) return undefined;
    const key = propertyValue(options, "key");
    return {
      node: call,
      where,
      name,
      key: key === undefined ? undefined : stringOf(analysis.evaluate(key)),
      value: propertyValue(options, "value") ?? propertyValue(options, "data"),
    };
  }
  return { node: call, where, name, key: tellingKey(analysis, first), value: second };
}

function importsFrom(analysis: Analysis, specifier: RegExp): boolean {
  return analysis.file.statements.some(
    (statement) => statement.type === "ImportDeclaration" && specifier.test(statement.source.value),
  );
}
