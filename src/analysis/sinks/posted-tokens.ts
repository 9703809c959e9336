import type { Analysis } from "../analysis.ts";
import { contains, dottedPath, unwrap } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { isMissingAt } from "../tokens/missing.ts";
import { namedTokenUses, tokenUses } from "../tokens/uses.ts";
import { isForDevelopment, isOutsideProduction } from "../trust/environments.ts";
import { possibilities, stringOf } from "../values/value.ts";
import type { OpenWire } from "./open-wire.ts";
import { scriptHoles } from "./page-scripts.ts";

/**
 * `opener.postMessage({ token }, "*")`: whichever page the other window shows by then gets the message.
 * Only windows take a target origin; workers, ports, extensions and web views have one other side.
 */
export function postedTokens(analysis: Analysis): OpenWire[] {
  const posts = (analysis.file.index.called.get("postMessage") ?? []).flatMap((call) => {
    const [message, target] = call.arguments;
    if (message === undefined || target === undefined || isOwnWindow(call)) return [];
    return isForAnyOrigin(analysis, target) ? [{ call, target }] : [];
  });
  const holes = scriptHoles(analysis.file).filter(({ does }) => does === "posts");
  if (posts.length === 0 && holes.length === 0) return [];
  const uses = [...tokenUses(analysis), ...namedTokenUses(analysis)].filter(
    ({ kind, held }) =>
      (kind === "argument" || kind === "text") && held !== "key" && held !== "headers",
  );
  const inScripts = holes.flatMap(({ value, template, name }): OpenWire[] =>
    uses.some((use) => use.by === template && contains(value, use.node))
      ? [{ cause: value, effect: value, kind: "anyOrigin", name }]
      : [],
  );
  const sent = posts.flatMap(({ call, target }): OpenWire[] => {
    const carriesToken = uses.some(
      (use) =>
        use.kind === "argument" &&
        use.by === call &&
        use.node !== target &&
        !isMissingAt(analysis, use),
    );
    const name = dottedPath(call.callee)?.join(".") ?? "This message";
    return carriesToken ? [{ cause: target, effect: target, kind: "anyOrigin", name }] : [];
  });
  return [...inScripts, ...sent];
}

/** What a page says to its own window stays on the page, whatever the origin. */
function isOwnWindow({ callee }: CallNode): boolean {
  const written = unwrap(callee);
  if (written.type !== "MemberExpression") return true;
  return /^(?:(?:window|globalThis|self)\.?)+$/u.test(dottedPath(written.object)?.join(".") ?? "");
}

/** `"*"`, and `{ targetOrigin: "*" }`, as far as users come to it. */
function isForAnyOrigin({ core }: Analysis, target: Node): boolean {
  return possibilities(core.evaluate(target)).some((given) => {
    const origin = given.type === "object" ? given.properties.get("targetOrigin")?.value : given;
    return possibilities(origin ?? given).some(
      (one) =>
        stringOf(one) === "*" &&
        !isForDevelopment(core, one.node) &&
        !isOutsideProduction(core, one.node),
    );
  });
}
