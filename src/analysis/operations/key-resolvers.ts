import type { Entity } from "../../libraries/types.ts";
import type { Core } from "../core.ts";
import { staticKey } from "../syntax.ts";
import type { CallNode, Node } from "../syntax.ts";
import { claimsMember } from "../values/members.ts";
import { choice, may, possibilities } from "../values/value.ts";
import type { ClaimsValue } from "../values/value.ts";
import type { Argument } from "./arguments.ts";

/**
 * `(header, callback) => …` given as a key reads a token that nobody has verified. What each of its
 * parameters holds is the library's.
 */
export function registerKeyResolver(
  core: Core,
  node: CallNode,
  entity: Entity,
  key: Argument | undefined,
  token: Argument | undefined,
): void {
  if (key === undefined) return;
  for (const one of possibilities(key.value)) {
    if (one.type !== "function") continue;
    for (const [position, part] of (entity.resolver ?? ["header"]).entries()) {
      const parameter = one.node.params[position];
      if (part === "other" || parameter === undefined) continue;
      const target = parameter.type === "AssignmentPattern" ? parameter.left : parameter;
      const claims: ClaimsValue = {
        type: "claims",
        node: target,
        verified: false,
        call: node,
        token: token?.node,
        part,
        path: [],
      };
      tellParameter(core, target, claims);
    }
  }
}

function tellParameter(core: Core, target: Node, claims: ClaimsValue): void {
  if (target.type === "ObjectPattern") {
    for (const property of target.properties) {
      if (property.type !== "Property") continue;
      const name = staticKey(property.key, property.computed);
      if (name === undefined) continue;
      const part = claimsMember(claims, name, property.value);
      tellParameter(core, property.value, part);
    }
    return;
  }
  if (target.type !== "Identifier") return;
  const before = core.parameters.get(target);
  const isTold =
    before !== undefined &&
    may(
      before,
      (one) => one.type === "claims" && one.call === claims.call && one.part === claims.part,
    );
  if (!isTold) {
    core.parameters.set(target, before === undefined ? claims : choice(target, [before, claims]));
  }
}

/** May the key be read as a function that finds it? */
export function isKeyResolver(key: Argument | undefined): boolean {
  return key !== undefined && may(key.value, (value) => value.type === "function");
}
