import type { Core } from "../core.ts";
import { calledName } from "../files/source-file.ts";
import type { SourceFile } from "../files/source-file.ts";
import { objectAt } from "../files/variables.ts";
import { byName } from "../memo.ts";
import { dottedPath, isFunction, staticKey, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { possibilities, stringOf } from "../values/value.ts";
import type { Value } from "../values/value.ts";
import { madeBy } from "../values/made-by.ts";
import { importSource } from "../values/whole-files.ts";

/** A call of an HTTP client: `fetch`, axios, ky, got, superagent, Angular's HttpClient and kin. */
export interface HttpCall {
  readonly node: CallNode;
  /** The address, where it stands as an argument or a property. */
  readonly address: Node | undefined;
}

const FUNCTIONS =
  /^(?:\$?fetch|ofetch|axios|ky|got|request|superagent|needle|wretch|fetchApi|apiFetch|authFetch|nodeFetch|useFetch|useAxios)$/u;

const METHODS = /^(?:get|post|put|patch|delete|del|head|request|options|send|\$get|\$post|\$put)$/u;

/** What holds the methods; a router has the same and takes functions. */
const CLIENTS =
  /^(?:\$?axios|\$?https?|_?http(?:Client|Service)?|api|_?api(?:Client|Service)?|client|instance|ky|got|superagent|request|agent|fetcher|rest|\$api|axios\w+|\w*(?:Api|API|Axios|Http|Client|Instance))$/u;

/** Of jQuery, whose handlers are arguments. */
const JQUERY = /^(?:\$|jQuery)\.(?:ajax|get|post|getJSON)$/u;

/** May a call of this name be one? */
export const isHttpName = byName(
  (name) => FUNCTIONS.test(name) || METHODS.test(name) || /^(?:ajax|getJSON)$/u.test(name),
);

export function httpCall(file: SourceFile, call: CallNode): HttpCall | undefined {
  const name = calledName(call);
  if (name === undefined || !isHttpName(name)) return undefined;
  const path = dottedPath(call.callee);
  if (JQUERY.test(path?.join(".") ?? "")) return { node: call, address: addressOf(file, call) };
  if (call.arguments.some((argument) => isFunction(unwrap(argument)))) return undefined;
  const receiver = path?.at(-2);
  const isCall =
    receiver === undefined ||
    receiver === "window" ||
    receiver === "globalThis" ||
    receiver === "self"
      ? FUNCTIONS.test(name) || (METHODS.test(name) && isOfClient(file, call))
      : METHODS.test(name) && CLIENTS.test(receiver);
  return isCall ? { node: call, address: addressOf(file, call) } : undefined;
}

/** `const { post } = require("httpie")`: a client whose methods are taken out of it. */
function isOfClient(file: SourceFile, call: CallNode): boolean {
  return importSource(file.variableOf(unwrap(call.callee)))?.value === "httpie";
}

/**
 * `client(config)` of `const client = axios.create()`: a client that is made of a package is a function as well as an
 * object with methods. One of JSON-RPC has `params` too, and sends them in the body.
 */
export function isCalledClient(core: Core, { callee }: CallNode): boolean {
  const maker = madeBy(core, unwrap(callee));
  return (
    /^(?:axios|ky|got|ofetch)$/u.test(maker?.specifier ?? "") &&
    /^(?:create|extend)$/u.test(maker?.path.at(-1) ?? "")
  );
}

function addressOf(file: SourceFile, call: CallNode): Node | undefined {
  const [first] = call.arguments;
  if (first === undefined || first.type === "SpreadElement") return undefined;
  const node = unwrap(first);
  const options = objectAt(file, node);
  if (options === undefined) return node;
  for (const property of options.properties) {
    if (property.type !== "Property") continue;
    if (/^(?:url|uri|href)$/u.test(staticKey(property.key, property.computed) ?? ""))
      return property.value;
  }
  return undefined;
}

/** What is known of an address: its literal parts, with `${}` for what is not. */
export function addressText(core: Core, address: Node): string {
  return textsOf(core.evaluate(address)).slice(0, 4).join(" ");
}

/** The texts that a value may be, with `${}` for the parts that nobody knows. */
export function textsOf(value: Value): string[] {
  return possibilities(value).flatMap((one): string[] => {
    if (one.type === "template") {
      return [
        one.parts
          .map((part) => {
            const known = part.type === "choice" ? textsOf(part)[0] : stringOf(part);
            return known ?? (part.type === "template" ? textsOf(part)[0] : undefined) ?? "${}";
          })
          .join(""),
      ];
    }
    if (one.type === "derived" && one.how === "url")
      return one.from.slice(0, 1).flatMap((from) => textsOf(from));
    const text = stringOf(one);
    return text === undefined ? [] : [text];
  });
}
