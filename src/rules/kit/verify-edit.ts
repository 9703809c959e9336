import type { ReportFixFunction, SourceCode } from "@typescript-eslint/utils/ts-eslint";
import type { Operation } from "../../analysis/operations/operations.ts";
import { memberName, unwrap } from "../../analysis/syntax.ts";
import { quoted } from "./edits.ts";

interface Edit {
  readonly from: string;
  readonly to: string;
  readonly fix: ReportFixFunction;
}

/** `jwt.decode(token)` to `jwt.verify(token, …)`, where the receiver has both. */
export function verifyEdit(source: Readonly<SourceCode>, operation: Operation): Edit | undefined {
  const { entity, library, node, path, token } = operation;
  const callee = unwrap(node.callee);
  if (
    operation.wrapper !== undefined ||
    callee.type !== "MemberExpression" ||
    memberName(callee) !== "decode"
  ) {
    return undefined;
  }
  if (token === undefined || node.type !== "CallExpression" || node.arguments.length !== 1)
    return undefined;
  const receiver = source.getText(callee.object);
  const text = source.getText(token.node);
  const { verifiedBy } = entity;
  if (verifiedBy === undefined) return undefined;
  const to = `${receiver}.${verifiedBy}`;
  const isKeyGiven =
    library.entities[path.replace(/decode$/u, verifiedBy)]?.parameters?.key === "1";
  const rest = isKeyGiven
    ? `, process.env.JWT_SECRET, { algorithms: [${quoted(source, "HS256")}] }`
    : "";
  return {
    from: `${receiver}.decode`,
    to,
    fix: (fixer) => fixer.replaceText(node, `${to}(${text}${rest})`),
  };
}
