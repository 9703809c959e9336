import type { Core } from "../core.ts";
import { usesOf } from "../flow/flow.ts";
import type { Operation } from "../operations/operations.ts";
import type { OptionState } from "../operations/options.ts";
import { contains, dottedPath, unwrap } from "../syntax.ts";
import type { Node } from "../syntax.ts";
import { possibilities } from "../values/value.ts";
import { claimReads } from "./claim-reads.ts";

/**
 * `verify(token, key, { audience: process.env.APP || jwt.decode(token).aud })`: is what a verification expects, or one
 * choice of it, what the very token says? Then every token is expected. Where anything else looks at the claim, or at
 * what was read of it, that may be the check: `if (!APPS.includes(peek.aud)) return refuse();`.
 */
export function isEchoed(
  core: Core,
  { node: call, token }: Operation,
  state: OptionState,
  claim: string,
): boolean {
  const path = token === undefined ? undefined : dottedPath(token.node)?.join(".");
  if (state.state !== "set" || path === undefined) return false;
  const echoes = possibilities(state.setting.value).flatMap((one) => {
    const isOwn =
      one.type === "claims" &&
      !one.verified &&
      one.part !== "header" &&
      one.path.at(-1) === claim &&
      one.token !== undefined &&
      dottedPath(one.token)?.join(".") === path;
    return isOwn ? [unwrap(one.node)] : [];
  });
  return (
    echoes.length > 0 &&
    claimReads(core.file, claim).every(({ node }) => echoes.includes(unwrap(node))) &&
    echoes.every((echo) => goesNowhereElse(core, echo, call))
  );
}

/** `const audience = peek.aud || APP;`, `if (!audience) …`: to ask whether it is there is no check. */
function goesNowhereElse(core: Core, echo: Node, call: Node): boolean {
  return usesOf(core, echo).every(({ kind, node }) => contains(call, node) || kind === "test");
}
