import type { ReportFixFunction, SourceCode } from "@typescript-eslint/utils/ts-eslint";
import type { Operation } from "../../analysis/operations/operations.ts";
import { programOf, staticKey, unwrap } from "../../analysis/syntax.ts";
import type { Node } from "../../analysis/syntax.ts";
import { removeFromList } from "./edits.ts";

/** A suggestion that changes what a token is made of. */
export interface PayloadEdit {
  readonly messageId: "removeClaim" | "signIdentifier";
  readonly data: Record<string, string>;
  readonly fix: ReportFixFunction;
}

/** Takes a claim out of the object literal in which it stands. */
export function leaveOut(source: Readonly<SourceCode>, node: Node): PayloadEdit | undefined {
  if (node.type !== "Property" || programOf(node) !== source.ast) return undefined;
  const name = staticKey(node.key, node.computed);
  const fix = removeFromList(source, node);
  if (name === undefined || fix === undefined) return undefined;
  return { messageId: "removeClaim", data: { name }, fix };
}

/**
 * `sub: user.id` in the place of the record, where the token has no other subject.
 *
 * @param place the property, spread or payload to replace
 */
export function signIdentifier(
  operation: Operation,
  payload: Node,
  place: Node,
  record: Node,
): PayloadEdit | undefined {
  const written = unwrap(record);
  const { entity, wrapper } = operation;
  if (written.type !== "Identifier" || wrapper !== undefined || entity.claims === undefined) {
    return undefined;
  }
  if (operation.settings("subject").length > 0) return undefined;
  const claim = `sub: ${written.name}.id`;
  const isAll = place === payload;
  if (!isAll && place.parent !== unwrap(payload)) return undefined;
  const edit = isAll ? `{ ${claim} }` : claim;
  return {
    messageId: "signIdentifier",
    data: { edit },
    fix: (fixer) => fixer.replaceText(place, edit),
  };
}
