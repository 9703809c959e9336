import type { Analysis } from "../analysis.ts";
import { named } from "../files/source-file.ts";
import type { SourceFile } from "../files/source-file.ts";
import { readsOf } from "../files/variables.ts";
import { contains, dottedPath, isFunction, rootOf, unwrap } from "../syntax.ts";
import type { CallNode, FunctionNode, Node } from "../syntax.ts";
import { importSource } from "../values/whole-files.ts";
import { headerWrites } from "./headers.ts";
import type { Source } from "./source.ts";

/**
 * Which answers of axios (1) show the Authorization header that the program has sent? An interceptor of the
 * same client has written it to the request, and an answer holds that as its `config`:
 * `client.interceptors.response.use((answer) => …)`.
 */
export function interceptedAnswers(analysis: Analysis): Source[] {
  const { file } = analysis;
  const used = (file.index.called.get("use") ?? []).flatMap((call) =>
    interceptorOf(analysis, call),
  );
  const answers = used.filter(({ kind }) => kind === "response");
  if (answers.length === 0) return [];
  const writes = headerWrites(analysis);
  const dressed = used.filter(
    ({ kind, owner }) => kind === "request" && writes.some(({ node }) => contains(owner, node)),
  );
  return answers
    .filter(({ client, root }) =>
      dressed.some(
        (one) => one.client === client && file.variableOf(one.root) === file.variableOf(root),
      ),
    )
    .flatMap(({ owner: { params } }) =>
      params[0]?.type === "Identifier" ? readsOf(file, params[0]) : [],
    )
    .map((node): Source => ({
      node,
      held: "response",
      certain: false,
      tokenIn: ["config", "headers"],
    }));
}

/**
 * `await axios.get(url, { headers: { Authorization: … } })`: whoever logs all that axios (1) answers logs what it was
 * asked with.
 */
export function authorizedAnswers(analysis: Analysis): Source[] {
  const { index, text } = analysis.file;
  if (!text.includes("axios") || text.includes("interceptors.response")) return [];
  const asked = named(index.called, (name) => ASKS.test(name)).filter(
    ({ callee }) => dottedPath(callee)?.[0] === "axios" && isPackage(analysis.file, rootOf(callee)),
  );
  if (asked.length === 0) return [];
  const writes = headerWrites(analysis);
  return asked
    .filter((call) => writes.some(({ node }) => contains(call, node)))
    .map((node): Source => ({
      node,
      held: "response",
      certain: false,
      showsSent: true,
      tokenIn: ["config", "headers"],
    }));
}

/** Not what a file of the program gives under that name, which may answer less. */
function isPackage(file: SourceFile, name: Node): boolean {
  const source = importSource(file.variableOf(name))?.value;
  return source === undefined || source === "axios";
}

const ASKS = /^(?:axios|request|get|delete|head|post|put|patch)$/u;

interface Interceptor {
  readonly kind: "request" | "response";
  /** What it is an interceptor of, as it is written. */
  readonly client: string;
  readonly root: Node;
  readonly owner: FunctionNode;
}

/** `client.interceptors.request.use(dress)` */
function interceptorOf(analysis: Analysis, call: CallNode): Interceptor[] {
  const path = dottedPath(call.callee) ?? [];
  const [, kind, interceptors] = path.toReversed();
  const [given] = call.arguments;
  if (interceptors !== "interceptors" || given === undefined) return [];
  if (kind !== "request" && kind !== "response") return [];
  const written = unwrap(given);
  const value = isFunction(written) ? undefined : analysis.evaluate(written);
  const owner = isFunction(written) ? written : value?.type === "function" ? value.node : undefined;
  if (owner === undefined || analysis.fileOf(owner) !== analysis.file) return [];
  return [{ kind, client: path.slice(0, -3).join("."), root: rootOf(call.callee), owner }];
}
