import type { TSESTree } from "@typescript-eslint/utils";
import type { Analysis } from "../analysis.ts";
import { calledName } from "../files/source-file.ts";
import { objectAt, readsOf } from "../files/variables.ts";
import {
  dottedPath,
  isFunction,
  memberName,
  parentOf,
  propertyValue,
  staticKey,
  unwrap,
  walk,
  wrapped,
} from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { returnArguments } from "../values/classes.ts";
import { authJsUsers } from "./auth-js-users.ts";
import { ofClients } from "./client-answers.ts";
import { ofHolder } from "./holders.ts";
import { ofTokenEndpoints } from "./oauth-answers.ts";
import type { Source } from "./source.ts";
import { isOfOtherTrade, isTokenLabel } from "./words.ts";

/**
 * Tokens that others hand to a client: the callbacks of a provider's sign-in, and the hooks, contexts
 * and slices by which an application gives its own token to its parts.
 */
export function ofProviders(analysis: Analysis): Source[] {
  return [
    ...ofCallbacks(analysis),
    ...ofExtensions(analysis),
    ...ofTokenEndpoints(analysis),
    ...authJsUsers(analysis),
    ...ofClients(analysis),
    ...ofHooks(analysis),
  ];
}

/** `chrome.identity.getAuthToken(options, (token) => …)`: an access token of Google. */
function ofExtensions({ file }: Analysis): Source[] {
  return (file.index.called.get("getAuthToken") ?? []).flatMap((call) => {
    const callback = call.arguments.map((argument) => unwrap(argument)).find(isFunction);
    const [token] = callback?.params ?? [];
    const isOfBrowser = dottedPath(call.callee)?.at(-2) === "identity";
    if (token?.type !== "Identifier" || !isOfBrowser) return [];
    return readsOf(file, token).map((node): Source => ({ node, held: "token", certain: true }));
  });
}

/** Google Identity Services, and its package for React: an ID token as `credential`. */
function ofCallbacks(analysis: Analysis): Source[] {
  if (!/GoogleLogin|GoogleOneTap|accounts\W{1,4}(?:id|oauth2)\b/u.test(analysis.file.text))
    return [];
  return callbacks(analysis).flatMap((written) => {
    const target = analysis.evaluate(written);
    const owner = target.type === "function" ? target.node : unwrap(written);
    if (!isFunction(owner) || analysis.fileOf(owner) !== analysis.file) return [];
    const [answer] = owner.params;
    if (answer?.type === "ObjectPattern") return taken(analysis, answer);
    if (answer?.type !== "Identifier") return [];
    return readsOf(analysis.file, answer).flatMap((read) => ofAnswer(analysis, read));
  });
}

const CREDENTIAL = /^(?:credential|access_token)$/u;

/** The answer as a whole, the token in it, and what is taken out of it. */
function ofAnswer(analysis: Analysis, read: Node): Source[] {
  const { parent } = read;
  if (parent?.type === "MemberExpression" && parent.object === read) {
    return CREDENTIAL.test(memberName(parent) ?? "")
      ? [{ node: parent, held: "token", certain: true }]
      : [];
  }
  if (parent?.type === "VariableDeclarator" && parent.id.type === "ObjectPattern")
    return taken(analysis, parent.id);
  return [{ node: read, held: "response", certain: true, tokenIn: [] }];
}

function taken(analysis: Analysis, pattern: TSESTree.ObjectPattern): Source[] {
  return pattern.properties.flatMap((property) => {
    if (property.type !== "Property") return [];
    if (!CREDENTIAL.test(staticKey(property.key, property.computed) ?? "")) return [];
    return readsOf(analysis.file, property.value).map((node): Source => ({
      node,
      held: "token",
      certain: true,
    }));
  });
}

