import type { TSESTree } from "@typescript-eslint/utils";
import type { Core } from "../core.ts";
import { readsOf } from "../files/variables.ts";
import { dottedPath, isFunction, memberName, parentOf, staticKey, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";

/**
 * Redux hands what a thunk gives to the reducers that are added for it:
 * `const login = createAsyncThunk("login", …)`, `builder.addCase(login.fulfilled, (state, action) => …)`.
 *
 * @returns the reads of `action.payload` in them
 */
export function payloadsOf(core: Core, thunk: TSESTree.CallExpression): Node[] {
  const declarator = parentOf(thunk);
  if (declarator?.type !== "VariableDeclarator") return [];
  const file = core.fileOf(thunk);
  return (file.variableOf(declarator.id)?.references ?? []).flatMap(({ identifier }) => {
    const state = parentOf(identifier);
    if (state?.type !== "MemberExpression" || memberName(state) !== "fulfilled") return [];
    const reducer = reducerFor(state);
    const action = isFunction(reducer) ? reducer.params[1] : undefined;
    if (action?.type === "ObjectPattern") {
      const payload = action.properties.find(
        (one) => one.type === "Property" && staticKey(one.key, one.computed) === "payload",
      );
      return payload?.type === "Property" ? readsOf(file, payload.value) : [];
    }
    if (action?.type !== "Identifier") return [];
    return readsOf(file, action).flatMap((read) => {
      const payload = parentOf(read);
      return payload?.type === "MemberExpression" && memberName(payload) === "payload"
        ? [payload]
        : [];
    });
  });
}

/** Of `addCase(login.fulfilled, reducer)` and of `{ [login.fulfilled]: reducer }`. */
function reducerFor(state: TSESTree.MemberExpression): Node | undefined {
  const holder = parentOf(state);
  if (holder?.type === "Property" && holder.computed && holder.key === state)
    return unwrap(holder.value);
  if (holder?.type !== "CallExpression" || holder.arguments[0] !== state) return undefined;
  const [, reducer] = holder.arguments;
  return dottedPath(holder.callee)?.at(-1) === "addCase" && reducer !== undefined
    ? unwrap(reducer)
    : undefined;
}