function callbacks(analysis: Analysis): Node[] {
  const { ast, index, visitorKeys } = analysis.file;
  const found = index.calls.flatMap((call) => {
    const options = objectAt(analysis.file, call.arguments[0]);
    if (options === undefined) return [];
    const name = calledName(call) ?? "";
    if (/^useGoogle(?:OneTap)?Login$/u.test(name)) {
      // `flow: "auth-code"` gives a code that the server exchanges.
      return propertyValue(options, "flow") === undefined
        ? (propertyValue(options, "onSuccess") ?? [])
        : [];
    }
    const isGoogle = dottedPath(call.callee)?.includes("accounts") === true;
    return isGoogle && /^(?:initialize|initTokenClient)$/u.test(name)
      ? (propertyValue(options, "callback") ?? [])
      : [];
  });
  if (!/<GoogleLogin\b/u.test(analysis.file.text)) return found;
  walk(ast, visitorKeys, (node) => {
    if (node.type !== "JSXOpeningElement") return true;
    if (node.name.type !== "JSXIdentifier" || node.name.name !== "GoogleLogin") return true;
    for (const attribute of node.attributes) {
      if (attribute.type !== "JSXAttribute" || attribute.name.name !== "onSuccess") continue;
      if (attribute.value?.type === "JSXExpressionContainer")
        found.push(attribute.value.expression);
    }
    return true;
  });
  return found;
}

const AUTH = /auth|session|login|signin|user/iu;

/** `const { token } = useAuth()`, `useContext(AuthContext).token`, `useSelector((s) => s.auth.token)` */
function ofHooks(analysis: Analysis): Source[] {
  const { file } = analysis;
  if (!/\buse[A-Z]/u.test(file.text)) return [];
  const isOther = isOfOtherTrade(file);
  return file.index.calls.flatMap((call) => {
    const path = givenBy(analysis, call);
    if (path === undefined) return [];
    // A hook that is called for signing in speaks for itself.
    if (isOther && !/auth|session|log_?in|sign_?in/iu.test(file.text.slice(...call.range)))
      return [];
    const nodes = isToken(path.at(-1)) ? heldBy(analysis, call) : takenFrom(analysis, call);
    return nodes.flatMap((node): Source[] => [
      { node, held: "token", certain: false },
      ...ofHolder(analysis, node),
    ]);
  });
}

/** What a hook gives: `["auth", "token"]` of a selector, the name of a context. */
function givenBy(analysis: Analysis, call: CallNode): readonly string[] | undefined {
  if (call.callee.type !== "Identifier") return undefined;
  const { name } = call.callee;
  const [argument] = call.arguments;
  if (name === "useContext") {
    const context = argument === undefined ? undefined : dottedPath(argument)?.at(-1);
    return context !== undefined && AUTH.test(context) ? [context] : undefined;
  }
  if (!/^use[A-Z]/u.test(name)) return undefined;
  if (argument === undefined) return AUTH.test(name) ? [name] : undefined;
  const selector = unwrap(argument);
  if (!isFunction(selector)) return undefined;
  const [result, ...more] = returnArguments(analysis.core, selector);
  const path = result === undefined || more.length > 0 ? undefined : dottedPath(result)?.slice(1);
  if (path === undefined || path.length === 0) return undefined;
  return AUTH.test([name, ...path.slice(0, -1)].join(".")) || AUTH.test(path.at(-1) ?? "")
    ? path
    : undefined;
}

function isToken(name: string | undefined): boolean {
  return name !== undefined && isTokenLabel(name);
}

function declaratorOf(call: CallNode): TSESTree.VariableDeclarator | undefined {
  const parent = parentOf(wrapped(call));
  return parent?.type === "VariableDeclarator" ? parent : undefined;
}

/** The reads of the variable that a token is put into. */
function heldBy(analysis: Analysis, call: CallNode): Node[] {
  const name = declaratorOf(call)?.id;
  return name?.type === "Identifier" ? readsOf(analysis.file, name) : [];
}

/** The tokens among what a hook gives: destructured, or read from the variable. */
function takenFrom(analysis: Analysis, call: CallNode): Node[] {
  const name = declaratorOf(call)?.id;
  if (name?.type === "ObjectPattern") {
    return name.properties.flatMap((property) =>
      property.type === "Property" && isToken(staticKey(property.key, property.computed))
        ? readsOf(analysis.file, property.value)
        : [],
    );
  }
  if (name?.type !== "Identifier") return [];
  return readsOf(analysis.file, name).flatMap((read) => {
    let member = wrapped(read);
    for (let up = parentOf(member); up?.type === "MemberExpression" && up.object === member;) {
      member = wrapped(up);
      if (isToken(memberName(up))) return [up];
      up = parentOf(member);
    }
    return [];
  });
}
